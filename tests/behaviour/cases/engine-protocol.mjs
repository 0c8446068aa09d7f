// 2.1: Engine.IO v4: handshake, heartbeat, and what a server may send at any time.

import assert from "node:assert/strict";
import { echo, handshake, pollingByHand, sessionByHand, webSocketByHand } from "../support/by-hand.mjs";

const withoutUpgrades = '0{"sid":"x","pingInterval":25000,"pingTimeout":1}';
const brokenHandshakes = ["0{", "0", "0null", "0[]", '0"text"', "0{}", withoutUpgrades];

/** An `http` of a case: the first answer to each client is `brokenHandshakes[its query's number]`. */
function brokenOnce() {
  const served = new Set();
  return (req, res, next) => {
    const number = new URL(req.url, "http://localhost").searchParams.get("number");
    if (number === null || served.has(`${number} ${req.headers.host}`)) return next();
    served.add(`${number} ${req.headers.host}`);
    res.end(brokenHandshakes[number]);
  };
}

export default [
  {
    rows: ["2.1 handshake"],
    title: "the first request asks for version 4 and a transport; the later ones name the session",
    core: true,
    server: echo,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"] });
      await next(socket, "connect");
      await socket.emitWithAck("echo", 1);
      await next(io(url, { transports: ["websocket"], forceNew: true }), "connect");
      return socket.io.engine.id;
    },
    expect(sid, { requests }) {
      const [first, ...later] = requests.filter(({ transport }) => transport === "polling");
      const [webSocket] = requests.filter(({ transport }) => transport === "websocket");
      assert.deepEqual([first.query.EIO, first.query.sid, first.method], ["4", undefined, "GET"]);
      assert.deepEqual([webSocket.query.EIO, webSocket.query.sid], ["4", undefined]);
      for (const { query } of later) assert.deepEqual([query.EIO, query.sid], ["4", sid]);
    },
  },
  {
    rows: ["2.1 invalid open JSON"],
    title: `a handshake that is none (${brokenHandshakes.join(" ")}) is an error, and the next try connects`,
    core: true,
    fault: "throws where no one can catch it and waits for the time-out",
    fails: /no "connect"/,
    http: brokenOnce(),
    arg: brokenHandshakes.length,
    async page({ io, next, url, arg }) {
      for (let number = 0; number < arg; number++) {
        const socket = io(url, { transports: ["polling"], query: { number }, reconnectionDelay: 10, forceNew: true });
        let errors = 0;
        socket.on("connect_error", () => errors++);
        socket.on("disconnect", () => errors++);
        await next(socket, "connect", 1_000);
        if (!errors) throw new Error(`handshake number ${number} was taken`);
        // A browser has six connections to a server, and each that polls holds one.
        socket.disconnect();
      }
    },
  },
  {
    rows: ["2.1 invalid open JSON"],
    title: "a handshake without upgrades over a WebSocket does not make it wait for the time-out",
    fault: "throws where no one can catch it and waits for the time-out",
    fails: /no "connect"/,
    ...webSocketByHand((ws, { number }) => {
      ws.send(handshake(number === 0 ? { upgrades: undefined } : {}));
      ws.on("message", () => ws.send('40{"sid":"socket"}'));
    }),
    page: async ({ io, next, url }) => {
      await next(io(url, { transports: ["websocket"], reconnectionDelay: 10 }), "connect", 1_000);
    },
  },
  {
    rows: ["2.1 second open packet"],
    title: "a second handshake brings new intervals",
    ...sessionByHand((ws) => ws.send(handshake({ pingInterval: 60, pingTimeout: 40 }))),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      return (await next(socket, "disconnect"))[0];
    },
    expect: (reason) => assert.equal(reason, "ping timeout"),
  },
  {
    rows: ["2.1 ping/pong", "2.1 pong missing"],
    title: "every ping is answered, so that the connection lasts",
    core: true,
    options: { pingInterval: 60, pingTimeout: 600 },
    server: echo,
    async page({ io, next, url }) {
      const sockets = ["polling", "websocket"].map((name) => io(url, { transports: [name], forceNew: true }));
      const ends = [];
      for (const socket of sockets) {
        socket.on("disconnect", (reason) => ends.push(reason));
        if (!socket.connected) await next(socket, "connect");
      }
      // Longer than the server waits for one answer.
      for (let i = 0; i < 14; i++) await Promise.all(sockets.map((socket) => next(socket.io, "ping")));
      return [ends, await Promise.all(sockets.map((socket) => socket.emitWithAck("echo", 1)))];
    },
    expect: (value) => assert.deepEqual(value, [[], [1, 1]]),
  },
  {
    rows: ["2.1 ping/pong"],
    title: "a server that stops asking is taken for dead, though it goes on sending messages",
    core: true,
    ...sessionByHand((ws) => {
      const timer = setInterval(() => ws.send('42["still here"]'), 20);
      ws.on("close", () => clearInterval(timer));
    }, { pingInterval: 150, pingTimeout: 50 }),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      await next(socket, "connect");
      const begin = performance.now();
      let events = 0;
      socket.on("still here", () => events++);
      const [reason] = await next(socket, "disconnect");
      return [reason, events > 0, performance.now() - begin];
    },
    expect([reason, hadEvents, time]) {
      assert.deepEqual([reason, hadEvents], ["ping timeout", true]);
      assert.ok(time > 100 && time < 2_000, `after ${time} ms`);
    },
  },
  {
    rows: ["2.1 ping/pong"],
    title: "what a ping carries is not sent back",
    ...sessionByHand((ws, { log }) => {
      ws.on("message", (data) => (log.push(String(data)), ws.send('42["got"]')));
      ws.send("2payload");
    }),
    page: async ({ io, next, url }) => void (await next(io(url, { transports: ["websocket"] }), "got")),
    expect: (_, { log }) => assert.deepEqual(log, ["3"]),
  },
  {
    rows: ["2.1 throttled timer", "1.8 _hasPingExpired"],
    title: "what is emitted after the machine slept is kept for the next connection",
    core: true,
    server: echo,
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 10 });
      await next(socket, "connect");
      const [{ now }, later] = [Date, performance.now.bind(performance)];
      const disconnected = next(socket, "disconnect");
      Date.now = () => now.call(Date) + 3_600_000;
      performance.now = () => later() + 3_600_000;
      socket.emit("after sleep");
      const kept = socket.sendBuffer.length;
      const [reason] = await disconnected;
      await next(socket, "connect");
      [Date.now, performance.now] = [now, later];
      await until(() => tell("arrived"), "the event at the server");
      return [kept, reason];
    },
    commands: { arrived: ({ log }) => log.length === 1 },
    expect(value, { log }) {
      assert.deepEqual(value, [1, "ping timeout"]);
      assert.deepEqual(log, [["after sleep"]]);
    },
  },
  {
    rows: ["2.1 offline"],
    title: "when the network is lost the connection ends at once",
    core: true,
    async page({ io, next, url }) {
      const ends = [];
      for (const name of ["polling", "websocket"]) {
        const socket = io(url, { transports: [name], reconnection: false, forceNew: true });
        await next(socket, "connect");
        const end = next(socket, "disconnect");
        dispatchEvent(new Event("offline"));
        const [reason, { description }] = await end;
        ends.push([reason, description]);
      }
      return ends;
    },
    expect(value) {
      const end = ["transport close", "network connection lost"];
      assert.deepEqual(value, [end, end]);
    },
  },
  {
    rows: ["2.1 offline"],
    title: "when the network is lost every connection ends at once",
    fault: "skips every second connection, as it takes them from the list that it walks",
    fails: /no "disconnect"/,
    async page({ io, next, url }) {
      const sockets = [1, 2].map(() => io(url, { transports: ["websocket"], forceNew: true }));
      await Promise.all(sockets.map((socket) => next(socket, "connect")));
      const ends = Promise.all(sockets.map((socket) => next(socket, "disconnect", 500)));
      dispatchEvent(new Event("offline"));
      return (await ends).map(([reason]) => reason);
    },
    expect: (value) => assert.deepEqual(value, ["transport close", "transport close"]),
  },
  {
    rows: ["2.1 offline"],
    title: "a server at localhost needs no network",
    server: echo,
    async page({ io, next, url }) {
      const socket = io(url.replace("127.0.0.1", "localhost"), { transports: ["websocket"] });
      await next(socket, "connect");
      dispatchEvent(new Event("offline"));
      return [await socket.emitWithAck("echo", 1), socket.connected];
    },
    expect: (value) => assert.deepEqual(value, [1, true]),
  },
  {
    rows: ["2.1 poll response"],
    title: "an answer may hold several packets, and a noop is nothing",
    core: true,
    ...pollingByHand((number) => [handshake(), '40{"sid":"s"}\x1e42["a"]\x1e6\x1e42["b"]', "6", '42["c"]'][number]),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"] });
      const told = [];
      socket.onAny((name) => told.push(name));
      await next(socket, "c");
      return told;
    },
    expect: (told) => assert.deepEqual(told, ["a", "b", "c"]),
  },
  {
    rows: ["2.1 poll response"],
    title: "the first answer may hold more than the handshake",
    ...pollingByHand((number) => [`${handshake()}\x1e40{"sid":"s"}\x1e42["a",1]`][number]),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"] });
      return [await next(socket, "a"), socket.connected];
    },
    expect: (value) => assert.deepEqual(value, [[1], true]),
  },
  {
    rows: ["2.1 poll response"],
    title: "a close packet ends the transport; what came before it is delivered",
    ...pollingByHand((number) => [handshake(), '40{"sid":"s"}', '42["a"]\x1e1\x1e42["b"]'][number]),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"], reconnection: false });
      const told = [];
      socket.onAny((name) => told.push(name));
      const [reason, { description }] = await next(socket, "disconnect");
      return [reason, description, told];
    },
    expect: ([reason, description]) =>
      assert.deepEqual([reason, description], ["transport close", "transport closed by the server"]),
  },
  {
    rows: ["2.1 poll response", "2.1 parser error"],
    title: "an empty answer is a parser error",
    ...pollingByHand((number) => [handshake(), '40{"sid":"s"}', ""][number]),
    async page({ io, next, url }) {
      const [reason, { message, code }] = await next(io(url, { transports: ["polling"] }), "disconnect");
      return [reason, message, code];
    },
    expect: (value) => assert.deepEqual(value, ["transport error", "server error", "parser error"]),
  },
  {
    rows: ["2.1 parser error"],
    title: "a frame of an unknown type, or an empty one, is a parser error, and the connection comes back",
    core: true,
    ...sessionByHand((ws, { number }) => number < 3 && ws.send(["7", "", "x"][number])),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 10 });
      const ends = [];
      for (let i = 0; i < 3; i++) {
        const [reason, { message, code }] = await next(socket, "disconnect");
        ends.push([reason, message, code].join());
      }
      await next(socket, "connect");
      return ends;
    },
    expect: (ends) => assert.deepEqual(ends, Array(3).fill("transport error,server error,parser error")),
  },
  {
    rows: ["2.1 WS frames"],
    title: "base64 is accepted over a WebSocket, and 1, 3, 5 and 6 are ignored there",
    core: true,
    ...sessionByHand((ws) => {
      for (const ignored of ["6", "3", "5", "3probe", "1"]) ws.send(ignored);
      for (const frame of ['451-["a",{"_placeholder":true,"num":0}]', "bAQID"]) ws.send(frame);
    }),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      const ends = [];
      socket.on("disconnect", (reason) => ends.push(reason));
      const [bytes] = await next(socket, "a");
      return [ends, bytes instanceof ArrayBuffer, ...new Uint8Array(bytes)];
    },
    expect: (value) => assert.deepEqual(value, [[], true, 1, 2, 3]),
  },
  {
    rows: ["2.1 message before open"],
    title: "a message before the handshake is ignored",
    ...webSocketByHand((ws) => {
      ws.send('42["early"]');
      ws.send(handshake());
      ws.on("message", () => (ws.send('40{"sid":"s"}'), ws.send('42["late"]')));
    }),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      const told = [];
      socket.onAny((name) => told.push(name));
      await next(socket, "late");
      return told;
    },
    expect: (told) => assert.deepEqual(told, ["late"]),
  },
];
