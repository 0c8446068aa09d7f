// What is kept arrives as the same emit would have had it arrive at once, also after a reload.

import assert from "node:assert/strict";
import { start } from "../outbox-page.mjs";
import { startTestServer } from "../test-server.mjs";
import { until } from "../wait.mjs";

export default function outboxData(scene) {
  const setting = { server: startListeningServer };
  scene("outbox: data of every kind arrives after a reload as it would have at once", setting, everyKind);
  scene("outbox: what is changed after the emit is sent as it was", setting, changed);
  scene("outbox: without sendId, and over long-polling, an event comes as it was emitted", setting, plainly);
}

async function startListeningServer() {
  const seen = [];
  const server = await startTestServer((io) => {
    io.on("connection", (socket) => {
      socket.onAny((...args) => {
        const ack = args.pop();
        seen.push(args);
        ack("seen");
      });
    });
  });
  return Object.assign(server, { seen });
}

/** In the page: arguments of every kind. */
function makeKinds() {
  class Money {
    constructor(cents) {
      this.cents = cents;
    }
    toJSON() {
      return `${this.cents} ct`;
    }
  }
  const { buffer } = Uint8Array.from({ length: 100 }, (_, at) => at);
  const proxy = new Proxy({ seen: [1, 2] }, {});
  const odd = JSON.parse('{"__proto__": 1, "constructor": 2}');
  const functions = [[undefined, () => {}], { none: undefined, f() {} }];
  const values = [null, undefined, "ü€𝄞\u2028", 1.5, NaN, true, new Date(0), ...functions];
  const views = [new Uint8Array(buffer, 10, 3), new DataView(buffer, 20, 2), new Uint16Array([258])];
  const bytes = [buffer.slice(0, 3), ...views];
  window.kinds = [...values, new Money(5), proxy, odd, { deep: [{ bytes }] }, new Blob(["blob"])];
}

async function everyKind({ page, server: { seen } }) {
  await page.open("/library.html");
  await page.run(makeKinds);
  await page.run(start, {}, { autoConnect: false });
  await page.run(async () => {
    // A Blob takes longer to be read than what comes after it.
    const { durable } = window.socket;
    await Promise.all([durable.emit(404, ...window.kinds), durable.emit("none"), durable.emit("last")]);
  });
  await page.reload();
  await page.run(makeKinds);
  await page.run(start);
  await until("the events of the page before", () => seen.length === 3);
  await page.run(() => window.socket.emitWithAck(404, ...window.kinds));
  const [kept, none, last, atOnce] = seen;
  assert.match(kept.splice(1, 1)[0], /^[0-9a-f]{32}$/);
  assert.deepEqual(kept, atOnce);
  assert.deepEqual(kept.at(-2).deep[0].bytes[1], Buffer.from([10, 11, 12]));
  assert.deepEqual(kept.at(-1), Buffer.from("blob"));
  assert.deepEqual([none[0], none.length, last[0]], ["none", 2, "last"]);
}

async function changed({ page, server: { seen } }) {
  await page.open("/library.html");
  await page.run(start);
  await page.run(() => {
    const [list, bytes] = [[1], new Uint8Array([1])];
    const acked = window.socket.durable.emitWithAck("change", list, bytes);
    list.push(2);
    bytes[0] = 2;
    return acked;
  });
  assert.deepEqual(seen[0].toSpliced(1, 1), ["change", [1], Buffer.from([1])]);
}

async function plainly({ page, server: { seen } }) {
  await page.open("/library.html");
  await page.run(start, { sendId: false }, { transports: ["polling"] });
  assert.equal(await page.run(() => window.socket.durable.emitWithAck("plain", "a")), "seen");
  assert.deepEqual(seen, [["plain", "a"]]);
}
