// Tabs of one outbox: each entry is sent by one of them, also when the one that sends is closed or crashes.

import assert from "node:assert/strict";
import connectDevTools from "chrome-remote-interface";
import { openBrowser } from "../browser.mjs";
import { emitAll, start } from "../outbox-page.mjs";
import { startOutboxServer } from "../outbox-server.mjs";
import { Page } from "../page.mjs";
import { until } from "../wait.mjs";

const noLocks = ['Object.defineProperty(Navigator.prototype, "locks", { value: undefined });'];
const withoutLocks = { server: startOutboxServer, scripts: noLocks };

export default function outboxTabs(scene, name) {
  const setting = { server: startOutboxServer };
  scene("outbox: of two tabs one sends, and each hears the answers to its own", setting, twoTabs);
  scene("outbox: of two tabs one sends, without Web Locks", withoutLocks, twoTabs);
  scene("outbox: what a closed tab was sending the other one sends", setting, closedTab);
  scene("outbox: a lease that a crashed tab has left ends, without Web Locks", withoutLocks, lease);
  scene("outbox: what a tab without a connection emits, another one sends", setting, idleTab);
  if (name !== "chromium") return;
  scene("outbox: after a crash of the tab what it was sending is sent, in order, done once", setting, crash);
}

/** A second tab, before which the first one waits. */
async function openTab(page) {
  const { driver } = page;
  const first = await driver.getWindowHandle();
  await driver.switchTo().newWindow("tab");
  const second = await driver.getWindowHandle();
  await driver.get(`${page.proxy.origin}/library.html`);
  const show = (tab) => driver.switchTo().window(tab);
  const close = async (tab, next) => {
    await show(tab);
    await driver.close();
    await show(next);
  };
  return { first, second, show, close };
}

/** An order for which the server waits until it is told to go on. */
function hold(state, held) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  state.gate = (order) => order === held && released;
  return release;
}

/** As `emitAll`, with the answers in `window.acked` as they come. */
function askAll(count, prefix) {
  const { durable } = window.socket;
  window.acked = [];
  const note = (error, answer) => window.acked.push(error ? error.message : answer);
  return Promise.all(Array.from({ length: count }, (_, at) => durable.emit("order", prefix + at, note)));
}

const named = (count, prefix) => Array.from({ length: count }, (_, at) => prefix + at);
const answersTo = (orders) => orders.map((order) => `done: ${order}`);

async function twoTabs({ page, server: { state } }) {
  const release = hold(state, "a0");
  await page.open("/library.html");
  await page.run(start);
  const { first, second, show, close } = await openTab(page);
  await page.run(start);
  await show(first);
  await page.run(askAll, 15, "a");
  await show(second);
  await page.run(askAll, 15, "b");
  await until("the first order", () => state.arrived.length === 1);
  release();
  const [ofA, ofB] = [named(15, "a"), named(15, "b")];
  await page.see("the answers in the second tab", () => window.acked.length === 15);
  assert.deepEqual(await page.run(() => window.acked), answersTo(ofB));
  await show(first);
  await page.see("the answers in the first tab", () => window.acked.length === 15);
  assert.deepEqual(await page.run(() => window.acked), answersTo(ofA));
  assert.deepEqual(state.arrived.map(({ order }) => order), [...ofA, ...ofB]);
  await close(second, first);
}

async function closedTab({ page, server: { state } }) {
  const release = hold(state, "a0");
  await page.open("/library.html");
  // So that it is the second one who sends.
  await page.run(start, {}, { autoConnect: false });
  const { first, second, show, close } = await openTab(page);
  await page.run(start);
  await page.run(emitAll, 3, "a");
  await until("the first order", () => state.arrived.length === 1);
  await show(first);
  await page.run(() => void window.socket.connect());
  await page.see("the first tab connected", () => window.socket.connected);
  await page.run(askAll, 3, "b");
  await close(second, first);
  await until("the first order, again", () => state.arrived.length === 2);
  release();
  await page.see("the answers", () => window.acked.length === 3);
  const orders = [...named(3, "a"), ...named(3, "b")];
  assert.deepEqual(state.done, orders);
  assert.deepEqual(state.arrived.map(({ order }) => order), ["a0", ...orders]);
}

async function lease({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start, {}, { autoConnect: false });
  await page.run(emitAll, 1);
  const until = await page.run(async () => {
    const { result } = await new Promise((resolve, reject) => {
      const opening = indexedDB.open("socketio-wasm outbox /");
      Object.assign(opening, { onsuccess: () => resolve(opening), onerror: reject });
    });
    const until = Date.now() + 600;
    const transaction = result.transaction("state", "readwrite");
    transaction.objectStore("state").put({ owner: "gone", until }, "lease");
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    window.socket.connect();
    return until;
  });
  await page.see("the answer", () => window.answers.length === 1);
  assert.deepEqual(state.done, [0]);
  assert.ok(Date.now() >= until, "the lease was waited for");
}

async function idleTab({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start);
  await page.see("connected", () => window.socket.connected);
  const { first, second, close } = await openTab(page);
  await page.run(start, {}, { autoConnect: false });
  await page.run(askAll, 3, "a");
  await page.see("the answers", () => window.acked.length === 3);
  assert.deepEqual(state.done, named(3, "a"));
  await close(second, first);
}

/** In a browser of its own: a crash ends the driver's session. */
async function crash({ proxy, server: { state } }) {
  const release = hold(state, 2);
  const browser = await openBrowser("chromium");
  try {
    const page = new Page(browser.driver, proxy);
    await page.open("/library.html");
    const { first, show } = await openTab(page);
    await page.run(start);
    await page.run(emitAll, 6);
    await until("the order that waits", () => state.arrived.length === 3);
    const crashed = await page.run(() => location.href + "#crash");
    await page.run((href) => history.replaceState(null, "", href), crashed);
    await show(first);
    await crashTab(browser.driver, crashed);
    await page.open("/library.html");
    await page.run(start);
    await until("the same order", () => state.arrived.length === 4);
    release();
    await page.see("the answers", () => window.answers.length === 4);
    assert.deepEqual(state.done, [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(state.arrived.map(({ order }) => order), [0, 1, 2, 2, 3, 4, 5]);
  } finally {
    await browser.close();
  }
}

async function crashTab(driver, url) {
  const { debuggerAddress } = (await driver.getCapabilities()).get("goog:chromeOptions");
  const [host, port] = debuggerAddress.split(":");
  const target = (targets) => targets.find((each) => each.url === url);
  const devTools = await connectDevTools({ host, port: Number(port), target, local: true });
  const crashed = new Promise((resolve) => devTools.Inspector.targetCrashed(resolve));
  await devTools.Inspector.enable();
  // It has nothing to answer with.
  devTools.Page.crash().catch(() => {});
  await crashed;
  await devTools.close();
}
