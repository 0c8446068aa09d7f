// `disconnect()`: from which listeners it may be called, what is still sent and delivered, and what it leaves alone.

import assert from "node:assert/strict";
import { settled } from "../support/settled.mjs";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** Logs events and disconnections; "burst" sends a, b and c at once; "cut" breaks the connection. */
function logAll({ io, log }) {
  const welcome = (socket) => {
    socket.onAny((event, ...args) => {
      log.push(event);
      if (typeof args.at(-1) === "function") args.pop()("answer");
    });
    socket.on("burst", () => [["a"], ["b", Buffer.from([1])], ["c"]].forEach((event) => socket.emit(...event)));
    socket.on("cut", () => socket.conn.close());
    socket.on("disconnect", (reason) => log.push(`${socket.nsp.name} ${reason}`));
  };
  io.on("connection", welcome);
  io.of("/other").on("connection", welcome);
}

/** Everything that a socket tells from now on. Runs in the page. */
function record(socket) {
  const seen = [];
  for (const event of ["connect", "connect_error", "disconnect"]) {
    socket.on(event, (what) => seen.push(what?.message ?? what ?? event));
  }
  socket.onAny((event) => seen.push(event));
  return seen;
}

export default [
  ...["websocket", "polling"].map((transport) => ({
    rows: ["1.7 disconnect()"],
    title: `what was emitted just before disconnect() arrives, over ${transport}`,
    core: true,
    arg: { ...quick, transports: [transport] },
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.emit("first").emit("bytes", new Uint8Array(2_000)).emit("last");
      socket.disconnect();
      socket.emit("too late");
    },
    async expect(_, { log }) {
      const events = ["first", "bytes", "last", "/ client namespace disconnect"];
      await settled(() => assert.deepEqual(log, events));
    },
  })),
  {
    rows: ["2.2 disconnect in handler", "1.7 disconnect()"],
    title: "disconnect() in a listener: what came with the event is not delivered any more",
    core: true,
    arg: quick,
    helpers: [record],
    server: logAll,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      const seen = record(socket);
      await next(socket, "connect");
      socket.on("a", () => socket.disconnect()).on("a", () => seen.push("second listener"));
      socket.emit("burst");
      await next(socket, "disconnect");
      await pause(50);
      return seen;
    },
    expect(seen) {
      assert.deepEqual(seen, ["connect", "a", "io client disconnect", "second listener"]);
    },
  },
  {
    rows: ["1.7 disconnect()"],
    title: "disconnect() in connect, in an ack and in disconnect",
    arg: quick,
    helpers: [record],
    server: logAll,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const seen = record(socket);
      socket.once("connect", () => socket.disconnect());
      await next(socket.connect(), "disconnect");
      await next(socket.connect(), "connect");
      socket.emit("ask", () => socket.disconnect());
      await next(socket, "disconnect");
      await next(socket.connect(), "connect");
      socket.once("disconnect", () => socket.disconnect()).emit("cut");
      await next(socket, "disconnect");
      await pause(60);
      return [seen, socket.active];
    },
    expect([seen, active]) {
      const client = ["connect", "io client disconnect"];
      assert.deepEqual(seen, [...client, ...client, "connect", "transport close"]);
      assert.equal(active, false);
    },
  },
  {
    rows: ["1.7 disconnect()"],
    title: "disconnect() while the socket reconnects ends that: no event, no further attempt",
    core: true,
    arg: quick,
    helpers: [record],
    server: logAll,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      const seen = record(socket);
      await next(socket, "connect");
      socket.emit("cut");
      await next(socket.io, "reconnect_attempt");
      socket.disconnect();
      await pause(80);
      return [seen, socket.active];
    },
    expect: (result) => assert.deepEqual(result, [["connect", "transport close"], false]),
  },
  {
    rows: ["1.7 disconnect()", "1.7 connect()"],
    title: "disconnect() and connect() in one go, in a listener, connect anew",
    arg: quick,
    helpers: [record],
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const seen = record(socket);
      await next(socket, "connect");
      socket.once("a", () => socket.disconnect().connect());
      socket.emit("burst");
      await next(socket, "connect");
      return [seen, await socket.emitWithAck("end")];
    },
    expect(result, { log }) {
      assert.deepEqual(result, [["connect", "a", "io client disconnect", "connect"], "answer"]);
      assert.equal(log.filter((event) => event === "end").length, 1);
    },
  },
  {
    rows: ["1.7 disconnect()", "1.7 connect()"],
    title: "the server hears of a disconnect() before it hears of the connect() that follows at once",
    core: true,
    arg: [quick, { ...quick, transports: ["polling", "websocket"] }],
    server({ io, log }) {
      io.on("connection", (socket) => {
        log.push("connection");
        socket.on("disconnect", (reason) => log.push(reason));
        socket.on("end", (answer) => answer());
      });
    },
    async page({ io, url, arg, next }) {
      for (const options of arg) {
        const connected = async (socket) => {
          await next(socket, "connect");
          if (socket.io.engine.transport.name === "polling") await next(socket.io.engine, "upgrade");
          return socket;
        };
        const socket = await connected(io(url, { ...options, forceNew: true }));
        await connected(socket.disconnect().connect());
        socket.disconnect();
        const another = await connected(io(url, { ...options, forceNew: true }));
        await another.emitWithAck("end");
        another.disconnect();
      }
    },
    async expect(_, { log }) {
      const visit = ["connection", "client namespace disconnect"];
      await settled(() => assert.deepEqual(log, Array(6).fill(visit).flat()));
    },
  },
  {
    rows: ["1.7 disconnect()", "1.7 io client disconnect"],
    title: "leaving a namespace leaves the others; the connection is closed with the last",
    core: true,
    arg: quick,
    helpers: [record],
    server: logAll,
    async page({ io, url, arg, next, pause }) {
      const main = io(url, arg);
      const other = io(`${url}/other`, arg);
      const seen = [record(main), record(other)];
      await Promise.all([next(main, "connect"), next(other, "connect")]);
      main.disconnect();
      const states = [main.connected, other.connected, other.io.engine.readyState];
      const answer = await other.emitWithAck("still there");
      other.disconnect();
      await pause(30);
      return { seen, states, answer, engine: other.io.engine.readyState };
    },
    async expect({ seen, states, answer, engine }, { log, requests }) {
      assert.deepEqual(seen, Array(2).fill(["connect", "io client disconnect"]));
      assert.deepEqual([states, answer, engine], [[false, true, "open"], "answer", "closed"]);
      const left = (nsp) => `${nsp} client namespace disconnect`;
      await settled(() => assert.deepEqual(log, [left("/"), "still there", left("/other")]));
      assert.equal(requests.length, 1);
    },
  },
  {
    rows: ["1.7 io server disconnect"],
    title: "the server disconnects one namespace: the others stay",
    arg: quick,
    helpers: [record],
    server({ io, log }) {
      logAll({ io, log });
      io.of("/other").on("connection", (socket) => socket.on("leave", () => socket.disconnect()));
    },
    async page({ io, url, arg, next }) {
      const main = io(url, arg);
      const other = io(`${url}/other`, arg);
      const seen = [record(main), record(other)];
      await Promise.all([next(main, "connect"), next(other, "connect")]);
      other.emit("leave");
      await next(other, "disconnect");
      return [...seen, await main.emitWithAck("end"), main.active, other.active];
    },
    expect(result) {
      assert.deepEqual(result, [["connect"], ["connect", "io server disconnect"], "answer", true, false]);
    },
  },
  {
    rows: ["1.7 Socket events", "1.7 transport close"],
    title: "a broken connection ends all its namespaces with the same reason, and all come back",
    core: true,
    arg: quick,
    helpers: [record],
    server: logAll,
    async page({ io, url, arg, next }) {
      const main = io(url, arg);
      const other = io(`${url}/other`, arg);
      const seen = [record(main), record(other)];
      await Promise.all([next(main, "connect"), next(other, "connect")]);
      const gone = Promise.all([next(main, "disconnect"), next(other, "disconnect")]);
      main.emit("cut");
      await gone;
      await Promise.all([next(main, "connect"), next(other, "connect")]);
      return [seen, main.io.engine.id === other.io.engine.id];
    },
    expect(result) {
      assert.deepEqual(result, [Array(2).fill(["connect", "transport close", "connect"]), true]);
    },
  },
  {
    rows: ["1.7 disconnect()"],
    title: "a namespace that was left does not come back with the others",
    arg: quick,
    helpers: [record],
    server: logAll,
    async page({ io, url, arg, next }) {
      const main = io(url, arg);
      const other = io(`${url}/other`, arg);
      await Promise.all([next(main, "connect"), next(other, "connect")]);
      other.disconnect();
      const seen = record(other);
      main.emit("cut");
      await next(main, "connect");
      await main.emitWithAck("end");
      return [seen, other.connected, other.active];
    },
    expect: (result) => assert.deepEqual(result, [[], false, false]),
  },
  {
    rows: ["1.7 disconnect()", "1.7 connect()"],
    title: "a connection that is begun behind the end of another, and left in the same go, is never made",
    differs: "the reference begins to make it",
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.emit("last").disconnect().connect().disconnect();
      await next(io(url, { ...arg, forceNew: true }), "connect");
    },
    expect: (_, { requests }) => assert.equal(requests.length, 2),
  },
  {
    rows: ["1.7 connect()", "1.7 disconnect()"],
    differs: "the reference closes it at once",
    title: "a WebSocket that is left while it connects may open first, or browsers warn; a page that is left closes it",
    core: true,
    arg: quick,
    async page({ io, url, arg, next, until }) {
      const { WebSocket } = window;
      const sockets = [];
      const states = [];
      window.WebSocket = class extends WebSocket {
        constructor(...args) {
          sockets.push(super(...args));
        }
        close() {
          states.push(this.readyState);
          super.close();
        }
      };
      const socket = io(url, { ...arg, transports: undefined, autoConnect: false });
      socket.connect().disconnect().connect();
      const atOnce = states.length;
      await next(socket, "connect");
      socket.disconnect();
      await until(() => sockets.every(({ readyState }) => readyState === 3), "all are closed");
      socket.connect().disconnect();
      states.length = 0;
      dispatchEvent(Object.assign(new Event("pagehide"), { persisted: true }));
      return [atOnce, states.length];
    },
    expect: (result) => assert.deepEqual(result, [0, 1]),
  },
  {
    rows: ["1.7 disconnect()"],
    fault: "leaves it until its heartbeat fails, 45 s later",
    title: "the session that a handshake has made at the server is ended if the page leaves while the answer arrives",
    core: true,
    arg: { transports: ["polling"], reconnection: false },
    server({ io, log }) {
      io.engine.on("connection", (session) => {
        log.push("open");
        session.on("close", () => log.push("closed"));
      });
    },
    async page({ io, url, arg, until }) {
      const { send } = XMLHttpRequest.prototype;
      let isLeft = false;
      XMLHttpRequest.prototype.send = function (body) {
        this.addEventListener("readystatechange", () => {
          if (isLeft || this.readyState !== this.HEADERS_RECEIVED) return;
          isLeft = true;
          socket.disconnect();
        });
        send.call(this, body);
      };
      const socket = io(url, arg);
      await until(() => isLeft, "the answer arrives");
    },
    expect: (_, { log }) => settled(() => assert.deepEqual(log, ["open", "closed"])),
  },
];
