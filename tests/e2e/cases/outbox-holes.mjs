// What happens to the outbox between two of its steps: the connection ends, the storage goes, another tab is quicker.

import assert from "node:assert/strict";
import { startOutboxServer } from "../outbox-server.mjs";
import { pass, start } from "../outbox-page.mjs";
import { until } from "../wait.mjs";

const noChannel = [
  `globalThis.BroadcastChannel = class {
    constructor() { throw new DOMException("The operation is insecure.", "SecurityError"); }
  };`,
];
const order = [
  `window.steps = [];
  globalThis.BroadcastChannel = class extends BroadcastChannel {
    constructor(name) { super(name); window.steps.push("listens"); }
  };
  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = function (...args) { window.steps.push("keeps"); return add.apply(this, args); };`,
];

export default function outboxHoles(scene) {
  const setting = { server: startOutboxServer };
  scene("outbox: what was to be sent when the connection ended is sent by the next, at once", setting, cut);
  scene("outbox: an emit after the database was deleted is not taken for the one before", setting, deleted);
  scene("outbox: what is found to be unsent after a sleep was no try", setting, asleep);
  scene("outbox: a Buffer of a bundler arrives as its bytes, and so do those of toJSON", setting, buffers);
  scene("outbox: where no channel is allowed the socket connects, and says so", { ...setting, scripts: noChannel }, insecure);
  scene("outbox: who waits for an answer hears another tab before that can have sent it", { ...setting, scripts: order }, early);
}

async function cut({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start, { maxTries: 1 }, { reconnectionDelay: 10 });
  await page.see("connected", () => window.socket.connected);
  await page.run(() => {
    const { getAll } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.getAll = function (...args) {
      // It is read to be sent; to be kept it was written.
      if (this.transaction.mode === "readonly") {
        IDBObjectStore.prototype.getAll = getAll;
        window.socket.io.engine.close();
      }
      return getAll.apply(this, args);
    };
  });
  assert.equal(await page.run(() => window.socket.durable.emitWithAck("order", 1)), "done: 1");
  assert.deepEqual(state.arrived.map(({ order }) => order), [1]);
}

async function deleted({ page, server: { state } }) {
  let done;
  state.gate = (name) => name === "first" && new Promise((resolve) => (done = resolve));
  await page.open("/library.html");
  await page.run(start);
  await page.run(() => void window.socket.durable.emit("order", "first"));
  await until("the first at the server", () => done);
  const kept = await page.run(async () => {
    const [{ name }] = await indexedDB.databases();
    await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
    return window.socket.durable.emit("order", "second").then(() => "kept");
  });
  assert.equal(kept, "kept");
  done();
  await page.see("the second's answer", () => window.answers.includes("done: second"));
  assert.deepEqual(state.done, ["first", "second"]);
}

async function buffers({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start);
  const answer = await page.run(() => {
    class Buffer extends Uint8Array {
      toJSON() {
        return { type: "Buffer", data: [...this] };
      }
    }
    return window.socket.durable.emitWithAck("order", [Buffer.of(1, 2), { toJSON: () => new Uint8Array([3]) }]);
  });
  assert.match(answer, /^done: /);
  assert.deepEqual(state.done, [[Buffer.from([1, 2]), Buffer.from([3])]]);
}

async function asleep({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start, { maxTries: 1 }, { reconnectionDelay: 10 });
  await page.see("connected", () => window.socket.connected);
  await page.run(pass, 3_600_000);
  assert.equal(await page.run(() => window.socket.durable.emitWithAck("order", 1)), "done: 1");
  assert.deepEqual(state.arrived.map(({ order }) => order), [1]);
}

async function insecure({ page }) {
  await page.open("/library.html");
  await page.run(start, {}, { autoConnect: false });
  await page.run(() => {
    window.socket.on("connect", () => (window.told = true));
    window.socket.connect();
  });
  await page.see("connect", () => window.told);
}

async function early({ page }) {
  await page.open("/library.html");
  await page.run(start, {}, { autoConnect: false });
  await page.run(() => window.socket.durable.emit("order", 1, () => {}));
  assert.deepEqual(await page.run(() => window.steps.slice(0, 2)), ["listens", "keeps"]);
}
