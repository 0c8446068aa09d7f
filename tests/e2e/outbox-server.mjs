// A server for the outbox: it does each order once, by the snippet in docs/outbox.md, and logs whatever comes.

import { readFile } from "node:fs/promises";
import { startTestServer } from "./test-server.mjs";

const SLOW = 400;

/** The documentation's `exactlyOnce`. */
async function readSnippet() {
  const text = await readFile(new URL("../../docs/outbox.md", import.meta.url), "utf8");
  const [, code] = /```js\n(function exactlyOnce[^]*?)```/.exec(text);
  return new Function(`return ${code};`)();
}

/**
 * `arrived`: each coming of an event as `{ order, id, from }`; `done`: the orders that were done, in their order.
 * `state.gate(order)` may return a promise that an order waits for. The event `slow` is answered each time, and late.
 */
export async function startOutboxServer(options) {
  const exactlyOnce = await readSnippet();
  const [arrived, done] = [[], []];
  const state = { arrived, done, gate: () => {} };
  const listener = exactlyOnce(async (order) => {
    await state.gate(order);
    done.push(order);
    return `done: ${order}`;
  });
  const setUp = (io) => {
    io.on("connection", (socket) => {
      socket.on("order", (id, order, ...more) => {
        arrived.push({ order, id, from: socket.id });
        listener(id, order, ...more);
      });
      socket.on("slow", (id, order, ack) => {
        arrived.push({ order, id, from: socket.id });
        setTimeout(ack, SLOW, "at last");
      });
    });
  };
  return Object.assign(await startTestServer(setUp, options), { state });
}
