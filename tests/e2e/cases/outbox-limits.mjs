// What the outbox cannot keep is refused or dropped, and said: it is never lost in silence.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { startOutboxServer } from "../outbox-server.mjs";
import { emitAll, pass, start } from "../outbox-page.mjs";

const noIndexedDb = ['Object.defineProperty(window, "indexedDB", { value: undefined });'];

export default function outboxLimits(scene, name) {
  const setting = { server: startOutboxServer };
  scene("outbox: more than maxCount or maxBytes is refused, and nothing that is kept is lost", setting, full);
  scene("outbox: what is older than maxAge is dropped, and makes place", setting, old);
  scene("outbox: an answer may take as long as it likes where ackTimeout is Infinity", setting, patient);
  const withoutIndexedDb = { ...setting, scripts: noIndexedDb };
  scene("outbox: without IndexedDB an emit says so, and all else works", withoutIndexedDb, nowhere);
  scene("outbox: what the browser does not store is refused", setting, aborted);
  const withLimit = { server: () => startOutboxServer({ maxHttpBufferSize: 10_000 }) };
  scene("outbox: an event that is too large for the server is dropped, not tried for ever", withLimit, tooLarge);
  scene("outbox: an event that is too large for long-polling alone is dropped, too", withLimit, tooLargeAsBase64);
  scene("outbox: what cannot be sent throws at the emit", setting, unsendable);
  if (name === "chromium") scene("outbox: when the quota is used up the emit says so", setting, quota);
}

/** Emits one order; answers "kept", or what the promise and the acknowledgement are told when that fails. */
async function refusal(order) {
  const acked = new Promise((resolve) => (window.ack = resolve));
  const kept = window.socket.durable.emit("order", order, window.ack);
  const text = ({ name, message }) => `${name}: ${message}`;
  return kept.then(() => "kept", async (error) => [text(error), text(await acked)]);
}

const twice = (text) => [text, text];

async function full({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start, { maxCount: 3, maxBytes: 100 }, { autoConnect: false });
  await page.run(emitAll, 2);
  const large = await page.run(refusal, "x".repeat(90));
  assert.deepEqual(large, twice("Error: socketio-wasm: the outbox is full: maxBytes is 100"));
  assert.equal(await page.run(refusal, 2), "kept");
  const more = await page.run(refusal, 3);
  assert.deepEqual(more, twice("Error: socketio-wasm: the outbox is full: maxCount is 3"));

  await page.run(() => void window.socket.connect());
  await page.see("the answers", () => window.answers.length === 3);
  assert.deepEqual(state.done, [0, 1, 2]);
  // What was sent makes place, of bytes as well.
  assert.equal(await page.run(refusal, "x".repeat(85)), "kept");
}

async function patient({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start, { ackTimeout: Infinity });
  await page.run(() => void window.socket.durable.emit("slow", 1));
  await page.see("the answer", () => window.answers.length === 1);
  assert.equal(state.arrived.length, 1);
}

async function old({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start, { maxCount: 3, maxAge: 1000 }, { autoConnect: false });
  await page.run(emitAll, 3);
  await page.run(pass, 500_000);
  assert.equal(await page.run(refusal, "new"), "kept");
  const message = "socketio-wasm: an entry of the outbox was older than maxAge, 1000 ms";
  assert.deepEqual(await page.run(() => window.drops), [0, 1, 2].map((order) => [order, message]));

  await page.run(pass, 500_000);
  await page.run(() => void window.socket.connect());
  assert.equal(await page.run(() => window.socket.durable.emitWithAck("order", "newer")), "done: newer");
  assert.deepEqual(await page.run(() => window.drops[3]), ["new", message]);
  assert.deepEqual(state.arrived.map(({ order }) => order), ["newer"]);
}

async function nowhere({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start);
  const [kept, acked] = await page.run(refusal, 1);
  assert.match(kept, /^Error: socketio-wasm: the outbox has no IndexedDB: ./);
  assert.equal(acked, kept);
  assert.equal(await page.run(() => window.socket.emitWithAck("order", "an id", 2)), "done: 2");
  assert.deepEqual(state.done, [2]);
}

async function aborted({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start);
  await page.run(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...args) {
      IDBObjectStore.prototype.put = put;
      const request = put.apply(this, args);
      // As when the disk turns out to be full in the end.
      request.addEventListener("success", () => this.transaction.abort());
      return request;
    };
  });
  assert.match(String(await page.run(refusal, 1)), /^AbortError/);
  assert.deepEqual(await page.run(() => window.socket.durable.entries()), []);
  assert.equal(await page.run(() => window.socket.durable.emitWithAck("order", 2)), "done: 2");
  assert.deepEqual(state.done, [2]);
}

async function tooLarge({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start);
  await page.see("connected", () => window.socket.connected);
  const id = await page.run(() => window.socket.id);
  // Around what just fits, with all that is sent beside it.
  await page.run(async () => {
    for (let size = 9900; size < 10_000; size++) await window.socket.durable.emit("order", "x".repeat(size));
  });
  assert.equal(await page.run(() => window.socket.durable.emitWithAck("order", 1)), "done: 1");
  const [message, last] = await page.run(() => window.drops.map(([, message]) => message));
  assert.match(message, /a packet of up to 10001 bytes is above the server's maxPayload, 10000$/);
  assert.match(last, /10002 bytes/);
  assert.equal(state.done.length, 25);
  assert.equal(await page.run(() => window.socket.id), id, "the connection has not ended");
}

async function tooLargeAsBase64({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start, {}, { transports: ["polling"] });
  const error = await page.run(() => {
    const { durable } = window.socket;
    return durable.emitWithAck("order", new ArrayBuffer(8000)).catch((error) => error.message);
  });
  assert.match(error, /^socketio-wasm: a packet of 10669 bytes is above the server's maxPayload, 10000$/);
  assert.equal(await page.run(() => window.socket.durable.emitWithAck("order", 1)), "done: 1");
  assert.deepEqual(state.done, [1]);
}

async function unsendable({ page }) {
  await page.open("/library.html");
  await page.run(start, {}, { autoConnect: false });
  const errors = await page.run(async () => {
    const { durable } = window.socket;
    const loop = {};
    loop.loop = loop;
    const tries = [["connect"], [{}], ["order", 1n], ["order", loop], ["order", Array(11).fill(new ArrayBuffer(1))]];
    const results = await Promise.allSettled(tries.map((args) => durable.emit(...args)));
    return results.map(({ reason }) => String(reason));
  });
  const expected = [/reserved event name/, /event name must be/, /BigInt/, /TypeError/, /11 .* maxAttachments, 10/];
  for (const [at, pattern] of expected.entries()) assert.match(errors[at], pattern);
  assert.deepEqual(await page.run(() => window.socket.durable.entries()), []);
}

async function quota({ page, proxy, server: { state } }) {
  await page.open("/library.html");
  // Before IndexedDB is used: Chromium remembers for a while how much room there is.
  await overrideQuota(page.driver, proxy.origin, 200_000);
  try {
    await page.run(start);
    // What repeats would take less room.
    const large = await page.run(refusal, randomBytes(500_000).toString("hex"));
    assert.match(String(large), /^QuotaExceededError/);
    assert.equal(await page.run(() => window.socket.durable.emitWithAck("order", 2)), "done: 2");
    assert.deepEqual(state.done, [2]);
  } finally {
    await overrideQuota(page.driver, proxy.origin);
  }
}

const overrideQuota = (driver, origin, quotaSize) =>
  driver.sendDevToolsCommand("Storage.overrideQuotaForOrigin", { origin, quotaSize });
