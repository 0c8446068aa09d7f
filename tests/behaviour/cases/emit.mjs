// `emit` and `send`: what arrives at the server, in which order, and from where one may emit.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** Logs [event, ...args] of all events and answers those that ask for it; "cut" breaks the connection. */
function logAll({ io, log }) {
  io.on("connection", (socket) => {
    socket.on("cut", () => socket.conn.close());
    socket.on("echo", (...args) => socket.emit("echo", ...args.filter((arg) => typeof arg !== "function")));
    socket.onAny((...args) => {
      if (typeof args.at(-1) === "function") args.pop()("heard");
      log.push(args);
    });
  });
}

export default [
  {
    rows: ["1.7 emit"],
    title: "every kind of value arrives as it was",
    core: true,
    arg: {
      quick,
      values: ["text", "", "ü€😀\u2028\u0000\"\\", 0, -1.5, 1e21, true, false, null, [], {}, [[{ a: [null] }]]],
    },
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg.quick);
      await next(socket, "connect");
      socket.emit("echo", ...arg.values);
      const [...back] = await next(socket, "echo");
      return JSON.stringify(back) === JSON.stringify(arg.values);
    },
    expect(isSame, { log }) {
      assert.deepEqual(log, [["echo", ...this.arg.values]]);
      assert.equal(isSame, true);
    },
  },
  {
    rows: ["1.7 emit"],
    title: "what JSON has no word for becomes what JSON makes of it",
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const date = new Date(0);
      const toJSON = () => ({ my: "own" });
      socket.emit("odd", undefined, NaN, -Infinity, -0, date, new Map([[1, 2]]), new Set([1]), { toJSON }, Symbol("s"));
      socket.emit("inside", { a: undefined, f() {}, n: [undefined, () => {}] }, () => {}, "last");
      socket.emit("new", new String("x"), new Number(1), Object.create({ inherited: 1 }), /x/, new Error("e"));
      await socket.emitWithAck("end");
    },
    expect(_, { log }) {
      const iso = "1970-01-01T00:00:00.000Z";
      assert.deepEqual(log, [
        ["odd", null, null, null, 0, iso, {}, {}, { my: "own" }, null],
        ["inside", { n: [null, null] }, null, "last"],
        ["new", "x", 1, {}, {}, {}],
        ["end"],
      ]);
    },
  },
  {
    rows: ["1.7 emit"],
    title: "event names may be any text, empty or foul, and numbers",
    arg: { quick, names: ["", " ", "a b", "ü😀", "__proto__", "hasOwnProperty", "constructor", "\n\"", 0, 1, -1.5] },
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg.quick);
      await next(socket, "connect");
      for (const name of arg.names) socket.emit(name, "x");
      await socket.emitWithAck("end");
    },
    expect(_, { log }) {
      assert.deepEqual(log, [...this.arg.names.map((name) => [name, "x"]), ["end"]]);
    },
  },
  {
    rows: ["1.7 emit"],
    title: "an event without arguments arrives without any",
    arg: quick,
    server({ io, log }) {
      io.on("connection", (socket) => socket.on("bare", (...args) => log.push(args.length)));
      io.on("connection", (socket) => socket.on("end", (answer) => answer()));
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.emit("bare");
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log, [0]),
  },
  {
    rows: ["1.7 emit", "1.7 send"],
    title: "send is emit of a message; both return the socket",
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const isSocket = socket.emit("a").send("b", { c: 1 }).send() === socket;
      const answer = await new Promise((resolve) => socket.send("asked", resolve));
      return [isSocket, answer];
    },
    expect(result, { log }) {
      assert.deepEqual(result, [true, "heard"]);
      assert.deepEqual(log, [["a"], ["message", "b", { c: 1 }], ["message"], ["message", "asked"]]);
    },
  },
  {
    rows: ["1.7 send", "1.7 Socket events"],
    title: "what the server sends comes as a message",
    arg: quick,
    server: ({ io }) => void io.on("connection", (socket) => socket.send("hello", 1)),
    async page({ io, url, arg, next }) {
      return next(io(url, arg), "message");
    },
    expect: (args) => assert.deepEqual(args, ["hello", 1]),
  },
  {
    rows: ["1.7 emit"],
    title: "emit calls no listeners of its own socket",
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      let calls = 0;
      socket.on("said", () => calls++).onAny(() => calls++);
      socket.emit("said");
      await socket.emitWithAck("end");
      return calls;
    },
    expect: (calls) => assert.equal(calls, 0),
  },
  {
    rows: ["1.7 emit"],
    title: "text and binary in one go arrive in the order of their emits",
    core: true,
    arg: quick,
    server({ io, log }) {
      io.on("connection", (socket) => {
        socket.on("n", (value) => log.push(value.length === 1 ? value[0] : value));
        socket.on("end", (answer) => answer());
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      for (let n = 0; n < 100; n++) socket.emit("n", n % 3 ? n : new Uint8Array([n]));
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log, Array.from({ length: 100 }, (_, n) => n)),
  },
  {
    rows: ["1.7 emit"],
    title: "what is emitted has the value of that moment, whatever becomes of the object",
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const value = { n: 1 };
      socket.emit("value", value);
      value.n = 2;
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log[0], ["value", { n: 1 }]),
  },
  {
    rows: ["1.7 emit"],
    title: "a listener of each kind may emit",
    core: true,
    arg: quick,
    server({ io, log }) {
      logAll({ io, log });
      io.of("/none").use((socket, next) => next(new Error("no")));
      io.on("connection", (socket) => socket.emit("welcome"));
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      socket.once("connect", () => socket.emit("in connect"));
      socket.once("welcome", () => socket.emit("in an event"));
      await next(socket, "welcome");
      socket.once("disconnect", () => socket.emit("in disconnect"));
      socket.io.once("reconnect_attempt", () => socket.emit("in reconnect_attempt"));
      socket.io.once("reconnect", () => socket.emit("in reconnect"));
      socket.emit("cut");
      await next(socket, "welcome");
      await new Promise((resolve) => socket.emit("ask", () => socket.emit("in an ack", resolve)));
      const refused = io(`${url}/none`, arg);
      refused.once("connect_error", () => socket.emit("in connect_error"));
      await next(refused, "connect_error");
      socket.onAny(() => socket.emit("in onAny"));
      socket.onAnyOutgoing((event) => event === "echo" && socket.emit("in onAnyOutgoing"));
      socket.emit("echo");
      await next(socket, "echo");
      await socket.emitWithAck("end");
    },
    expect(_, { log }) {
      const heard = new Set(log.map(([event]) => event).filter((event) => event.startsWith("in ")));
      const places = ["connect", "an event", "disconnect", "reconnect_attempt", "reconnect", "an ack"];
      places.push("connect_error", "onAny", "onAnyOutgoing");
      assert.deepEqual(heard, new Set(places.map((place) => `in ${place}`)));
    },
  },
  {
    rows: ["1.7 emit"],
    title: "a large text arrives whole, over either transport",
    arg: quick,
    server: logAll,
    async page({ io, url, arg }) {
      const text = "ü€😀x".repeat(40_000);
      for (const transport of ["websocket", "polling"]) {
        const socket = io(url, { ...arg, transports: [transport], forceNew: true });
        if ((await socket.emitWithAck("large", text)) !== "heard") throw new Error("not heard");
      }
    },
    expect(_, { log }) {
      const text = "ü€😀x".repeat(40_000);
      assert.ok(log.length === 2 && log.every(([, arrived]) => arrived === text));
    },
  },
  {
    rows: ["1.7 emit", "1.10 binary detection"],
    title: "what an object inherits is neither sent nor looked at",
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const app = {};
      app.app = app;
      class Model {
        id = 1;
      }
      Model.prototype.app = app;
      Object.defineProperty(Model.prototype, "broken", { enumerable: true, get: () => socket.emit("looked at") });
      socket.emit("model", new Model(), { list: [new Model()] });
      socket.emit("node", { root: document.createElement("i"), own: new Uint8Array([1]) });
      await socket.emitWithAck("end");
    },
    expect(_, { log }) {
      const model = ["model", { id: 1 }, { list: [{ id: 1 }] }];
      assert.deepEqual(log, [model, ["node", { root: {}, own: Buffer.from([1]) }], ["end"]]);
    },
  },
];
