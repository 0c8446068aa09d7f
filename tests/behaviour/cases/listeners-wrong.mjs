// Listeners that throw, and listeners that are no functions.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** Sends back each event, answers those that ask for it; "cut" breaks the connection, "kick" ends it. */
function echo({ io }) {
  io.on("connection", (socket) => {
    socket.on("cut", () => socket.conn.close());
    socket.onAny((event, ...args) => {
      if (typeof args.at(-1) === "function") return args.at(-1)("answer");
      socket.emit(event, ...args);
    });
  });
}

function fail() {
  throw new Error("mine");
}

/** The messages of the uncaught errors, when there are so many. Runs in the page. */
async function uncaught(until, count = 1) {
  await until(() => window.errors.length >= count, "uncaught errors");
  return window.errors.splice(0).map(({ message }) => message);
}

export default [
  {
    rows: ["2.2 listener exceptions"],
    title: "an error in a listener is reported, and the events after it arrive",
    core: true,
    arg: quick,
    helpers: [fail, uncaught],
    server: echo,
    async page({ io, url, arg, next, until }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      socket.on("disconnect", () => seen.push("disconnect"));
      socket.on("x", fail).on("y", () => seen.push("y"));
      socket.emit("x").emit("y").emit("x");
      await socket.emitWithAck("end");
      return [seen, await uncaught(until, 2)];
    },
    expect: (result) => assert.deepEqual(result, [["y"], ["mine", "mine"]]),
  },
  {
    rows: ["2.2 listener exceptions", "1.7 emitter"],
    title: "an error in a listener does not keep the event's other listeners from being called",
    fault: "calls none after it",
    fails: /deep-equal/,
    core: true,
    arg: quick,
    helpers: [fail, uncaught],
    server: echo,
    async page({ io, url, arg, next, until }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      socket.on("x", fail).on("x", () => seen.push("second"));
      socket.emit("x");
      await socket.emitWithAck("end");
      return [seen, await uncaught(until)];
    },
    expect: (result) => assert.deepEqual(result, [["second"], ["mine"]]),
  },
  {
    rows: ["2.2 listener exceptions", "1.7 Socket events"],
    title: "an error in a connect listener leaves the socket connected",
    core: true,
    arg: quick,
    helpers: [fail, uncaught],
    server: echo,
    async page({ io, url, arg, until }) {
      const socket = io(url, arg).on("connect", fail);
      const answer = await socket.emitWithAck("end");
      return [answer, socket.connected, await uncaught(until)];
    },
    expect: (result) => assert.deepEqual(result, ["answer", true, ["mine"]]),
  },
  {
    rows: ["2.2 listener exceptions", "1.7 Socket events"],
    title: "an error in a disconnect listener does not keep the socket from reconnecting",
    fault: "does not reconnect",
    fails: /no "connect" within/,
    core: true,
    arg: quick,
    helpers: [fail, uncaught],
    server: echo,
    async page({ io, url, arg, next, until }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.on("disconnect", fail).emit("cut");
      await next(socket, "connect", 500);
      return uncaught(until);
    },
    expect: (errors) => assert.deepEqual(errors, ["mine"]),
  },
  {
    rows: ["2.2 listener exceptions", "1.7 disconnect()"],
    title: "an error in a disconnect listener does not come out of disconnect(), and what waits for answers ends",
    fault: "throws it out of disconnect(), and leaves the promises pending",
    fails: /mine/,
    arg: quick,
    helpers: [fail, uncaught],
    server: echo,
    async page({ io, url, arg, next, until }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const promise = socket.on("disconnect", fail).emitWithAck("never").catch(({ message }) => message);
      socket.disconnect();
      return [await promise, await uncaught(until)];
    },
    expect: (result) => assert.deepEqual(result, ["socket has been disconnected", ["mine"]]),
  },
  {
    rows: ["2.2 listener exceptions", "1.7 connect_error"],
    title: "an error in a connect_error listener does not keep the socket from trying again",
    fault: "does not try again",
    fails: /no "connect" within/,
    arg: quick,
    helpers: [fail, uncaught],
    server(world) {
      this.tries = 0;
      echo(world);
    },
    upgrade(req, socket, next) {
      ++this.tries === 1 ? socket.destroy() : next();
    },
    async page({ io, url, arg, next, until }) {
      const socket = io(url, arg).once("connect_error", fail);
      await next(socket, "connect", 500);
      return uncaught(until);
    },
    expect: (errors) => assert.deepEqual(errors, ["mine"]),
  },
  {
    rows: ["1.7 emitter"],
    title: "a listener that is no function is refused where it is added",
    fault: "takes it, and fails when the event comes",
    fails: /nothing/,
    arg: quick,
    server: echo,
    async page({ io, url, arg }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const thrownBy = (method, ...args) => {
        try {
          socket[method](...args);
          return "nothing";
        } catch (error) {
          return String(error);
        }
      };
      const added = ["on", "addEventListener", "once"].map((method) => thrownBy(method, "x", undefined));
      return [...added, thrownBy("on", "x", {}), thrownBy("onAny", "x"), thrownBy("prependAnyOutgoing", null)];
    },
    expect(thrown) {
      for (const text of thrown) assert.match(text, /^TypeError: .*function/);
    },
  },
];
