// Connection state recovery: what was missed while the connection was broken comes afterwards.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };
const options = { connectionStateRecovery: {} };

/** A server with recovery: "cut" breaks the connection, then emits to a room in which the socket was. */
function recovering({ io, log }) {
  io.on("connection", (socket) => {
    log.push(socket.recovered);
    if (!socket.recovered) socket.join("room");
    socket.on("begin", (answer) => {
      socket.emit("news", 0);
      answer?.();
    });
    socket.on("end", (answer) => answer());
    socket.on("cut", () => {
      socket.conn.close();
      setTimeout(() => [1, 2, 3].forEach((n) => io.to("room").emit("news", n)), 0);
    });
  });
}

export default [
  {
    rows: ["1.7 recovered", "2.2 state recovery"],
    title: "after a short break the socket is the same one, and gets what it missed, in order",
    core: true,
    arg: quick,
    options,
    server: recovering,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const seen = [];
      socket.on("news", (n) => seen.push(n));
      await next(socket, "connect");
      const before = [socket.id, socket.recovered];
      await socket.emitWithAck("begin");
      socket.emit("cut");
      await next(socket, "connect");
      const after = [socket.id, socket.recovered];
      await socket.emitWithAck("end");
      return { before, after, seen };
    },
    expect({ before, after, seen }, { log }) {
      assert.deepEqual(before, [after[0], false]);
      assert.equal(after[1], true);
      assert.deepEqual(seen, [0, 1, 2, 3]);
      assert.deepEqual(log, [false, true]);
    },
  },
  {
    rows: ["1.7 recovered"],
    title: "with a server that recovers nothing, recovered is false",
    fault: "is undefined",
    fails: /deep-equal/,
    core: true,
    arg: quick,
    server: recovering,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const seen = [String(socket.recovered)];
      await next(socket, "connect");
      seen.push(String(socket.recovered));
      socket.emit("cut");
      await next(socket, "connect");
      return [...seen, String(socket.recovered)];
    },
    expect: (seen) => assert.deepEqual(seen, ["false", "false", "false"]),
  },
  {
    rows: ["2.2 state recovery"],
    title: "listeners get what the server emitted and nothing more",
    fault: "shows them the server's bookmark as one more argument",
    fails: /deep-equal/,
    core: true,
    arg: quick,
    options,
    server({ io }) {
      io.on("connection", (socket) => {
        socket.emit("bare");
        socket.emit("text", "last");
        socket.emit("bytes", { bytes: Buffer.from([1, 2]) }, "last");
        io.emit("to all", 1);
        socket.on("end", (answer) => answer());
      });
    },
    async page({ io, url, arg }) {
      const socket = io(url, arg);
      const [any, own] = [[], []];
      socket.onAny((event, ...args) => any.push([event, ...args.filter((arg) => !arg.bytes)]));
      for (const event of ["bare", "text", "bytes", "to all"]) socket.on(event, (...args) => own.push(args.length));
      await socket.emitWithAck("end");
      return [any, own];
    },
    expect([any, own]) {
      assert.deepEqual(any, [["bare"], ["text", "last"], ["bytes", "last"], ["to all", 1]]);
      assert.deepEqual(own, [0, 1, 2, 1]);
    },
  },
  {
    rows: ["2.2 state recovery"],
    title: "a text at the end of an event that has no bookmark belongs to the event: volatile ones, and those that ask",
    core: true,
    arg: quick,
    options,
    server({ io }) {
      io.on("connection", (socket) => {
        socket.on("volatile", () => socket.volatile.emit("volatile", 1, "last"));
        socket.on("to all", () => io.volatile.emit("to all", "and last"));
        socket.on("question", () => socket.emit("question", "last", () => {}));
        socket.on("end", (answer) => answer("x", "last"));
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const seen = [];
      socket.onAny((...args) => seen.push(args.filter((arg) => typeof arg !== "function")));
      await next(socket, "connect");
      for (const event of ["volatile", "to all", "question"]) {
        socket.emit(event);
        await next(socket, event);
      }
      const answer = await new Promise((resolve) => socket.emit("end", (...args) => resolve(args)));
      return [seen, answer];
    },
    expect([seen, answer]) {
      assert.deepEqual(seen, [["volatile", 1, "last"], ["to all", "and last"], ["question", "last"]]);
      assert.deepEqual(answer, ["x", "last"]);
    },
  },
  {
    rows: ["2.2 state recovery"],
    title: "a text at the end of a volatile event is not taken for a bookmark: what was missed still comes",
    fault: "asks the server for what came after that text, which it does not know",
    fails: /deep-equal/,
    arg: quick,
    options,
    server(world) {
      recovering(world);
      world.io.on("connection", (socket) => socket.on("volatile", () => socket.volatile.emit("v", "not a bookmark")));
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const seen = [];
      socket.on("news", (n) => seen.push(n));
      await next(socket, "connect");
      await socket.emitWithAck("begin");
      socket.emit("volatile");
      await next(socket, "v");
      socket.emit("cut");
      await next(socket, "connect");
      await socket.emitWithAck("end");
      return [socket.recovered, seen];
    },
    expect: (result) => assert.deepEqual(result, [true, [0, 1, 2, 3]]),
  },
  {
    rows: ["2.2 state recovery"],
    title: "the socket asks with its private id and the last bookmark, beside what auth says",
    arg: quick,
    engine(socket, { log }) {
      socket.on("message", (text) => {
        if (!text.startsWith("0")) return socket.close();
        log.push(text);
        socket.send('0{"sid":"s","pid":"p"}');
        // As the Redis streams adapter has them.
        const bookmark = (n) => `1700000000000-${n}${log.length}`;
        for (const n of [1, 2]) socket.send(`2${JSON.stringify(["news", n, bookmark(n)])}`);
        socket.send('2["done",1]');
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, auth: { token: 1 } });
      const states = [];
      for (let time = 0; time < 2; time++) {
        await next(socket, "done");
        states.push([socket.id, socket.recovered]);
        socket.emit("cut");
      }
      await next(socket, "done");
      return states;
    },
    expect(states, { log }) {
      assert.deepEqual(states, [["s", false], ["s", true]]);
      const [first, second, third] = log.map((text) => JSON.parse(text.slice(1)));
      assert.deepEqual(first, { token: 1 });
      assert.deepEqual(second, { pid: "p", offset: "1700000000000-21", token: 1 });
      assert.deepEqual(third, { pid: "p", offset: "1700000000000-22", token: 1 });
    },
  },
  {
    rows: ["2.2 state recovery", "1.7 recovered"],
    title: "without an event before the break nothing is recovered: the server has no bookmark to begin from",
    arg: quick,
    options,
    server: recovering,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const { id } = socket;
      socket.emit("cut");
      await next(socket, "connect");
      return [socket.recovered, socket.id !== id];
    },
    expect(result, { log }) {
      assert.deepEqual(result, [false, true]);
      assert.deepEqual(log, [false, false]);
    },
  },
  {
    rows: ["2.2 state recovery", "1.7 disconnect()"],
    title: "after disconnect() the socket is a new one",
    arg: quick,
    options,
    server: recovering,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      await socket.emitWithAck("begin");
      const { id } = socket;
      await next(socket.disconnect().connect(), "connect");
      return [socket.recovered, socket.id !== id];
    },
    expect(result, { log }) {
      assert.deepEqual(result, [false, true]);
      assert.deepEqual(log, [false, false]);
    },
  },
  {
    rows: ["2.2 state recovery", "1.7 recovered"],
    title: "after a recovery, disconnect() and connect() in one go: all that the server emits from then on arrives",
    core: true,
    arg: quick,
    options,
    server: recovering,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      const seen = [];
      socket.on("news", (n) => seen.push(n));
      await next(socket, "connect");
      await socket.emitWithAck("begin");
      socket.emit("cut");
      await next(socket, "connect");
      await pause(30);
      socket.disconnect().connect();
      await next(socket, "connect");
      // Longer than a late goodbye of the old connection would take.
      await pause(50);
      seen.length = 0;
      await socket.emitWithAck("begin");
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, [0]),
  },
  {
    rows: ["1.7 recovered", "2.2 state recovery"],
    title: "recovered says it of the last connection: true, then false when the session was forgotten",
    arg: quick,
    options,
    server: recovering,
    commands: { forget: ({ io }) => io.of("/").adapter.sessions.clear() },
    async page({ io, url, arg, next, tell }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      await socket.emitWithAck("begin");
      const seen = [];
      socket.on("connect", () => seen.push(socket.recovered));
      socket.emit("cut");
      await next(socket, "connect");
      await socket.emitWithAck("begin");
      socket.io.once("reconnect_attempt", () => {});
      socket.emit("cut");
      await next(socket, "disconnect");
      await tell("forget");
      await next(socket, "connect");
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, [true, false]),
  },
  {
    rows: ["2.2 state recovery", "1.7 sendBuffer"],
    title: "what was emitted during the break is sent to the recovered session, once",
    arg: quick,
    options,
    server(world) {
      recovering(world);
      world.io.on("connection", (socket) => socket.on("kept", (n) => world.log.push(n)));
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      await socket.emitWithAck("begin");
      socket.once("disconnect", () => socket.emit("kept", 1).emit("kept", 2));
      socket.emit("cut");
      await next(socket, "connect");
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log, [false, true, 1, 2]),
  },
  {
    rows: ["2.2 state recovery"],
    title: "a recovery that a middleware refuses is made up for by the next connect(), with what was missed, once",
    fault: "delivers that twice",
    fails: /deep-equal/,
    core: true,
    arg: { ...quick, auth: { token: "old" } },
    options: { connectionStateRecovery: { skipMiddlewares: false } },
    server(world) {
      let connections = 0;
      world.io.use(({ handshake }, go) =>
        go(handshake.auth.token === "old" && connections++ ? new Error("expired") : undefined));
      recovering(world);
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const seen = [];
      socket.on("news", (n) => seen.push(n));
      await next(socket, "connect");
      await socket.emitWithAck("begin");
      socket.emit("cut");
      const [{ message }] = await next(socket, "connect_error");
      socket.auth = { token: "new" };
      socket.connect();
      await next(socket, "connect");
      await socket.emitWithAck("end");
      return [message, socket.recovered, seen];
    },
    expect(result, { log }) {
      assert.deepEqual(result, ["expired", true, [0, 1, 2, 3]]);
      assert.deepEqual(log, [false, true]);
    },
  },
];
