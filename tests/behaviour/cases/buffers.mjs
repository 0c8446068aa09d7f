// What waits for the connection, on both sides, and the order in which it goes when the connection is there.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** Logs [event, ...args] of each event, answers those that ask for it; "cut" breaks the connection. */
function logAll({ io, log }) {
  const welcome = (socket) => {
    socket.on("cut", () => socket.conn.close());
    socket.onAny((...args) => {
      if (typeof args.at(-1) === "function") args.pop()();
      log.push(args);
    });
  };
  io.on("connection", welcome);
  io.of("/other").on("connection", welcome);
}

export default [
  {
    rows: ["1.7 sendBuffer", "2.2 order at connect"],
    title: "what is emitted before the connection is kept, can be looked at, and is sent in order",
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      for (let n = 0; n < 5; n++) socket.emit("early", n, n % 2 ? "odd" : new Uint8Array([n]));
      socket.send("as well");
      const events = socket.sendBuffer.map(({ data }) => data[0]);
      socket.on("connect", () => socket.emit("in connect", socket.sendBuffer.length));
      socket.connect();
      await next(socket, "connect");
      await socket.emitWithAck("end");
      return events;
    },
    expect(events, { log }) {
      assert.deepEqual(events, [...Array(5).fill("early"), "message"]);
      const early = [0, 1, 2, 3, 4].map((n) => ["early", n, n % 2 ? "odd" : Buffer.from([n])]);
      assert.deepEqual(log, [...early, ["message", "as well"], ["in connect", 0], ["end"]]);
    },
  },
  {
    rows: ["1.7 sendBuffer"],
    title: "what is emitted between two connections is sent after the second, once and in order",
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.once("disconnect", () => socket.emit("a", 1));
      socket.io.once("reconnect_attempt", () => socket.emit("a", 2));
      socket.io.once("reconnect", () => socket.emit("a", 3));
      socket.once("connect", () => socket.emit("a", 4));
      socket.emit("cut");
      await next(socket, "connect");
      socket.emit("cut");
      await next(socket, "connect");
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log, [["cut"], ["a", 1], ["a", 2], ["a", 3], ["a", 4], ["cut"], ["end"]]),
  },
  {
    rows: ["1.7 sendBuffer"],
    title: "sendBuffer = [] throws away what waits",
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      socket.emit("lost").emit("lost");
      socket.sendBuffer = [];
      socket.emit("kept");
      const length = socket.sendBuffer.length;
      socket.connect();
      await next(socket, "connect");
      await socket.emitWithAck("end");
      return length;
    },
    expect(length, { log }) {
      assert.equal(length, 1);
      assert.deepEqual(log, [["kept"], ["end"]]);
    },
  },
  {
    rows: ["1.7 sendBuffer"],
    title: "what is taken out of the array sendBuffer is not sent",
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      for (const n of [1, 2, 3, 4]) socket.emit("a", n);
      socket.sendBuffer.splice(1, 1);
      socket.sendBuffer.pop();
      socket.connect();
      await next(socket, "connect");
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log, [["a", 1], ["a", 3], ["end"]]),
  },
  {
    rows: ["1.7 sendBuffer"],
    title: "sendBuffer.length = 0 throws away what waits, also while the socket reconnects",
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.once("disconnect", () => socket.emit("lost").emit("lost"));
      socket.io.once("reconnect_attempt", () => (socket.sendBuffer.length = 0));
      socket.emit("cut");
      await next(socket, "connect");
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log, [["cut"], ["end"]]),
  },
  {
    rows: ["1.7 sendBuffer", "1.7 disconnect()"],
    title: "what waits outlives disconnect(), and is sent after the next connect()",
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      socket.emit("a", 1);
      socket.connect().disconnect();
      socket.emit("a", 2);
      socket.connect();
      await next(socket, "connect");
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log, [["a", 1], ["a", 2], ["end"]]),
  },
  {
    rows: ["1.7 sendBuffer"],
    title: "each namespace has a buffer of its own",
    arg: quick,
    server: logAll,
    async page({ io, url, arg }) {
      const main = io(url, arg);
      const other = io(`${url}/other`, arg);
      main.emit("of main");
      other.emit("of other").emit("of other");
      const lengths = [main.sendBuffer.length, other.sendBuffer.length];
      other.sendBuffer = [];
      await Promise.all([main.emitWithAck("end"), other.emitWithAck("end")]);
      return lengths;
    },
    expect(lengths, { log }) {
      assert.deepEqual(lengths, [1, 2]);
      assert.deepEqual(log, [["of main"], ["end"], ["end"]]);
    },
  },
  {
    rows: ["2.2 order at connect", "1.7 sendBuffer", "2.2 EVENT before CONNECT"],
    title: "at the connection: first what was received too early, then what was emitted too early, then connect",
    core: true,
    arg: quick,
    engine(socket, { log }) {
      socket.on("message", (text) => {
        log.push(text);
        const early = ['2["news",1]', '27["news",2]', '0{"sid":"s"}', '2["news",3]'];
        if (text === "0") early.forEach((line) => socket.send(line));
        if (text === '2["end"]') socket.send('2["ended"]');
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const seen = [];
      socket.onAnyOutgoing((event, n) => seen.push(`out ${event} ${n}`));
      socket.on("news", (n, answer) => {
        seen.push(`in ${n}, ${socket.connected}`);
        answer?.("heard");
      });
      socket.on("connect", () => {
        seen.push(`connect, ${socket.receiveBuffer.length}, ${socket.sendBuffer.length}`);
        socket.emit("late", 2);
      });
      socket.emit("early", 1);
      socket.connect();
      await next(socket, "connect");
      socket.emit("end");
      await next(socket, "ended");
      return seen;
    },
    expect(seen, { log }) {
      const order = ["in 1, true", "in 2, true", "out early 1", "connect, 0, 0", "out late 2", "out end undefined"];
      assert.deepEqual(seen.filter((entry) => entry !== "in 3, true"), order);
      assert.ok(seen.indexOf("in 3, true") > seen.indexOf("connect, 0, 0"));
      assert.deepEqual(log, ["0", '37["heard"]', '2["early",1]', '2["late",2]', '2["end"]']);
    },
  },
  {
    rows: ["2.2 order at connect", "1.7 disconnect()"],
    title: "disconnect() by a listener of what was received too early: no connect follows, what waits is not sent",
    fault: "emits connect all the same",
    fails: /connect/,
    arg: quick,
    engine(socket, { log }) {
      socket.on("message", (text) => {
        log.push(text);
        if (text === "0") ['2["leave"]', '0{"sid":"s"}'].forEach((line) => socket.send(line));
      });
    },
    async page({ io, url, arg, pause }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const seen = [];
      for (const event of ["connect", "disconnect"]) socket.on(event, () => seen.push(event));
      const left = new Promise((resolve) => socket.on("leave", () => resolve(socket.disconnect())));
      socket.emit("waits");
      socket.connect();
      await left;
      await pause(30);
      return [seen, socket.sendBuffer.length];
    },
    expect([seen, waiting], { log }) {
      assert.deepEqual(seen, ["disconnect"]);
      assert.equal(waiting, 1);
      assert.deepEqual(log, ["0", "1"]);
    },
  },
  {
    rows: ["1.7 sendBuffer"],
    title: "what was received too early can be seen in receiveBuffer until the namespace lets the socket in",
    arg: quick,
    engine(socket, { log }) {
      socket.on("message", (text) => log.push(text) && socket.send('2["early",1]'));
    },
    commands: {
      letIn: ({ engine }) => Object.values(engine.clients)[0].send('0{"sid":"s"}').id,
    },
    async page({ io, url, arg, next, until, tell }) {
      const socket = io(url, arg);
      await until(() => socket.receiveBuffer.length);
      const [early] = socket.receiveBuffer;
      const connected = next(socket, "connect");
      const heard = next(socket, "early");
      await tell("letIn");
      await connected;
      return [[...early], await heard, socket.receiveBuffer.length];
    },
    expect: (result) => assert.deepEqual(result, [["early", 1], [1], 0]),
  },
  {
    rows: ["2.2 order at connect", "1.4 retries"],
    title: "the queue of retries begins before connect, and keeps its order with what is emitted there",
    arg: { ...quick, retries: 2, ackTimeout: 2_000 },
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const seen = [];
      socket.onAnyOutgoing((event, n) => seen.push(n));
      socket.emit("a", 1).emit("a", 2);
      socket.on("connect", () => {
        seen.push("connect");
        socket.emit("a", 3);
      });
      socket.connect();
      await next(socket, "connect");
      await socket.emitWithAck("a", 4);
      return seen;
    },
    expect(seen, { log }) {
      assert.deepEqual(seen, [1, "connect", 2, 3, 4]);
      assert.deepEqual(log, [1, 2, 3, 4].map((n) => ["a", n]));
    },
  },
  {
    rows: ["1.7 sendBuffer", "2.2 order at connect"],
    title: "a hundred emits over three connections arrive in order",
    core: true,
    arg: { ...quick, transports: ["polling", "websocket"] },
    server({ io, log }) {
      io.on("connection", (socket) => {
        socket.on("n", (n) => {
          if (n !== log[log.length - 1]) log.push(n);
        });
        socket.on("end", (answer) => answer());
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      let n = 0;
      for (let connection = 0; connection < 3; connection++) {
        for (let count = 0; count < 15; count++) socket.emit("n", n++);
        if (!socket.connected) await next(socket, "connect");
        for (let count = 0; count < 15; count++) socket.emit("n", n++);
        await socket.emitWithAck("end");
        socket.disconnect();
        for (let count = 0; count < 4; count++) socket.emit("n", n++);
        socket.connect();
      }
      await socket.emitWithAck("end");
      return n;
    },
    expect(count, { log }) {
      assert.equal(count, 102);
      assert.deepEqual(log, Array.from({ length: count }, (_, n) => n));
    },
  },
  ...["websocket", "polling"].map((transport) => ({
    rows: ["2.2 order at connect"],
    title: `what is emitted in one go over two namespaces arrives in order (${transport})`,
    core: true,
    arg: { transports: [transport] },
    server: logAll,
    async page({ io, url, arg, next }) {
      const main = io(url, arg);
      const other = main.io.socket("/other");
      await Promise.all([next(main, "connect"), next(other, "connect")]);
      const binary = new Uint8Array([7]);
      for (let n = 0; n < 12; n++) (n % 4 > 1 ? other : main).emit("n", n, ...(n % 3 ? [] : [binary]));
      main.volatile.emit("maybe");
      main.emit("n", 12);
      await Promise.all([main.emitWithAck("end"), other.emitWithAck("end")]);
    },
    expect(_, { log }) {
      const numbers = log.filter(([name]) => name === "n");
      const expected = Array.from({ length: 13 }, (_, n) => ["n", n, ...(n % 3 || n > 11 ? [] : [Buffer.from([7])])]);
      assert.deepEqual(numbers, expected);
    },
  })),
];
