// A browser with one page, in which runs go on beside each other: most of a fault is waiting.

import { openBrowser } from "../e2e/browser.mjs";
import { headOf, Page } from "../e2e/page.mjs";
import { startProxy } from "../e2e/proxy.mjs";
import { startTestServer } from "../e2e/test-server.mjs";
import { Glances } from "./glances.mjs";
import { figuresOf, problemsOf } from "./judge.mjs";
import { runFault } from "./run-fault.mjs";

/** So many faults at a time, of two clients each: two cores are busy, and not so much that time gets long. */
export const AT_ONCE = 12;

export const SEED = "1";

export class Session {
  #open = [];

  constructor(seed = SEED) {
    this.seed = seed;
  }

  async open(browserName) {
    const server = await this.#keep(startTestServer());
    // The page itself comes by a proxy that only adds what keeps uncaught errors.
    const proxy = await this.#keep(startProxy(server.origin, { head: headOf([]) }));
    const browser = await this.#keep(openBrowser(browserName));
    this.page = new Page(browser.driver, proxy);
    await this.page.open("/library.html");
    this.glances = new Glances(this.page);
    return this;
  }

  /** A fault by one transport, with the recovery of the connection's state and without: `{ results, problems }`. */
  async run(fault, transport) {
    const run = async (recovery) => {
      const record = await runFault(fault, { transport, recovery }, this);
      return { recovery, figures: figuresOf(record), problems: problemsOf(record, { fault, recovery }) };
    };
    const settled = await Promise.allSettled([run(false), run(true)]);
    for (const { reason } of settled) if (reason) throw reason;
    const results = settled.map(({ value }) => value);
    await this.page.checkErrors();
    return { results, problems: results.flatMap(({ problems }) => problems) };
  }

  async close() {
    for (const part of this.#open.reverse()) await part.close();
  }

  async #keep(opening) {
    const part = await opening;
    this.#open.push(part);
    return part;
  }
}
