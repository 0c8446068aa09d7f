// socketio-wasm/outbox where there is no browser: options are checked, and a page that is rendered here lives on.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { Server } from "socket.io";
import { io } from "socketio-wasm";
import { outbox } from "socketio-wasm/outbox";

const wrong = {
  name: [1, "a string"],
  maxCount: [-1, "a number, 0 or more"],
  maxBytes: ["1", "a number, 0 or more"],
  maxAge: [NaN, "a number, 0 or more"],
  maxTries: [{}, "a number, 0 or more"],
  ackTimeout: [false, "a number, 0 or more"],
  sendId: [0, "true or false"],
  onAnswer: [true, "a function"],
  onDrop: ["log", "a function"],
};

for (const [name, [value, expected]] of Object.entries(wrong)) {
  test(`a wrong ${name} is named`, () => {
    const message = `socketio-wasm: ${name} must be ${expected}`;
    assert.throws(() => outbox({ [name]: value }), { name: "TypeError", message });
  });
}

test("what is missing has its default, and any number of sockets may have the same outbox", () => {
  const options = { autoConnect: false, forceNew: true };
  const box = outbox({ name: undefined, maxAge: Infinity, onDrop: null });
  const [one, other] = [1, 2].map(() => io("http://localhost:1", { ...options, outbox: box }));
  assert.notEqual(one.durable, other.durable);
  assert.equal(io("http://localhost:1", options).durable, undefined);
});

test("an option that is no outbox is named", () => {
  const message = "socketio-wasm: outbox must be an object";
  assert.throws(() => io("http://localhost:1", { outbox: true }), { message });
});

test("without IndexedDB an emit says so, and the connection is as it is without an outbox", async () => {
  const server = createServer();
  const sockets = new Server(server);
  sockets.on("connection", (socket) => socket.on("say", (text, ack) => ack(text)));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const socket = io(`http://127.0.0.1:${server.address().port}`, { outbox: outbox() });
  try {
    assert.equal(await socket.emitWithAck("say", "hello"), "hello");
    await assert.rejects(socket.durable.emit("say", "hello"), /^Error: socketio-wasm: the outbox has no IndexedDB: ./);
  } finally {
    socket.disconnect();
    await sockets.close();
  }
});
