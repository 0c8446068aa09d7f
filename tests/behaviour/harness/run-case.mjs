// One case, one client, one browser: a server and a page of its own.

import assert from "node:assert/strict";
import { inTime } from "../../e2e/wait.mjs";
import { clients } from "./files.mjs";
import { startCaseServer } from "./server.mjs";

const script = "const done = arguments[1]; window.run(arguments[0]).then(done, (error) => done(String(error)));";

/** Runs cases one after the other in one browser session. */
export class Runner {
  #driver;
  #last;

  constructor(driver) {
    this.#driver = driver;
  }

  /** Throws what is wrong when the case fails. */
  async run(definition, client) {
    const world = await startCaseServer(definition);
    try {
      await this.#driver.get(`${world.origin}/__behaviour/page/index.html`);
    } finally {
      await this.#forget();
      this.#last = world;
    }
    const task = { client: clients[client], source: sourceOf(definition), arg: definition.arg };
    const answer = await inTime("the end of the case", this.#driver.executeAsyncScript(script, task));
    await check(definition, JSON.parse(answer), world);
  }

  async close() {
    await this.#driver.get("about:blank");
    await this.#forget();
  }

  /** A server ends only when its page has been left: its clients would look for it. */
  async #forget() {
    await this.#last?.leave();
    this.#last = undefined;
  }
}

async function check(definition, { value, error, errors }, world) {
  if (error) throw new Error(`in the page: ${[error, ...errors].join("\n")}`);
  assert.deepEqual(errors, [], "the page had uncaught errors");
  await definition.expect?.(value, world);
}

/** An expression for the page's function, within reach of the case's helpers. */
function sourceOf({ page, helpers = [] }) {
  const text = String(page);
  const isMethod = /^(async\s+)?page\s*\(/.test(text);
  const declared = helpers.map(String).join("\n");
  return `(() => { ${declared}\n return ${isMethod ? `({ ${text} }).page` : `(${text})`}; })()`;
}
