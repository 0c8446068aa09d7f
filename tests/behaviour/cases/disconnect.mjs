// The reasons of `disconnect`, its details, and whether the socket connects again.

import assert from "node:assert/strict";
import { settled } from "../support/settled.mjs";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };
const polling = { ...quick, transports: ["polling"] };

/** "break" does to the connection what `how` does; logs why the server thinks that it ended. */
function breaking(how) {
  return ({ io, log }) => {
    io.on("connection", (socket) => {
      socket.on("break", () => how(socket));
      socket.on("disconnect", (reason) => log.push(reason));
      socket.on("end", (answer) => answer("answer"));
    });
  };
}

/** Closes a session over HTTP by the answer to a GET: one that comes later would find no session any more. */
function closeByAnswer({ conn }) {
  if (conn.transport.writable) conn.close();
  else conn.transport.once("ready", () => conn.close());
}

/** Breaks the connection and tells what the page hears of it. Runs in the page. */
async function partOf(socket, next, pause) {
  await next(socket, "connect");
  const events = [];
  const gone = next(socket, "disconnect");
  socket.on("disconnect", (reason) => events.push(reason)).on("connect", () => events.push("connect"));
  socket.emit("break");
  const [reason, details] = await gone;
  const { active } = socket;
  active ? await next(socket, "connect") : await pause(60);
  const { message, description, type } = details ?? {};
  const context = typeof details?.context;
  return { reason, active, events, isError: details instanceof Error, message, description, type, context };
}

/** A case of one reason. */
function reason({ title, expected, details = {}, how, ...rest }) {
  const comesBack = !expected.startsWith("io ");
  return {
    rows: [`1.7 ${expected}`],
    title,
    arg: quick,
    helpers: [partOf],
    server: breaking(how),
    async page({ io, url, arg, next, pause }) {
      return partOf(io(url, arg), next, pause);
    },
    expect(result) {
      const events = comesBack ? [expected, "connect"] : [expected];
      const none = { isError: false, context: "undefined" };
      assert.deepEqual(result, { reason: expected, active: comesBack, events, ...none, ...details });
    },
    ...rest,
  };
}

