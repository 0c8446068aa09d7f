// 2.1: the first things that are done after the machine has slept, before any timer could notice that the server is gone.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** Answers each "ask" with what it was asked. */
function answering({ io, log }) {
  io.on("connection", (socket) => {
    socket.on("ask", (question, answer) => {
      log.push(question);
      answer(question);
    });
  });
}

/** As that, but for the first: then the connection breaks. */
function cutting({ io, log }) {
  io.on("connection", (socket) => {
    socket.on("ask", (question, answer) => (log.push(question) > 1 ? answer(question) : socket.conn.close()));
  });
}

/** From now on it is an hour later, until the function that it returns is called. */
async function sleep() {
  const [{ now }, later] = [Date, performance.now.bind(performance)];
  Date.now = () => now.call(Date) + 3_600_000;
  performance.now = () => later() + 3_600_000;
  // Nobody looks at the clock twice within a task.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return () => ([Date.now, performance.now] = [now, later]);
}

/** Connects, sleeps, calls `ask(socket)` and waits for the next connection. In an object, as a promise would be awaited. */
async function askAfterSleep({ io, next, url, arg }, ask) {
  const socket = io(url, arg);
  await next(socket, "connect");
  const wake = await sleep();
  const asked = ask(socket);
  await next(socket, "connect");
  wake();
  return { socket, asked };
}

const helpers = [sleep, askAfterSleep];

export default [
  {
    rows: ["2.1 throttled timer", "1.7 compress, volatile, timeout"],
    title: "what is volatile and asked first after the machine slept is dropped, and who waits is told",
    differs: "in the reference nobody is told",
    core: true,
    arg: quick,
    server: answering,
    helpers,
    async page(world) {
      const { socket, asked } = await askAfterSleep(world, ({ volatile }) =>
        volatile.emitWithAck("ask", "volatile").catch((error) => error.message));
      return [await asked, await socket.emitWithAck("ask", "end")];
    },
    expect(result, { log }) {
      assert.deepEqual(result, ["the volatile event was dropped", "end"]);
      assert.deepEqual(log, ["end"]);
    },
  },
  {
    rows: ["2.1 throttled timer", "1.7 emit"],
    title: "what is asked first after the machine slept is answered over the next connection",
    core: true,
    arg: quick,
    server: answering,
    helpers,
    async page(world) {
      const { asked } = await askAfterSleep(world, (socket) => [
        new Promise((resolve) => socket.emit("ask", "callback", resolve)),
        socket.emitWithAck("ask", "promise"),
        socket.timeout(5_000).emitWithAck("ask", "in time"),
      ]);
      return Promise.all(asked);
    },
    expect(answers, { log }) {
      assert.deepEqual(answers, ["callback", "promise", "in time"]);
      assert.deepEqual(log, answers);
    },
  },
  {
    rows: ["2.1 throttled timer", "1.4 retries"],
    title: "with retries that was no try, and it is sent once",
    differs: "in the reference an acknowledgement is all that ends a try",
    core: true,
    arg: { ...quick, retries: 1 },
    server: cutting,
    helpers,
    async page(world) {
      const { socket, asked } = await askAfterSleep(world, (socket) => socket.emitWithAck("ask", "once"));
      return [await asked, await socket.emitWithAck("ask", "end")];
    },
    expect(result, { log }) {
      assert.deepEqual(result, ["once", "end"]);
      // Once over the connection that was cut, once over the next.
      assert.deepEqual(log, ["once", "once", "end"]);
    },
  },
  {
    rows: ["2.1 throttled timer"],
    title: "what is emitted over one connection when another is found dead is not sent into the void",
    core: true,
    arg: { ...quick, forceNew: true },
    server: answering,
    helpers,
    async page({ io, next, url, arg }) {
      const [a, b] = [io(url, arg), io(url, arg)];
      await Promise.all([next(a, "connect"), next(b, "connect")]);
      // The last that this connection has to do with, so that nothing of it has come since.
      a.emit("nothing");
      const ended = next(a, "disconnect");
      b.on("disconnect", () => a.emit("ask", 2, () => {}));
      const wake = await sleep();
      b.emit("ask", 3, () => {});
      const [[reason], kept] = [await ended, a.sendBuffer.length];
      await Promise.all([next(a, "connect"), next(b, "connect")]);
      wake();
      return [reason, kept, await a.emitWithAck("ask", "end")];
    },
    expect(result, { log }) {
      assert.deepEqual(result, ["ping timeout", 1, "end"]);
      assert.deepEqual([...log].sort(), [2, 3, "end"]);
    },
  },
];
