// Volatile emits: sent at once or not at all.

import assert from "node:assert/strict";
import { settled } from "../support/settled.mjs";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };
const polling = { ...quick, transports: ["polling"] };

/** Logs events and answers those that ask for it; "cut" breaks the connection. */
function logAll({ io, log }) {
  io.on("connection", (socket) => {
    socket.on("cut", () => socket.conn.close());
    socket.onAny((event, ...args) => {
      log.push(event);
      if (typeof args.at(-1) === "function") args.pop()("answer");
    });
  });
}

/** A network on which each POST takes its time. */
function slowPosts(req, res, next) {
  req.method === "POST" ? setTimeout(next, 60) : next();
}

/** Written by hand: lets the namespace in only when the page says so. */
function letInLater(socket, { log }) {
  socket.on("message", (text) => {
    log.push(text);
    if (text === '2["end"]') ['30["ghost"]', '2["ended"]'].forEach((line) => socket.send(line));
  });
}

function letIn({ engine, log }) {
  const [socket] = Object.values(engine.clients);
  if (log.includes("0")) socket.send('0{"sid":"s"}');
  return log.includes("0");
}

export default [
  {
    rows: ["1.7 Volatile", "1.7 compress, volatile, timeout"],
    title: "a volatile emit arrives when nothing hinders it, and so does its answer",
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      return new Promise((resolve) => socket.volatile.emit("now", resolve));
    },
    expect(answer, { log }) {
      assert.equal(answer, "answer");
      assert.deepEqual(log, ["now"]);
    },
  },
  {
    rows: ["1.7 Volatile", "1.7 sendBuffer"],
    title: "a volatile emit before the first connection is not kept",
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      socket.volatile.emit("lost");
      socket.emit("kept");
      const buffered = socket.sendBuffer.length;
      socket.connect();
      await next(socket, "connect");
      await socket.emitWithAck("end");
      return buffered;
    },
    expect(buffered, { log }) {
      assert.equal(buffered, 1);
      assert.deepEqual(log, ["kept", "end"]);
    },
  },
  {
    rows: ["1.7 Volatile", "1.7 sendBuffer"],
    title: "a volatile emit between two connections is not kept",
    fault: "buffers it, as its transport counts as writable",
    fails: /lost/,
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.once("disconnect", () => {
        socket.volatile.emit("lost");
        socket.emit("kept");
      });
      socket.emit("cut");
      await next(socket, "connect");
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["cut", "kept", "end"]),
  },
  {
    rows: ["1.7 Volatile", "1.7 sendBuffer"],
    title: "a volatile emit while the namespace has not answered yet is not kept",
    fault: "buffers it, as its transport is writable",
    fails: /lost/,
    arg: quick,
    engine: letInLater,
    commands: { letIn },
    async page({ io, url, arg, next, tell, until, pause }) {
      const socket = io(url, arg);
      await next(socket.io, "open");
      await pause(0); // the transport is free again
      socket.volatile.emit("lost");
      socket.emit("kept");
      const connected = next(socket, "connect");
      await until(() => tell("letIn"));
      await connected;
      socket.emit("end");
      await next(socket, "ended");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["0", '2["kept"]', '2["end"]']),
  },
  {
    rows: ["1.7 Volatile"],
    title: "a volatile emit while a request is under way is dropped; others wait for their turn",
    core: true,
    arg: polling,
    server: logAll,
    http: slowPosts,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.emit("first");
      socket.volatile.emit("lost");
      socket.emit("second");
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["first", "second", "end"]),
  },
  {
    rows: ["1.7 Volatile", "1.7 onAnyOutgoing"],
    title: "a volatile emit that is dropped is not shown to onAnyOutgoing",
    arg: polling,
    server: logAll,
    http: slowPosts,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const sent = [];
      socket.onAnyOutgoing((event) => sent.push(event));
      socket.volatile.emit("lost");
      await next(socket, "connect");
      socket.emit("first");
      socket.volatile.emit("lost");
      await socket.emitWithAck("end");
      return sent;
    },
    expect: (sent) => assert.deepEqual(sent, ["first", "end"]),
  },
  {
    rows: ["1.7 Volatile", "1.7 emitWithAck"],
    title: "the promise of a volatile emit that was dropped is rejected",
    fault: "leaves it pending until the next connection breaks",
    fails: /pending/,
    core: true,
    arg: polling,
    server: logAll,
    http: slowPosts,
    async page({ io, url, arg, next, pause }) {
      const outcome = (promise) => {
        const settled = promise.then(() => "resolved", (error) => (error instanceof Error ? "rejected" : error));
        return Promise.race([settled, pause(300).then(() => "pending")]);
      };
      const socket = io(url, { ...arg, autoConnect: false });
      const offline = await outcome(socket.volatile.emitWithAck("lost"));
      socket.connect();
      await next(socket, "connect");
      socket.emit("first");
      const busy = outcome(socket.volatile.emitWithAck("lost"));
      return [offline, await busy];
    },
    async expect(outcomes, { log }) {
      assert.deepEqual(outcomes, ["rejected", "rejected"]);
      await settled(() => assert.deepEqual(log, ["first"]));
    },
  },
  {
    rows: ["1.7 Volatile", "1.7 compress, volatile, timeout"],
    title: "a volatile emit with a timeout that was dropped ends in an error, once",
    arg: polling,
    server: logAll,
    http: slowPosts,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.emit("first");
      const calls = [];
      socket.volatile.timeout(30).emit("lost", (error) => calls.push(error.message));
      const promised = socket.timeout(30).volatile.emitWithAck("lost").catch((error) => error.message);
      calls.push(await promised);
      await pause(60);
      return calls;
    },
    async expect(calls, { log }) {
      assert.deepEqual(calls, ["operation has timed out", "operation has timed out"]);
      await settled(() => assert.deepEqual(log, ["first"]));
    },
  },
  {
    rows: ["1.7 Volatile", "1.7 Ack semantics"],
    title: "the callback of a volatile emit that was dropped is not kept: no answer can reach it",
    fault: "keeps it, and calls it with what is answered to its number",
    fails: /ghost/,
    arg: quick,
    engine: letInLater,
    commands: { letIn },
    async page({ io, url, arg, next, tell, until }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const answers = [];
      socket.volatile.emit("lost", (answer) => answers.push(answer));
      socket.connect();
      await next(socket.io, "open");
      const connected = next(socket, "connect");
      await until(() => tell("letIn"));
      await connected;
      socket.emit("end");
      await next(socket, "ended");
      return answers;
    },
    expect: (answers) => assert.deepEqual(answers, []),
  },
  {
    rows: ["1.7 Volatile", "1.4 retries"],
    title: "with retries, too, a volatile emit without a connection is not kept",
    arg: { ...quick, retries: 2, ackTimeout: 1_000 },
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      socket.volatile.emit("lost");
      socket.connect();
      await next(socket, "connect");
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["end"]),
  },
];
