// Listeners for whatever comes in (`onAny`) and whatever goes out (`onAnyOutgoing`).

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** Sends back each event, answers those that ask for it; "cut" breaks the connection. */
function echo({ io, log }) {
  io.on("connection", (socket) => {
    socket.on("cut", () => socket.conn.close());
    socket.onAny((event, ...args) => {
      log.push(event);
      if (typeof args.at(-1) === "function") return args.at(-1)();
      if (event !== "cut") socket.emit(event, ...args);
    });
  });
}

export default [
  {
    rows: ["1.7 onAny"],
    title: "a function in the place of `onevent` sees each event, and may hand it on, as libraries do",
    core: true,
    arg: quick,
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const seen = [];
      const { onevent } = socket;
      const ended = new Promise((resolve) => {
        socket.onevent = function (packet) {
          seen.push([packet.type, packet.nsp, ...packet.data]);
          if (packet.data[0] === "end") resolve();
          else onevent.call(this, packet);
        };
      });
      socket.on("a", (...args) => seen.push(args));
      socket.on("end", () => seen.push("not handed on"));
      await next(socket, "connect");
      socket.emit("a", 1, 2).emit("end");
      await ended;
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, [[2, "/", "a", 1, 2], [1, 2], [2, "/", "end"]]),
  },
  {
    rows: ["1.7 onAny"],
    title: "onAny sees each event with its arguments, before the event's own listeners",
    core: true,
    arg: quick,
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      socket.on("a", () => seen.push("own"));
      socket.onAny(function (...args) {
        seen.push(["any", ...args, this === socket]);
      });
      socket.emit("a", 1, { b: 2 }).emit("unheard").emit(7);
      await next(socket, "7");
      return seen;
    },
    expect(seen) {
      assert.deepEqual(seen, [["any", "a", 1, { b: 2 }, true], "own", ["any", "unheard", true], ["any", 7, true]]);
    },
  },
  {
    rows: ["1.7 onAny"],
    title: "prependAny goes before, offAny takes one or all away; they return the socket",
    core: true,
    arg: quick,
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      let seen = "";
      const [a, b, c] = ["a", "b", "c"].map((name) => () => (seen += name));
      const round = async () => {
        seen = "";
        socket.emit("x");
        await next(socket, "x");
        return seen;
      };
      const isSocket = socket.onAny(a).prependAny(b).onAny(c).onAny(a).offAny(() => {}) === socket;
      const rounds = [await round()];
      socket.offAny(a);
      rounds.push(await round());
      socket.offAny(a).offAny(a).offAny(b);
      rounds.push(await round());
      socket.offAny();
      rounds.push(await round());
      return [isSocket, ...rounds];
    },
    expect: (result) => assert.deepEqual(result, [true, "baca", "bca", "c", ""]),
  },
  {
    rows: ["1.7 onAny"],
    title: "listenersAny is the list itself: empty at first, and what is taken from it is not called",
    arg: quick,
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const before = socket.listenersAny().length;
      let calls = 0;
      const listener = () => calls++;
      socket.onAny(listener).onAny(listener);
      const list = socket.listenersAny();
      const isListed = list.length === 2 && list[0] === listener;
      list.pop();
      socket.emit("x");
      await next(socket, "x");
      return [before, isListed, calls];
    },
    expect: (result) => assert.deepEqual(result, [0, true, 1]),
  },
  {
    rows: ["1.7 onAny"],
    title: "the function that answers the server is the last argument, and answers from there, too",
    core: true,
    arg: quick,
    server({ io, log }) {
      io.on("connection", (socket) => socket.emit("question", 1, (...args) => (log.push(args), socket.emit("thanks"))));
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      socket.onAny((event, number, answer) => event === "question" && answer("from onAny", number));
      await next(socket, "thanks");
    },
    expect: (_, { log }) => assert.deepEqual(log, [["from onAny", 1]]),
  },
  {
    rows: ["1.7 onAny"],
    title: "connect, connect_error and disconnect are not shown",
    arg: quick,
    server({ io, log }) {
      echo({ io, log });
      io.of("/none").use((socket, next) => next(new Error("no")));
    },
    async page({ io, url, arg, next }) {
      const seen = [];
      const socket = io(url, arg).onAny((event) => seen.push(event));
      await next(socket, "connect");
      const refused = io(`${url}/none`, arg).onAny((event) => seen.push(event));
      await next(refused, "connect_error");
      socket.disconnect().connect();
      await next(socket, "connect");
      socket.emit("end");
      await next(socket, "end");
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, ["end"]),
  },
  {
    rows: ["1.7 onAny"],
    title: "who is added or taken away meanwhile counts from the next event on",
    arg: quick,
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      const late = () => seen.push("late");
      const gone = () => seen.push("gone");
      const first = () => {
        seen.push("first");
        socket.offAny(gone).offAny(first).onAny(late);
      };
      socket.onAny(first).onAny(gone);
      socket.emit("x");
      await next(socket, "x");
      socket.emit("x");
      await next(socket, "x");
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, ["first", "gone", "late"]),
  },
  {
    rows: ["1.7 onAny", "2.2 listener exceptions"],
    title: "one that throws keeps neither the others nor the event's listeners from being called",
    fault: "calls nobody after it",
    fails: /deep-equal|not seen/,
    arg: quick,
    server: echo,
    async page({ io, url, arg, next, until }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      socket.onAny(() => {
        throw new Error("mine");
      });
      socket.onAny((event) => seen.push(`any ${event}`));
      socket.on("x", () => seen.push("own"));
      socket.emit("x");
      await socket.emitWithAck("end");
      await until(() => window.errors.length);
      return [...seen, ...window.errors.splice(0).map(({ message }) => message)];
    },
    expect: (seen) => assert.deepEqual(seen, ["any x", "own", "mine"]),
  },
  {
    rows: ["1.7 onAnyOutgoing"],
    title: "onAnyOutgoing sees what is sent, when it is sent: buffered emits at the connection, before connect",
    core: true,
    arg: quick,
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const seen = [];
      socket.onAnyOutgoing(function (...args) {
        seen.push([...args, this === socket]);
      });
      socket.emit("early", 1).emit("early", 2, () => {});
      const before = seen.length;
      socket.on("connect", () => seen.push("connect"));
      socket.connect();
      await next(socket, "connect");
      socket.emit("now", { a: 1 });
      return [before, seen];
    },
    expect([before, seen]) {
      assert.equal(before, 0);
      assert.deepEqual(seen, [["early", 1, true], ["early", 2, true], "connect", ["now", { a: 1 }, true]]);
    },
  },
  {
    rows: ["1.7 onAnyOutgoing"],
    title: "answers to the server are not shown",
    arg: quick,
    server({ io }) {
      io.on("connection", (socket) => socket.emit("question", () => socket.emit("thanks")));
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const seen = [];
      socket.onAnyOutgoing((event) => seen.push(event));
      socket.on("question", (answer) => answer("fine"));
      await next(socket, "thanks");
      socket.emit("end");
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, ["end"]),
  },
  {
    rows: ["1.7 onAnyOutgoing"],
    title: "prependAnyOutgoing, offAnyOutgoing and listenersAnyOutgoing are to it what theirs are to onAny",
    core: true,
    arg: quick,
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      let seen = "";
      const [a, b, c] = ["a", "b", "c"].map((name) => () => (seen += name));
      const round = () => {
        seen = "";
        socket.emit("x");
        return seen;
      };
      const empty = socket.listenersAnyOutgoing().length;
      const isSocket = socket.onAnyOutgoing(a).prependAnyOutgoing(b).onAnyOutgoing(c).onAnyOutgoing(a) === socket;
      const rounds = [round()];
      socket.offAnyOutgoing(a);
      rounds.push(round(), socket.listenersAnyOutgoing().length);
      socket.listenersAnyOutgoing().shift();
      rounds.push(round());
      socket.offAnyOutgoing();
      rounds.push(round(), socket.listenersAnyOutgoing().length);
      return [empty, isSocket, ...rounds];
    },
    expect: (result) => assert.deepEqual(result, [0, true, "baca", "bca", 3, "ca", "", 0]),
  },
  {
    rows: ["1.7 onAnyOutgoing"],
    title: "one that emits, adds or takes away disturbs neither the emit nor its order",
    arg: quick,
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      const gone = (event) => seen.push(`gone ${event}`);
      const first = (event) => {
        seen.push(event);
        socket.offAnyOutgoing(first).offAnyOutgoing(gone).emit("inner");
      };
      socket.onAnyOutgoing(first).onAnyOutgoing(gone);
      socket.emit("outer");
      await socket.emitWithAck("end");
      return seen;
    },
    expect(seen, { log }) {
      assert.deepEqual(seen, ["outer", "gone outer"]);
      assert.deepEqual(log, ["inner", "outer", "end"]);
    },
  },
  {
    rows: ["1.7 onAnyOutgoing", "2.2 listener exceptions"],
    title: "one that throws does not keep the event from being sent",
    fault: "throws out of emit, and sends nothing",
    fails: /mine/,
    arg: quick,
    server: echo,
    async page({ io, url, arg, next, until }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const listener = () => {
        throw new Error("mine");
      };
      socket.onAnyOutgoing(listener);
      socket.emit("x");
      socket.offAnyOutgoing(listener);
      await socket.emitWithAck("end");
      await until(() => window.errors.length);
      return window.errors.splice(0).map(({ message }) => message);
    },
    expect(errors, { log }) {
      assert.deepEqual(errors, ["mine"]);
      assert.deepEqual(log, ["x", "end"]);
    },
  },
  {
    rows: ["1.7 onAnyOutgoing"],
    title: "what onAnyOutgoing changes is sent",
    arg: quick,
    server({ io, log }) {
      io.on("connection", (socket) => {
        socket.onAny((event, data, answer) => {
          log.push([event, data]);
          answer?.();
        });
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      socket.onAnyOutgoing((event, data) => Object.assign(data, { stamp: 1 }));
      socket.emit("early", {});
      await next(socket, "connect");
      await socket.emitWithAck("late", { bytes: 0 });
    },
    expect: (_, { log }) => assert.deepEqual(log, [["early", { stamp: 1 }], ["late", { bytes: 0, stamp: 1 }]]),
  },
  {
    rows: ["1.7 onAnyOutgoing"],
    title: "a listener that leaves while what has waited is sent: that waits again, and is answered after the next connection",
    differs: "the reference loses it, and does not answer",
    arg: quick,
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const answers = ["a", "b"].map((event) => socket.emitWithAck(event));
      socket.prependAnyOutgoing(() => socket.disconnect());
      socket.connect();
      await next(socket, "disconnect");
      const waiting = socket.sendBuffer.length;
      socket.offAnyOutgoing().connect();
      return [waiting, await Promise.all(answers)];
    },
    expect(result, { log }) {
      assert.deepEqual(result, [2, [null, null]]);
      assert.deepEqual(log, ["a", "b"]);
    },
  },
];
