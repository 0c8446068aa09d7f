// The emitter: adding, removing and listing listeners, on a socket.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** Sends back each event; answers those that ask for it. */
function echo({ io }) {
  io.on("connection", (socket) => {
    socket.onAny((event, ...args) => {
      if (typeof args.at(-1) === "function") return args.at(-1)();
      socket.emit(event, ...args);
    });
  });
}

/** Has the server send `event`, and waits until all of it has been dealt with. Runs in the page. */
async function receive(socket, ...event) {
  socket.emit(...event);
  await socket.emitWithAck("end");
}

export default [
  {
    rows: ["1.7 emitter"],
    title: "listeners are called in the order of their adding, the socket being this; one added twice is called twice",
    core: true,
    arg: quick,
    helpers: [receive],
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      const twice = () => seen.push("twice");
      const own = function (...args) {
        seen.push([this === socket, ...args]);
      };
      const isSocket = socket.on("x", twice).addEventListener("x", own).on("x", twice) === socket;
      await receive(socket, "x", 1, "b");
      return [isSocket, seen];
    },
    expect: (result) => assert.deepEqual(result, [true, ["twice", [true, 1, "b"], "twice"]]),
  },
  {
    rows: ["1.7 emitter"],
    title: "all four names of off take one listener away at a time, and return the socket",
    core: true,
    arg: quick,
    helpers: [receive],
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      for (const off of ["off", "removeListener", "removeEventListener", "removeAllListeners"]) {
        let text = "";
        const [a, b] = ["a", "b"].map((name) => () => (text += name));
        const event = `for ${off}`;
        socket.on(event, a).on(event, b).on(event, a);
        const isSocket = socket[off](event, a) === socket;
        socket[off](event, () => {})[off]("of nobody", a);
        await receive(socket, event);
        seen.push(isSocket && text);
      }
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, ["ba", "ba", "ba", "ba"]),
  },
  {
    rows: ["1.7 emitter"],
    title: "off of an event takes all its listeners away, off of nothing those of all events",
    core: true,
    arg: quick,
    helpers: [receive],
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      for (const off of ["off", "removeListener", "removeEventListener", "removeAllListeners"]) {
        for (const event of ["a", "b", "c"]) {
          const listener = () => seen.push(event);
          socket.on(event, listener).once(event, listener);
        }
        socket[off]("a");
        await receive(socket, "a");
        await receive(socket, "b");
        socket[off]();
        await receive(socket, "c");
      }
      return seen.join("");
    },
    expect: (seen) => assert.equal(seen, "bbbbbbbb"),
  },
  {
    rows: ["1.7 emitter", "1.7 Socket events"],
    title: "off of nothing leaves the socket connected and able to hear",
    arg: quick,
    helpers: [receive],
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.off();
      socket.emit("x", 1);
      const args = await next(socket, "x");
      socket.disconnect().connect();
      await next(socket, "connect");
      return args;
    },
    expect: (args) => assert.deepEqual(args, [1]),
  },
  {
    rows: ["1.7 emitter"],
    title: "once is once, and can be taken away by its function",
    core: true,
    arg: quick,
    helpers: [receive],
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      const never = () => seen.push("never");
      const isSocket = socket.once("x", (...args) => seen.push(["once", ...args])).once("x", never) === socket;
      socket.off("x", never);
      await receive(socket, "x", 1);
      await receive(socket, "x", 2);
      return [isSocket, seen];
    },
    expect: (result) => assert.deepEqual(result, [true, [["once", 1]]]),
  },
  {
    rows: ["1.7 emitter"],
    title: "once inside once waits for the next event",
    arg: quick,
    helpers: [receive],
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      socket.once("x", (n) => {
        seen.push(`outer ${n}`);
        socket.once("x", (n) => seen.push(`inner ${n}`));
      });
      for (const n of [1, 2, 3]) await receive(socket, "x", n);
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, ["outer 1", "inner 2"]),
  },
  {
    rows: ["1.7 emitter"],
    title: "who is added or taken away while an event is dealt with counts from the next event on",
    core: true,
    arg: quick,
    helpers: [receive],
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      const late = (n) => seen.push(`late ${n}`);
      const gone = (n) => seen.push(`gone ${n}`);
      const first = (n) => {
        seen.push(`first ${n}`);
        socket.off("x", gone).off("x", first).on("x", late);
      };
      socket.on("x", first).on("x", gone);
      for (const n of [1, 2]) await receive(socket, "x", n);
      socket.once("x", () => socket.off("x")).on("x", () => seen.push("last 3"));
      for (const n of [3, 4]) await receive(socket, "x", n);
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, ["first 1", "gone 1", "late 2", "late 3", "last 3"]),
  },
  {
    rows: ["1.7 emitter"],
    title: "listeners lists them, hasListeners tells whether there are any",
    core: true,
    arg: quick,
    server: echo,
    async page({ io, url, arg }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const [a, b] = [() => {}, () => {}];
      const before = [socket.listeners("x").length, socket.hasListeners("x")];
      socket.on("x", a).on("x", b).on("x", a).on("y", b);
      const list = socket.listeners("x");
      const during = [list.length, list[0] === a && list[1] === b && list[2] === a, socket.hasListeners("x")];
      socket.off("x");
      const after = [socket.listeners("x").length, socket.hasListeners("x"), socket.hasListeners("y")];
      socket.once("z", a);
      const [once] = socket.listeners("z");
      return [before, during, after, once === a || once.fn === a];
    },
    expect: (result) => assert.deepEqual(result, [[0, false], [3, true, true], [0, false, true], true]),
  },
  {
    rows: ["1.7 emitter"],
    title: "what is taken from the list that listeners returns is not called",
    arg: quick,
    helpers: [receive],
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      let seen = "";
      for (const name of ["a", "b", "c"]) socket.on("x", () => (seen += name));
      socket.listeners("x").splice(1, 1);
      await receive(socket, "x");
      return seen;
    },
    expect: (seen) => assert.equal(seen, "ac"),
  },
  {
    rows: ["1.7 emitter"],
    title: "names that objects are born with are events like others",
    core: true,
    arg: { quick, names: ["__proto__", "hasOwnProperty", "constructor", "toString", "valueOf", "", "$x"] },
    helpers: [receive],
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg.quick);
      await next(socket, "connect");
      const before = arg.names.filter((name) => socket.hasListeners(name) || socket.listeners(name).length);
      const seen = [];
      await receive(socket, "__proto__", "unheard");
      for (const name of arg.names) socket.on(name, (...args) => seen.push([name, ...args]));
      for (const name of arg.names) await receive(socket, name, { __proto__: null, a: 1 });
      for (const name of arg.names) socket.off(name);
      await receive(socket, "constructor", 2);
      return [before, seen];
    },
    expect([before, seen]) {
      assert.deepEqual(before, []);
      assert.deepEqual(seen, this.arg.names.map((name) => [name, { a: 1 }]));
    },
  },
  {
    rows: ["1.7 emitter", "1.7 emit"],
    title: "a number as an event's name is the same as its text",
    arg: quick,
    helpers: [receive],
    server: echo,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      const text = () => seen.push("text");
      socket.on(1, () => seen.push("number")).on("1", text);
      await receive(socket, 1);
      await receive(socket, "1");
      socket.off(1, text);
      await receive(socket, 1);
      return [seen, socket.hasListeners(1) && socket.hasListeners("1")];
    },
    expect: (result) => assert.deepEqual(result, [["number", "text", "number", "text", "number"], true]),
  },
];
