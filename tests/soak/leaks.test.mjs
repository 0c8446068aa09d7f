// What was disconnected and let go is gone: nothing of it can be reached any more.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openChromium } from "../../bench/lab/chromium.mjs";
import { openBrowser } from "../e2e/browser.mjs";
import { until } from "../e2e/wait.mjs";
import { install } from "./lives.mjs";
import { startSoakServer } from "./server.mjs";
import { moreIn } from "./snapshot.mjs";

const wanted = process.env.SOCKETIO_E2E_BROWSERS?.split(",").map((name) => name.trim());
const skip = (name) => (wanted && !wanted.includes(name) ? "not in SOCKETIO_E2E_BROWSERS" : false);
const TIMES = 20;

let server;
before(async () => (server = await startSoakServer()));
after(() => server.close());

/** Waits until nothing is alive; a collection may make more garbage. Answers what stays. */
async function staysAlive(alive, collect) {
  let names;
  const isNone = async () => {
    await collect();
    names = await alive();
    return !names.length;
  };
  await until("nothing alive", isNone, 10_000).catch(() => {});
  return names;
}

describe("chromium", { skip: skip("chromium"), timeout: 90_000 }, () => {
  let browser, tab;
  before(async () => {
    browser = await openChromium();
    tab = await browser.open();
    await tab.load(`${server.origin}/library.html`);
    await tab.evaluate(`(${install})()`);
  });
  after(() => browser?.close());

  const live = async () => {
    // In one go: the browser keeps what it is told to evaluate.
    await tab.evaluate(`lives.run(${TIMES})`);
    await tab.evaluate("lives.forget()");
    return staysAlive(() => tab.evaluate("lives.alive()"), () => tab.collectGarbage());
  };

  test("sockets, managers and engines that were let go are gone", async () => assert.deepEqual(await live(), []));

  test("heap snapshots before and after differ in nothing that such a life would leave", async () => {
    const before = await tab.snapshot();
    assert.deepEqual(await live(), []);
    assert.deepEqual(moreIn(before, await tab.snapshot(), TIMES), []);
  });

  test("sockets that the page keeps are seen in the snapshot", async () => {
    const before = await tab.snapshot();
    await tab.evaluate(`void (kept = Array.from({ length: ${TIMES} }, () => io({ autoConnect: false, forceNew: true })))`);
    assert.notDeepEqual(moreIn(before, await tab.snapshot(), TIMES), []);
  });
});

describe("firefox", { skip: skip("firefox"), timeout: 90_000 }, () => {
  let browser;
  before(async () => {
    // Only its own code may ask for a collection.
    browser = await openBrowser("firefox", { driverArgs: ["--allow-system-access"] });
    await browser.driver.get(`${server.origin}/library.html`);
    await browser.driver.executeScript(`window.eval(${JSON.stringify(`(${install})()`)})`);
  });
  after(() => browser?.close());

  async function collect() {
    await browser.driver.setContext("chrome");
    await browser.driver.executeScript(`
      for (const what of ["gc", "cc", "gc"]) Services.obs.notifyObservers(null, "child-" + what + "-request");`);
    await browser.driver.setContext("content");
  }

  test("sockets, managers and engines that were let go are gone", async () => {
    const { driver } = browser;
    const run = `
      const [times, done] = arguments;
      window.lives.run(times).then(() => done(), (error) => done(String(error)));`;
    assert.equal(await driver.executeAsyncScript(run, TIMES), null);
    const alive = () => driver.executeScript("return window.lives.alive();");
    assert.notDeepEqual(await alive(), [], "the page collects nothing by itself meanwhile");
    assert.deepEqual(await staysAlive(alive, collect), []);
  });
});
