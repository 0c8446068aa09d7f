// Pages without a bundler, with the files of the package as they are.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { openBrowser } from "../e2e/browser.mjs";
import { here, output } from "./bundlers.mjs";
import { assertExchanges, visit } from "./page.mjs";
import { startServer } from "./server.mjs";

const folders = [...["pages", ".", "node_modules/socketio-wasm/dist"].map(here), output("inline")];

// What a page has to allow, and no more.
const strict = "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

const pages = {
  "a classic script": "script.html",
  "a module": "module.html",
  "a module, with the wasm as a file of its own": "init.html",
  "a Web Worker": "worker.html?kind=web&type=classic",
  "a Web Worker that is a module": "worker.html?kind=web&type=module",
  "a Service Worker": "worker.html?kind=service&type=classic",
  "a Service Worker that is a module": "worker.html?kind=service&type=module",
};

const namespaces = [
  "engine.io-client:socket",
  "socket.io-client",
  "socket.io-client:manager",
  "socket.io-client:socket",
  "socket.io-client:url",
  "socket.io-parser",
];

describe("without a bundler, events are exchanged with the server", { timeout: 240_000 }, () => {
  let browser;
  before(async () => (browser = await openBrowser("chromium")));
  after(() => browser?.close());

  for (const [title, page] of Object.entries(pages)) {
    test(title, () => onServer({}, (origin) => assertExchanges(browser.driver, `${origin}/${page}`)));
    test(`${title}, under a strict Content Security Policy`, () =>
      onServer({ policy: strict }, (origin) => assertExchanges(browser.driver, `${origin}/${page}`)));
  }

  test("a classic script in the page itself", () => {
    const script = readFileSync(here("node_modules/socketio-wasm/dist/socketio.min.js"), "utf8");
    const page = readFileSync(here("pages/script.html"), "utf8");
    mkdirSync(output("inline"), { recursive: true });
    writeFileSync(`${output("inline")}/inline.html`, page.replace(' src="socketio.min.js">', () => `>${script}`));
    return onServer({}, (origin) => assertExchanges(browser.driver, `${origin}/inline.html`));
  });

  for (const type of ["classic", "module"]) {
    test(`a Service Worker (${type}), by long-polling: there is fetch and no XMLHttpRequest`, () =>
      onServer({}, (origin) => {
        const page = `worker.html?kind=service&type=${type}&transports=polling`;
        return assertExchanges(browser.driver, `${origin}/${page}`, "polling");
      }));
  }

  test("the debug entry logs what localStorage.debug names, under the reference client's namespaces", () =>
    onServer({}, async (origin) => {
      const logged = async (debug) => (await visit(browser.driver, `${origin}/debug.html?debug=${debug}`)).value;
      const all = await logged("*");
      for (const name of namespaces) assert.ok(all.includes(name), `${name} is not in ${all}`);
      assert.deepEqual(await logged("socket.io-client:socket"), ["socket.io-client:socket"]);
      assert.deepEqual(await logged(""), []);
    }));

  test("a policy that forbids WebAssembly is named in the error", () =>
    onServer({ policy: "script-src 'self'" }, async (origin) => {
      const { errors } = await visit(browser.driver, `${origin}/script.html`);
      assert.match(errors.join("\n"), /Content Security Policy/);
    }));
});

async function onServer({ policy }, body) {
  const headers = policy ? { "content-security-policy": policy } : {};
  const server = await startServer({ folders, headers });
  try {
    await body(server.origin);
  } finally {
    await server.close();
  }
}