export default [
  reason({
    title: "the server disconnects the socket: the socket does not come back by itself",
    expected: "io server disconnect",
    how: (socket) => socket.disconnect(),
    core: true,
  }),
  reason({
    title: "the server disconnects the socket and closes the connection: the same",
    expected: "io server disconnect",
    how: (socket) => socket.disconnect(true),
  }),
  reason({
    title: "the server closes the WebSocket: the socket comes back",
    expected: "transport close",
    details: { description: "websocket connection closed", context: "object" },
    how: (socket) => socket.conn.close(),
    core: true,
  }),
  reason({
    title: "the server closes a session over HTTP: the socket comes back",
    expected: "transport close",
    details: { description: "transport closed by the server" },
    arg: polling,
    how: closeByAnswer,
    core: true,
  }),
  reason({
    title: "the server does not know the session any more: a transport error with the status",
    expected: "transport error",
    arg: polling,
    expect({ message, ...rest }) {
      // Ours asks, too, whether the load balancer is sticky.
      assert.match(message, /^xhr poll error/);
      const details = { isError: true, description: 400, type: "TransportError", context: "object" };
      const events = ["transport error", "connect"];
      assert.deepEqual(rest, { reason: events[0], active: true, events, ...details });
    },
    server(world) {
      const refuse = () => (this.refuses = true);
      breaking((socket) => socket.emit("last", refuse()))(world);
    },
    http({ url }, res, next) {
      if (!this.refuses || !url.includes("sid=")) return next();
      this.refuses = false;
      res.writeHead(400).end('{"code":1,"message":"Session ID unknown"}');
    },
  }),
  reason({
    title: "the server stops to ping: the socket notices and comes back",
    expected: "ping timeout",
    options: { pingInterval: 60, pingTimeout: 60 },
    how: (socket) => clearTimeout(socket.conn.pingIntervalTimer),
    core: true,
  }),
  reason({
    title: "the server sends what cannot be decoded: the socket says what, and comes back",
    expected: "parse error",
    details: { isError: true, message: "unknown packet type 9" },
    how: (socket) => socket.conn.send("9"),
    core: true,
  }),
  {
    rows: ["1.7 transport close"],
    title: "the browser goes offline: the connection counts as lost at once",
    arg: quick,
    server: breaking(() => {}),
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const gone = next(socket, "disconnect");
      window.dispatchEvent(new Event("offline"));
      const [reason, details] = await gone;
      const { active } = socket;
      await next(socket, "connect");
      return [reason, details.description, active];
    },
    expect: (result) => assert.deepEqual(result, ["transport close", "network connection lost", true]),
  },
  {
    rows: ["1.7 transport close"],
    title: "a server on localhost does not need the network: offline changes nothing",
    arg: quick,
    server: breaking(() => {}),
    async page({ io, url, arg, next }) {
      const socket = io(url.replace("127.0.0.1", "localhost"), arg);
      await next(socket, "connect");
      const reasons = [];
      socket.on("disconnect", (reason) => reasons.push(reason));
      window.dispatchEvent(new Event("offline"));
      return [await socket.emitWithAck("end"), reasons];
    },
    expect: (result) => assert.deepEqual(result, ["answer", []]),
  },
  {
    rows: ["1.7 forced close"],
    title: "io.engine.close() is a forced close, and the socket comes back",
    core: true,
    arg: quick,
    server: breaking(() => {}),
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const gone = next(socket, "disconnect");
      socket.io.engine.close();
      const [reason] = await gone;
      const { active } = socket;
      await next(socket, "connect");
      return [reason, active];
    },
    expect: (result) => assert.deepEqual(result, ["forced close", true]),
  },
  {
    rows: ["1.7 forced close"],
    title: "io.engine.close() while it connects ends the attempt, and the next one connects",
    fault: "neither ends it nor tries again",
    fails: /no "connect_error" within/,
    arg: quick,
    server: breaking(() => {}),
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const failed = next(socket, "connect_error");
      socket.io.engine.close();
      const state = socket.io.engine.readyState;
      const [error] = await failed;
      await next(socket, "connect");
      return [state, error.message];
    },
    expect: (result) => assert.deepEqual(result, ["closed", "transport closed"]),
  },
  {
    rows: ["1.7 io client disconnect", "1.7 disconnect()"],
    title: "disconnect() and close() end it here and in the server, and return the socket",
    core: true,
    arg: quick,
    server: breaking(() => {}),
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      const reasons = [];
      socket.on("disconnect", (...args) => reasons.push(args.length, args[0], typeof args[1]));
      const returned = [];
      for (const method of ["disconnect", "close"]) {
        await next(socket.connect(), "connect");
        returned.push(socket[method]() === socket, reasons.length);
      }
      socket.disconnect().close();
      await pause(60);
      return { reasons, returned, active: socket.active };
    },
    async expect({ reasons, returned, active }, { log, requests }) {
      // By their number libraries tell how to hand arguments on.
      assert.deepEqual(reasons, Array(2).fill([2, "io client disconnect", "undefined"]).flat());
      assert.deepEqual([returned, active], [[true, 3, true, 6], false]);
      await settled(() => assert.deepEqual(log, Array(2).fill("client namespace disconnect")));
      await settled(() => assert.deepEqual(requests.map(({ closed }) => closed), [true, true]));
    },
  },
  {
    rows: ["1.7 io server disconnect", "1.7 connect()"],
    title: "after the server has disconnected it, the socket connects again when it is told to",
    core: true,
    arg: quick,
    server: breaking((socket) => socket.disconnect()),
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const first = socket.id;
      socket.on("disconnect", (reason) => reason === "io server disconnect" && socket.connect());
      socket.emit("break");
      await next(socket, "connect");
      return [socket.id !== first, await socket.emitWithAck("end")];
    },
    expect: (result) => assert.deepEqual(result, [true, "answer"]),
  },
];
