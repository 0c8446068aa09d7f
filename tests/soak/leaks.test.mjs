// What was disconnected and let go is gone: nothing of it can be reached any more.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { until } from "../e2e/wait.mjs";
import { browsers } from "./browsers.mjs";
import { install } from "./lives.mjs";
import { startSoakServer } from "./server.mjs";
import { moreIn } from "./snapshot.mjs";

const wanted = process.env.SOCKETIO_E2E_BROWSERS?.split(",").map((name) => name.trim());
const skip = (name) => (wanted && !wanted.includes(name) ? "not in SOCKETIO_E2E_BROWSERS" : false);
const TIMES = 20;

let server;
before(async () => (server = await startSoakServer()));
after(() => server.close());

for (const [name, open] of Object.entries(browsers)) {
  describe(name, { skip: skip(name), timeout: 90_000 }, () => {
    let browser, stayed;
    before(async () => {
      browser = await open(`${server.origin}/library.html`);
      await browser.evaluate(`(${install})()`);
      // Engines make and keep something of their own when code runs for the first times: not to be in the snapshots' difference.
      stayed = await live(browser);
    });
    after(() => browser?.close());

    test("sockets, managers and engines that were let go are gone", () => assert.deepEqual(stayed, []));

    test("heap snapshots before and after differ in nothing that such a life would leave", async () => {
      const before = await browser.count();
      assert.deepEqual(await live(browser), []);
      assert.deepEqual(moreIn(before, await browser.count(), TIMES), []);
    });

    test("sockets that the page keeps are seen, by reference and in the snapshot", async () => {
      const before = await browser.count();
      await browser.evaluate(`lives.hold(${TIMES})`);
      assert.notDeepEqual(moreIn(before, await browser.count(), TIMES), []);
      assert.equal((await alive(browser)).length, TIMES);
    });
  });
}

/** Lives each kind of life many times. Answers what stays. */
async function live(browser) {
  // In one go: the browser keeps what it is told to evaluate.
  await browser.evaluate(`lives.run(${TIMES})`);
  await browser.evaluate("lives.forget()");
  return staysAlive(browser);
}

const alive = (browser) => browser.evaluate("lives.alive()");

/** Waits until nothing is alive; a collection may make more garbage. */
async function staysAlive(browser) {
  let names;
  const isNone = async () => {
    await browser.collect();
    names = await alive(browser);
    return !names.length;
  };
  await until("nothing alive", isNone, 10_000).catch(() => {});
  return names;
}
