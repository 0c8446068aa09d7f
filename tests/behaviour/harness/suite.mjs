// All cases in one browser, with one client or with both.

import { after, before, describe, test } from "node:test";
import { openBrowser, unsupported } from "../../e2e/browser.mjs";
import { loadCases } from "./cases.mjs";
import { judge, leftOut } from "./judge.mjs";
import { Runner } from "./run-case.mjs";

const packages = { reference: "socket.io-client", ours: "socketio-wasm" };
const cases = await loadCases();

/** Most of a case is waiting: so many run at a time, each in a session of its own. */
const SESSIONS = 2;

/** SOCKETIO_E2E_BROWSERS, such as "chromium,firefox", limits the browsers. */
const wanted = process.env.SOCKETIO_E2E_BROWSERS?.split(",").map((name) => name.trim());

export function runIn(browserName, clients) {
  const skip = wanted && !wanted.includes(browserName) ? "not in SOCKETIO_E2E_BROWSERS" : unsupported(browserName);
  describe(browserName, { skip }, () => {
    const pool = new Pool(browserName);
    before(() => pool.open());
    after(() => pool.close());
    for (const client of clients) {
      describe(packages[client], { concurrency: SESSIONS }, () => define(client, browserName, pool));
    }
  });
}

function define(client, browserName, pool) {
  for (const definition of cases) {
    if (leftOut(definition, client, browserName)) continue;
    const isFault = client === "reference" && definition.fault;
    const title = isFault ? `does not: ${definition.title} (${definition.fault})` : definition.title;
    const body = () => pool.use((runner) => judge(runner, definition, client));
    test(`${definition.file}: ${title}`, { timeout: 60_000 }, body);
  }
}

/** Browser sessions, each used by one case at a time. */
class Pool {
  #name;
  #browsers = [];
  #free = [];

  constructor(name) {
    this.#name = name;
  }

  async open() {
    while (this.#browsers.length < SESSIONS) {
      const browser = await openBrowser(this.#name);
      this.#browsers.push(browser);
      this.#free.push(new Runner(browser.driver));
    }
  }

  /** As many cases run as there are sessions, so one is free. */
  async use(task) {
    const runner = this.#free.pop();
    try {
      return await task(runner);
    } finally {
      this.#free.push(runner);
    }
  }

  async close() {
    for (const runner of this.#free) await runner.close();
    for (const browser of this.#browsers) await browser.close();
  }
}
