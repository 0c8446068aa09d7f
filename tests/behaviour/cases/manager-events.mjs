// The events of a Manager: what they carry, and in which order they and those of the socket come.

import assert from "node:assert/strict";

const unreachable = { http: (req) => req.socket.destroy(), upgrade: (req, socket) => socket.destroy() };
const websocket = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };
const commands = { cut: ({ cut }) => cut() };

/** The list of the events of a socket and of its Manager, in the order of their coming. */
function record(socket) {
  const seen = [];
  const names = "open error close reconnect reconnect_attempt reconnect_error reconnect_failed".split(" ");
  const text = (name, [first]) => (/string|number/.test(typeof first) ? `${name}:${first}` : name);
  for (const name of names) socket.io.on(name, (...args) => seen.push(`M.${text(name, args)}`));
  const own = ["connect", "connect_error", "disconnect"];
  for (const name of own) socket.on(name, (...args) => seen.push(`S.${text(name, args)}`));
  return seen;
}

export default [
  {
    rows: ["1.6 order: unreachable", "1.6 events"],
    title: "an unreachable server: connect_error, error, attempts, and at the end reconnect_failed",
    core: true,
    ...unreachable,
    helpers: [record],
    async page({ io, next, url, arg, pause }) {
      const socket = io(url, { ...arg, reconnectionAttempts: 2 });
      const seen = record(socket);
      await next(socket.io, "reconnect_failed");
      await pause(60);
      return { seen, states: [socket.active, socket.connected, socket.io._reconnecting] };
    },
    arg: websocket,
    expect({ seen, states }) {
      const attempt = (number) => [`M.reconnect_attempt:${number}`, "S.connect_error", "M.error"];
      const expected = ["S.connect_error", "M.error", ...attempt(1), "M.reconnect_error", ...attempt(2)];
      assert.deepEqual(seen, [...expected, "M.reconnect_failed", "M.reconnect_error"]);
      assert.deepEqual(states, [true, false, false]);
    },
  },
  {
    rows: ["1.6 order: unreachable"],
    title: "after reconnect_failed, connect() tries again",
    ...unreachable,
    async page({ io, next, url, arg }) {
      const socket = io(url, { ...arg, reconnectionAttempts: 1 });
      await next(socket.io, "reconnect_failed");
      await new Promise((resolve) => setTimeout(resolve));
      socket.disconnect().connect();
      const [error] = await next(socket, "connect_error");
      return error.message;
    },
    arg: websocket,
    expect: (message) => assert.equal(message, "websocket error"),
  },
  {
    rows: ["1.6 order: unreachable", "1.8 events"],
    title: "disconnect() after an attempt that failed tells the close of its engine no second time",
    ...unreachable,
    async page({ io, next, url, arg, pause }) {
      const socket = io(url, { ...arg, reconnectionDelay: 1_000 });
      let closes = 0;
      socket.io.engine.on("close", () => closes++);
      await next(socket, "connect_error");
      await pause(0);
      socket.disconnect();
      await pause(0);
      return closes;
    },
    arg: websocket,
    expect: (closes) => assert.equal(closes, 1),
  },
  {
    rows: ["1.6 events"],
    title: "a connection that breaks is an error of the engine and of the Manager, too",
    commands: { forget: ({ io }) => Object.keys(io.engine.clients).forEach((id) => delete io.engine.clients[id]) },
    async page({ io, next, url, arg, tell }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const failed = [next(socket.io.engine, "error"), next(socket.io, "error")];
      await tell("forget");
      socket.emit("to a session that the server does not know any more");
      return (await Promise.all(failed)).map(([error]) => error.message);
    },
    arg: { ...websocket, transports: ["polling"] },
    expect([ofEngine, ofManager]) {
      assert.match(ofEngine, /^xhr (poll|post) error/);
      assert.equal(ofManager, ofEngine);
    },
  },
  {
    rows: ["1.6 order: lost and back", "1.6 events"],
    title: "a connection that is lost and comes back: disconnect, close, attempt, open, reconnect, connect",
    core: true,
    commands,
    helpers: [record],
    async page({ io, next, url, arg, tell }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = record(socket);
      tell("cut");
      await next(socket, "connect");
      return seen;
    },
    arg: websocket,
    expect(seen) {
      const lost = ["S.disconnect:transport close", "M.close:transport close"];
      assert.deepEqual(seen, [...lost, "M.reconnect_attempt:1", "M.open", "M.reconnect:1", "S.connect"]);
    },
  },
  {
    rows: ["1.6 order: disconnect()", "1.6 events"],
    title: "disconnect(): close of the Manager as forced, then disconnect of the socket",
    core: true,
    helpers: [record],
    async page({ io, next, url, arg, pause }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = record(socket);
      socket.disconnect();
      await pause(60);
      return seen;
    },
    arg: websocket,
    expect: (seen) => assert.deepEqual(seen, ["M.close:forced close", "S.disconnect:io client disconnect"]),
  },
  {
    rows: ["1.6 order: disconnect()"],
    title: "disconnect() of one of two namespaces does not close the Manager",
    server: ({ io }) => void io.of("/other"),
    helpers: [record],
    async page({ Manager, next, url, arg, pause }) {
      const manager = new Manager(url, arg);
      const [socket, other] = [manager.socket("/"), manager.socket("/other")];
      await Promise.all([next(socket, "connect"), next(other, "connect")]);
      const seen = record(socket);
      socket.disconnect();
      await pause(60);
      return { seen, other: other.connected };
    },
    arg: websocket,
    expect: (result) => assert.deepEqual(result, { seen: ["S.disconnect:io client disconnect"], other: true }),
  },
  {
    rows: ["1.6 order: lost and back"],
    title: "a first connection: open, then connect",
    helpers: [record],
    async page({ io, next, url, arg }) {
      const socket = io(url, arg);
      const seen = record(socket);
      await next(socket, "connect");
      return seen;
    },
    arg: websocket,
    expect: (seen) => assert.deepEqual(seen, ["M.open", "S.connect"]),
  },
  {
    rows: ["1.6 order: unreachable", "1.6 events"],
    title: "a server that comes later: attempts until open, reconnect with their number, connect",
    http: (req) => req.socket.destroy(),
    upgrade(req, socket, next) {
      req.client.server.handshakes = (req.client.server.handshakes ?? 0) + 1;
      req.client.server.handshakes < 3 ? socket.destroy() : next();
    },
    helpers: [record],
    async page({ io, next, url, arg }) {
      const socket = io(url, arg);
      const seen = record(socket);
      await next(socket, "connect");
      return seen;
    },
    arg: websocket,
    expect(seen) {
      const failed = ["S.connect_error", "M.error"];
      const first = [...failed, "M.reconnect_attempt:1", ...failed, "M.reconnect_error"];
      assert.deepEqual(seen, [...first, "M.reconnect_attempt:2", "M.open", "M.reconnect:2", "S.connect"]);
    },
  },
  {
    rows: ["1.6 events"],
    title: "close has the reason and what is known about it",
    commands,
    async page({ io, next, url, arg, tell }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      tell("cut");
      const [reason, details] = await next(socket.io, "close");
      return { reason, description: details.description, context: "context" in details };
    },
    arg: websocket,
    expect(result) {
      assert.deepEqual(result, { reason: "transport close", description: "websocket connection closed", context: true });
    },
  },
  {
    rows: ["1.6 events"],
    title: "error and reconnect_error have the error of the transport",
    ...unreachable,
    async page({ io, next, url, arg }) {
      const socket = io(url, arg);
      const [[error], [ofSocket]] = await Promise.all([next(socket.io, "error"), next(socket, "connect_error")]);
      const [again] = await next(socket.io, "reconnect_error");
      const messages = [error.message, again.message];
      return { same: error === ofSocket, messages, isError: again instanceof Error };
    },
    arg: websocket,
    expect(result) {
      assert.deepEqual(result, { same: true, messages: ["websocket error", "websocket error"], isError: true });
    },
  },
  {
    rows: ["1.6 events"],
    title: "ping is told each time that the server asks whether anybody is there",
    options: { pingInterval: 40, pingTimeout: 2_000 },
    async page({ Manager, next, url, arg }) {
      const manager = new Manager(url, arg);
      await next(manager, "ping");
      const args = await next(manager, "ping");
      return args.length;
    },
    arg: websocket,
    expect: (length) => assert.equal(length, 0),
  },
  {
    rows: ["1.6 events"],
    title: "packet has each packet of every namespace, as it was read",
    server({ io }) {
      io.of("/chat").on("connection", (socket) => {
        socket.emit("hello", 1);
        socket.on("leave", () => socket.disconnect());
      });
    },
    async page({ io, next, url, arg }) {
      const socket = io(`${url}/chat`, arg);
      const packets = [];
      const shown = ({ type, nsp, data }) => [type, nsp, type === 0 ? typeof data.sid : (data ?? "none")];
      socket.io.on("packet", (packet) => packets.push(shown(packet)));
      await next(socket, "hello");
      socket.emit("leave");
      await next(socket, "disconnect");
      return packets;
    },
    arg: websocket,
    expect(packets) {
      assert.deepEqual(packets, [[0, "/chat", "string"], [2, "/chat", ["hello", 1]], [1, "/chat", "none"]]);
    },
  },
  {
    rows: ["1.6 events"],
    title: "a listener that is removed with off() is not called, one of once() once",
    commands,
    async page({ io, next, url, arg, tell }) {
      const socket = io(url, arg);
      const seen = { off: 0, once: 0 };
      const removed = () => seen.off++;
      socket.io.on("open", removed);
      socket.io.off("open", removed);
      socket.io.once("open", () => seen.once++);
      await next(socket, "connect");
      tell("cut");
      await next(socket.io, "open");
      return seen;
    },
    arg: websocket,
    expect: (seen) => assert.deepEqual(seen, { off: 0, once: 1 }),
  },
];
