// What is emitted durably outlives the page, the connection and the server's silence: in order, and done once.

import assert from "node:assert/strict";
import { once } from "node:events";
import { startOutboxServer } from "../outbox-server.mjs";
import { emitAll, start } from "../outbox-page.mjs";
import { until } from "../wait.mjs";

const numbers = (count) => Array.from({ length: count }, (_, at) => at);

export default function outbox(scene) {
  const setting = { server: startOutboxServer };
  scene("outbox: what was emitted without a connection is sent after a reload, in order, once", setting, reload);
  scene("outbox: a reload in the middle loses, doubles and reorders nothing", setting, inTheMiddle);
  scene("outbox: a connection that is cut again and again loses, doubles and reorders nothing", setting, cuts);
  scene("outbox: an event that is not acknowledged is sent again; after maxTries it is dropped", setting, silence);
  scene("outbox: an answer that takes longer than ackTimeout counts all the same", setting, lateAnswer);
  scene("outbox: it does not wait for the queue of the option retries", setting, besideRetries);
  scene("outbox: what waits can be looked at and forgotten", setting, looking);
}

async function reload({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start, {}, { autoConnect: false });
  const ids = await page.run(emitAll, 20);
  assert.equal(new Set(ids).size, 20);
  assert.deepEqual(state.arrived, []);

  await page.reload();
  await page.run(start);
  await page.see("all answers", () => window.answers.length === 20);
  await page.reload();
  await page.run(start);
  assert.match(await page.run(() => window.socket.durable.emitWithAck("order", 20)), /^done: 20$/);
  assert.deepEqual(state.done, numbers(21));
  assert.deepEqual(state.arrived.slice(0, 20).map(({ id }) => id), ids);
  assert.equal(state.arrived.length, 21);
}

async function inTheMiddle({ page, server: { state } }) {
  let open;
  const opened = new Promise((resolve) => (open = resolve));
  state.gate = (order) => order === 5 && opened;
  await page.open("/library.html");
  await page.run(start);
  await page.run(emitAll, 12);
  await until("the order that waits", () => state.arrived.length === 6);
  await page.reload();
  await page.run(start);
  await until("the same order", () => state.arrived.length === 7);
  open();
  await page.see("the last answer", () => window.answers.at(-1)?.startsWith("done: 11"));
  assert.deepEqual(state.done, numbers(12));
  assert.equal(state.arrived[5].id, state.arrived[6].id);
  assert.equal(state.arrived.length, 13);
}

async function cuts({ page, proxy, server: { state } }) {
  state.gate = async (order) => {
    if (order % 5 === 3) proxy.cut();
  };
  await page.open("/library.html");
  await page.run(start, {}, { reconnectionDelay: 20, randomizationFactor: 0 });
  const answers = await page.run(() => {
    const { durable } = window.socket;
    return Promise.all(Array.from({ length: 20 }, (_, order) => durable.emitWithAck("order", order)));
  });
  assert.deepEqual(answers, numbers(20).map((order) => `done: ${order}`));
  assert.deepEqual(state.done, numbers(20));
  assert.ok(state.arrived.length >= 24, `sent again after each of four cuts: ${state.arrived.length}`);
}

async function silence({ page, server: { state } }) {
  const never = new Promise(() => {});
  state.gate = (order) => order === "silent" && never;
  await page.open("/library.html");
  await page.run(start, { ackTimeout: 100, maxTries: 3 });
  const outcome = await page.run(async () => {
    const { durable } = window.socket;
    const both = ["silent", 1].map((order) => durable.emitWithAck("order", order));
    const [silent, next] = await Promise.allSettled(both);
    return [silent.reason.message, next.value, window.drops];
  });
  const message = "socketio-wasm: tried 3 times, and not acknowledged";
  assert.deepEqual(outcome, [message, "done: 1", [["silent", message]]]);
  assert.deepEqual(state.arrived.map(({ order }) => order), ["silent", "silent", "silent", 1]);
}

async function lateAnswer({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start, { ackTimeout: 150 });
  const answers = await page.run(() => {
    const { durable } = window.socket;
    return Promise.all([1, 2].map((order) => durable.emitWithAck("slow", order)));
  });
  assert.deepEqual(answers, ["at last", "at last"]);
  const orders = state.arrived.map(({ order }) => order);
  assert.deepEqual([...new Set(orders)], [1, 2]);
  assert.ok(orders.length > 3, "sent again meanwhile");
}

async function besideRetries({ page, server: { io, state } }) {
  const connection = once(io, "connection");
  await page.open("/library.html");
  await page.run(start, {}, { retries: 3 });
  const [socket] = await connection;
  const held = once(socket, "held");
  await page.run(() => void window.socket.emit("held"));
  await held;
  assert.equal(await page.run(() => window.socket.durable.emitWithAck("order", 1)), "done: 1");
  assert.deepEqual(state.done, [1]);
}

async function looking({ page, server: { state } }) {
  await page.open("/library.html");
  await page.run(start, {}, { autoConnect: false });
  const seen = await page.run(async () => {
    const { durable } = window.socket;
    const acked = durable.emitWithAck("order", "a", { tea: 2 }).catch((error) => error.message);
    await durable.emit("order", "b");
    const before = await durable.entries();
    durable.emit("order", "not kept yet");
    await durable.clear();
    return [before, await acked, await durable.entries()];
  });
  const [[first, second], error, after] = seen;
  assert.deepEqual([first.event, first.args, first.tries, first.bytes], ["order", ["a", { tea: 2 }], 0, 23]);
  assert.ok(first.at > 1.7e12 && first.id !== second.id);
  assert.deepEqual([error, after], ["socketio-wasm: the outbox was cleared", []]);
  await page.run(() => void window.socket.connect());
  assert.equal(await page.run(() => window.socket.durable.emitWithAck("order", "c")), "done: c");
  assert.deepEqual(state.done, ["c"]);
}
