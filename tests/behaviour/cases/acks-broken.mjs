// Acknowledgements when the connection breaks, and errors in callbacks.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** Answers "answer"; "cut" breaks the connection; "nothing" is never answered. */
function cutting({ io, log }) {
  io.on("connection", (socket) => {
    socket.on("cut", () => socket.conn.close());
    socket.on("answer", (...args) => args.pop()(...args));
    socket.on("nothing", () => log.push("nothing"));
  });
}

/** Written by hand: a question at the first connection, whose answer and all else is logged. */
function asking(socket, { log }) {
  socket.on("message", (text) => {
    log.push(text);
    if (text === "0") socket.send('0{"sid":"s"}');
    if (text === "0" && log.length === 1) socket.send('21["question"]');
    if (text === '2["cut"]') socket.close();
    if (text === '2["end"]') socket.send('2["ended"]');
  });
}

export default [
  {
    rows: ["1.7 Ack semantics", "1.7 emitWithAck"],
    title: "callbacks that take an error and promises hear of a broken connection, others are forgotten",
    core: true,
    arg: quick,
    server: cutting,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const calls = [];
      socket.emit("nothing", () => calls.push("plain"));
      socket.timeout(2_000).emit("nothing", (error) => calls.push(`timeout: ${error.message}`));
      socket.emitWithAck("nothing").catch((error) => calls.push(`promise: ${error.message}`));
      socket.timeout(2_000).emitWithAck("nothing").catch((error) => calls.push(`both: ${error.message}`));
      socket.emit("cut");
      await next(socket, "connect");
      await socket.emitWithAck("answer");
      return calls;
    },
    expect(calls) {
      assert.deepEqual(calls, ["timeout", "promise", "both"].map((kind) => `${kind}: socket has been disconnected`));
    },
  },
  {
    rows: ["1.7 Ack semantics", "1.7 emitWithAck"],
    title: "disconnect() ends what waits for an answer, after the event",
    core: true,
    arg: quick,
    server: cutting,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const calls = [];
      socket.on("disconnect", () => calls.push("disconnect"));
      socket.timeout(2_000).emit("nothing", ({ message }) => calls.push(message));
      const promise = socket.emitWithAck("nothing").catch(({ message }) => message);
      socket.disconnect();
      return [...calls, await promise];
    },
    expect(calls) {
      assert.deepEqual(calls, ["disconnect", "socket has been disconnected", "socket has been disconnected"]);
    },
  },
  {
    rows: ["1.7 Ack semantics"],
    title: "a broken connection calls a callback once: its timeout does not call it again",
    arg: quick,
    server: cutting,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const calls = [];
      socket.timeout(400).emit("nothing", ({ message }) => calls.push(message));
      socket.emit("cut");
      await next(socket, "disconnect");
      await pause(450);
      return calls;
    },
    expect: (calls) => assert.deepEqual(calls, ["socket has been disconnected"]),
  },
  {
    rows: ["1.7 Ack semantics", "1.7 sendBuffer"],
    title: "what is emitted without a connection is answered after the next one",
    core: true,
    arg: quick,
    server: cutting,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const first = socket.emitWithAck("answer", 1);
      socket.connect();
      await next(socket, "connect");
      const later = [];
      socket.once("disconnect", () => {
        later.push(socket.emitWithAck("answer", 2), new Promise((resolve) => socket.emit("answer", 3, resolve)));
        later.push(socket.timeout(2_000).emitWithAck("answer", 4));
      });
      socket.emit("cut");
      await next(socket, "connect");
      return Promise.all([first, ...later]);
    },
    expect: (answers) => assert.deepEqual(answers, [1, 2, 3, 4]),
  },
  {
    rows: ["1.7 Ack semantics"],
    title: "an answer given after a reconnection is not sent: the question was another session's",
    fault: "sends it in the new session",
    fails: /stale/,
    core: true,
    arg: quick,
    engine: asking,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const [answer] = await next(socket, "question");
      socket.emit("cut");
      await next(socket, "disconnect");
      await next(socket, "connect");
      answer("stale");
      socket.emit("end");
      await next(socket, "ended");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["0", '2["cut"]', "0", '2["end"]']),
  },
  {
    rows: ["1.7 Ack semantics", "1.7 disconnect()"],
    title: "an answer given while there is no connection throws nothing and is not sent later",
    arg: quick,
    engine: asking,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const [answer] = await next(socket, "question");
      socket.disconnect();
      answer("too late");
      socket.connect();
      await next(socket, "connect");
      socket.emit("end");
      await next(socket, "ended");
    },
    expect(_, { log }) {
      assert.deepEqual(log.filter((text) => text !== "1"), ["0", "0", '2["end"]']);
    },
  },
  {
    rows: ["1.7 Ack semantics", "1.7 disconnect()"],
    title: "an answer given after disconnect(), while another namespace holds the connection, is not sent",
    fault: "sends it to a namespace that it has left, and the server breaks the connection",
    fails: /stale/,
    arg: quick,
    engine(socket, { log }) {
      socket.on("message", (text) => {
        log.push(text);
        if (text === "0") socket.send('0{"sid":"main"}');
        if (text === "0/a,") socket.send('0/a,{"sid":"a"}'), socket.send('2/a,1["question"]');
        if (text === '2["end"]') socket.send('2["ended"]');
      });
    },
    async page({ io, url, arg, next }) {
      const main = io(url, arg);
      await next(main, "connect");
      const other = io(`${url}/a`, arg);
      const [answer] = await next(other, "question");
      other.disconnect();
      answer("stale");
      main.emit("end");
      await next(main, "ended");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["0", "0/a,", "1/a,", '2["end"]']),
  },
  {
    rows: ["1.7 Ack semantics", "2.2 listener exceptions"],
    title: "a callback that throws disturbs nothing",
    core: true,
    arg: quick,
    server: cutting,
    async page({ io, url, arg, next, until }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.emit("answer", () => {
        throw new Error("mine");
      });
      const answer = await socket.emitWithAck("answer", "next");
      await until(() => window.errors.length);
      return [answer, socket.connected, ...window.errors.splice(0).map(({ message }) => message)];
    },
    expect: (result) => assert.deepEqual(result, ["next", true, "mine"]),
  },
  {
    rows: ["1.7 Ack semantics", "2.2 listener exceptions"],
    title: "a callback that throws at a broken connection does not keep the others from hearing of it",
    fault: "stops there: the others are never called, and it does not reconnect",
    fails: /not seen|no "connect"/,
    arg: quick,
    server: cutting,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const calls = [];
      socket.timeout(2_000).emit("nothing", () => {
        throw new Error("mine");
      });
      socket.timeout(2_000).emit("nothing", ({ message }) => calls.push(message));
      socket.emit("cut");
      await next(socket, "connect", 500);
      return [...calls, ...window.errors.splice(0).map(({ message }) => message)];
    },
    expect: (calls) => assert.deepEqual(calls, ["socket has been disconnected", "mine"]),
  },
];
