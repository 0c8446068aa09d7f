// Apps that have the package from npm and are built: what a bundler makes of it runs, and talks to the server.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { rm } from "node:fs/promises";
import { openBrowser } from "../e2e/browser.mjs";
import { bundlers, output, viteServer } from "./bundlers.mjs";
import { assertExchanges } from "./page.mjs";
import { startServer } from "./server.mjs";

describe("built by a bundler, events are exchanged with the server", { timeout: 240_000 }, () => {
  let browser;
  before(async () => (browser = await openBrowser("chromium")));
  after(() => browser?.close());

  for (const [name, build] of Object.entries(bundlers)) {
    test(name, () => buildAndVisit(build, "app"));
  }
  test("webpack 5, by require()", () => buildAndVisit(bundlers["webpack 5"], "app", "main.cjs"));
  for (const name of ["Vite", "webpack 5"]) {
    test(`${name}, with the wasm as a file of its own`, () => buildAndVisit(bundlers[name], "init"));
    test(`${name}, in a Web Worker`, () => buildAndVisit(bundlers[name], "worker"));
  }
  test("Vite's development server", () => visitVite("app"));
  test("Vite's development server, with the wasm as a file of its own", () => visitVite("init"));

  async function buildAndVisit(build, app, entry) {
    const folder = output([app, build.name, entry].filter(Boolean).join("-").replaceAll(" ", "-"));
    await rm(folder, { recursive: true, force: true });
    await build(app, folder, entry);
    const server = await startServer({ folders: [folder] });
    try {
      await assertExchanges(browser.driver, `${server.origin}/`);
      assert.equal(server.requests.some((url) => url.endsWith(".wasm")), app === "init");
    } finally {
      await server.close();
    }
  }

  async function visitVite(app) {
    const server = await startServer();
    const development = await viteServer(app);
    try {
      await assertExchanges(browser.driver, `${development.origin}?server=${server.origin}`);
    } finally {
      await development.close();
      await server.close();
    }
  }
});
