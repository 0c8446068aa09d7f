// 1.8: the engine below a Manager, `socket.io.engine`: its properties, methods and events.

import assert from "node:assert/strict";
import { echo, refuseWebSockets } from "../support/by-hand.mjs";

/** Every event of an engine, in the order in which they come; `told` gets their names. */
function listen(engine, told) {
  const names = ["open", "handshake", "packet", "packetCreate", "data", "message", "drain", "flush", "heartbeat"];
  names.push("ping", "pong", "error", "upgrading", "upgrade", "upgradeError", "close");
  for (const name of names) engine.on(name, () => told.push(name));
}

export default [
  {
    rows: ["1.8 properties"],
    title: "an open engine has its properties",
    core: true,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"] });
      await next(socket, "connect");
      const { engine } = socket.io;
      const { transport } = engine;
      return {
        ids: typeof engine.id === "string" && engine.id !== socket.id,
        states: [engine.readyState, transport.readyState, transport.name, transport.writable, !!engine.upgrading],
        rest: [engine.binaryType, Array.isArray(engine.writeBuffer), engine.constructor.protocol],
        place: [engine.hostname === location.hostname, String(engine.port) === location.port, engine.secure],
        query: [transport.query.EIO, transport.query.transport, transport.query.sid === engine.id],
        opts: [engine.opts.path, engine.opts.upgrade, engine.opts.withCredentials, engine.opts.timestampParam],
      };
    },
    expect: (value) =>
      assert.deepEqual(value, {
        ids: true,
        states: ["open", "open", "websocket", true, false],
        rest: ["arraybuffer", true, 4],
        place: [true, true, false],
        query: [4, "websocket", true],
        opts: ["/socket.io/", true, false, "t"],
      }),
  },
  {
    rows: ["1.8 properties"],
    title: "the engine's id is the session's at the server",
    server: ({ io, log }) => io.engine.on("connection", ({ id }) => log.push(id)),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"] });
      await next(socket, "connect");
      return socket.io.engine.id;
    },
    expect: (id, { log }) => assert.deepEqual(log, [id]),
  },
  {
    rows: ["1.8 properties"],
    title: "readyState goes from opening to open to closed, and the id is gone",
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"] });
      const { engine } = socket.io;
      const states = [engine.readyState];
      engine.on("open", () => states.push(engine.readyState));
      engine.on("close", () => states.push(engine.readyState));
      await next(socket, "connect");
      const closed = next(engine, "close");
      socket.disconnect();
      await closed;
      return [states, engine.id ?? null];
    },
    expect: (value) => assert.deepEqual(value, [["opening", "open", "closed"], null]),
  },
  {
    rows: ["1.8 properties"],
    title: "transport is another one after an upgrade",
    core: true,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling", "websocket"] });
      const { engine } = socket.io;
      const before = engine.transport;
      const upgraded = next(engine, "upgrade");
      const upgrading = next(engine, "upgrading");
      const [{ name: candidate }] = await upgrading;
      const [{ name }] = await upgraded;
      return [before.name, candidate, name, engine.transport.name, before !== engine.transport, engine.upgrading];
    },
    expect: (value) => assert.deepEqual(value, ["polling", "websocket", "websocket", "websocket", true, false]),
  },
  {
    rows: ["1.8 properties"],
    title: "the class remembers whether a WebSocket was the last that worked",
    async page({ io, next, url }) {
      const after = async (name) => {
        const socket = io(url, { transports: [name], forceNew: true });
        await next(socket, "connect");
        return socket.io.engine.constructor.priorWebsocketSuccess;
      };
      return [await after("websocket"), await after("polling")];
    },
    expect: (value) => assert.deepEqual(value, [true, false]),
  },
  {
    rows: ["1.8 send"],
    title: "send and write put a message on the wire, and tell when it was handed over",
    core: true,
    server: echo,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"] });
      await next(socket, "connect");
      const { engine } = socket.io;
      const told = [];
      const same = engine.send('2["sent",1]', () => told.push("sent")) === engine;
      engine.write('2["written",2]', { compress: false }, () => told.push("written"));
      engine.send('2["plain",3]');
      await socket.emitWithAck("echo", 1);
      return [same, told];
    },
    expect(value, { log }) {
      assert.deepEqual(value, [true, ["sent", "written"]]);
      assert.deepEqual(log, [["sent", 1], ["written", 2], ["plain", 3]]);
    },
  },
  {
    rows: ["1.8 send"],
    title: "send does nothing on an engine that is closed",
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"] });
      await next(socket, "connect");
      const { engine } = socket.io;
      engine.close();
      let called = 0;
      engine.send("too late", () => called++);
      socket.disconnect();
      return [called, engine.writeBuffer.length];
    },
    expect: (value) => assert.deepEqual(value, [0, 0]),
  },
  {
    rows: ["1.8 send"],
    title: "writeBuffer holds what a busy transport cannot take yet",
    server: echo,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"] });
      await next(socket, "connect");
      const { engine } = socket.io;
      if (engine.writeBuffer.length) await next(engine, "drain");
      for (let i = 0; i < 3; i++) socket.emit("n", i);
      const [length, { type, data }] = [engine.writeBuffer.length, engine.writeBuffer.at(-1)];
      await next(engine, "drain");
      return [length, type, data, engine.writeBuffer.length];
    },
    expect([length, ...rest]) {
      // The first one is on its way.
      assert.ok(length === 2 || length === 3, `${length} packets`);
      assert.deepEqual(rest, ["message", '2["n",2]', 0]);
    },
  },
  {
    rows: ["1.8 close"],
    title: "close() ends the connection as forced, and it comes back",
    core: true,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 10 });
      await next(socket, "connect");
      const closed = next(socket.io.engine, "close");
      const disconnected = next(socket, "disconnect");
      const same = socket.io.engine.close();
      const reasons = [(await closed)[0], (await disconnected)[0], same.readyState];
      await next(socket, "connect");
      return reasons;
    },
    expect: (value) => assert.deepEqual(value, ["forced close", "forced close", "closed"]),
  },
  {
    rows: ["1.8 close"],
    title: "close() waits until everything has been handed over",
    core: true,
    server: echo,
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["polling"], reconnection: false });
      await next(socket, "connect");
      const { engine } = socket.io;
      const disconnected = next(socket, "disconnect");
      for (let i = 0; i < 5; i++) socket.emit("n", i);
      engine.close();
      const state = engine.readyState;
      await disconnected;
      await until(async () => (await tell("count")) === 5, "all five at the server");
      return state;
    },
    commands: { count: ({ log }) => log.length },
    expect: (state) => assert.equal(state, "closing"),
  },
  {
    rows: ["1.8 close", "2.1 upgrade corner"],
    title: "close() during an upgrade waits for its end",
    engine: (socket, { log }) => socket.on("message", (data) => log.push(data)),
    async page({ Manager, next, url, until, tell }) {
      const told = [];
      for (const words of [[], ["last words"]]) {
        const { engine } = new Manager(url, { transports: ["polling", "websocket"], reconnection: false });
        for (const name of ["upgrading", "upgrade", "close"]) engine.on(name, () => told.push(name));
        const closed = next(engine, "close");
        await next(engine, "upgrading");
        for (const text of words) engine.send(text);
        engine.close();
        told.push(engine.readyState);
        await closed;
      }
      await until(() => tell("count"), "the last words at the server");
      return told;
    },
    commands: { count: ({ log }) => log.length },
    expect(value, { log }) {
      const told = ["upgrading", "closing", "upgrade", "close"];
      assert.deepEqual(value, [...told, ...told]);
      assert.deepEqual(log, ["last words"]);
    },
  },
  {
    rows: ["1.8 events"],
    title: "the events of a connection, in their order",
    helpers: [listen],
    page: async ({ io, next, url }) => {
      const socket = io(url, { transports: ["websocket"], autoConnect: false });
      const told = [];
      socket.connect();
      const { engine } = socket.io;
      listen(engine, told);
      await Promise.all([next(engine, "drain"), next(socket, "connect")]);
      const opened = told.splice(0);
      const closed = next(engine, "close");
      socket.disconnect();
      await closed;
      return [opened, told];
    },
    expect([opened, closed]) {
      const received = (names) => names.filter((name) => !/^(packetCreate|flush|drain)$/.test(name));
      const sent = (names) => names.filter((name) => /^(packetCreate|flush|drain)$/.test(name));
      const begin = ["packet", "heartbeat", "handshake", "open"];
      assert.deepEqual(received(opened), [...begin, "packet", "heartbeat", "data", "message"]);
      assert.deepEqual(sent(opened), ["packetCreate", "flush", "drain"]);
      assert.deepEqual(sent(closed), ["packetCreate", "flush", "drain"]);
      assert.deepEqual(received(closed), ["close"]);
    },
  },
  {
    rows: ["1.8 events"],
    title: "what the events tell",
    server: ({ io }) => io.on("connection", (socket) => socket.on("go", () => socket.emit("gone", 1))),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], autoConnect: false });
      socket.connect();
      const { engine } = socket.io;
      const [handshake] = await next(engine, "handshake");
      await next(socket, "connect");
      const created = next(engine, "packetCreate");
      const [data, message, packet] = ["data", "message", "packet"].map((name) => next(engine, name));
      socket.compress(false).emit("go");
      const [{ type, data: text, options }] = await created;
      const [came] = await packet;
      return [Object.keys(handshake).sort(), [type, text, options.compress], await data, await message, came];
    },
    expect: (value) =>
      assert.deepEqual(value, [
        ["maxPayload", "pingInterval", "pingTimeout", "sid", "upgrades"],
        ["message", '2["go"]', false],
        ['2["gone",1]'],
        ['2["gone",1]'],
        { type: "message", data: '2["gone",1]' },
      ]),
  },
  {
    rows: ["1.8 events", "2.1 ping/pong"],
    title: "the server's ping is told as ping and pong, between packet and heartbeat and the answer",
    options: { pingInterval: 50, pingTimeout: 1_000 },
    helpers: [listen],
    page: async ({ io, next, url }) => {
      const socket = io(url, { transports: ["websocket"] });
      await next(socket, "connect");
      const told = [];
      listen(socket.io.engine, told);
      await next(socket.io, "ping");
      await next(socket.io.engine, "drain");
      // What came before may still have been of the connection's begin.
      const first = told.indexOf("packet");
      return told.slice(first, first + 7);
    },
    expect: (told) =>
      assert.deepEqual(told, ["packet", "heartbeat", "packetCreate", "flush", "ping", "pong", "drain"]),
  },
  {
    rows: ["1.8 events"],
    title: "error comes before close, with what the transport knows",
    helpers: [listen],
    http: (req, res) => res.writeHead(500).end("broken"),
    page: async ({ io, next, url }) => {
      const socket = io(url, { transports: ["polling"], reconnection: false });
      const told = [];
      listen(socket.io.engine, told);
      let seen;
      // The request is at hand during the event only.
      socket.io.engine.on("error", (error) => {
        const { message, type, description, context } = error;
        seen = [error, message, type, description, context.status, context.responseText];
      });
      const [reason, detail] = await next(socket.io.engine, "close");
      const [error, ...rest] = seen;
      return [told, ...rest, reason, detail === error];
    },
    expect: (value) =>
      assert.deepEqual(value, [
        ["error", "close"],
        "xhr poll error",
        "TransportError",
        500,
        500,
        "broken",
        "transport error",
        true,
      ]),
  },
  {
    rows: ["1.8 events", "1.9 upgrade failure"],
    title: "an upgrade that fails is told as upgradeError, which names the transport",
    core: true,
    server: echo,
    upgrade: refuseWebSockets,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling", "websocket"] });
      const { engine } = socket.io;
      const [{ message, transport }] = await next(engine, "upgradeError");
      if (!socket.connected) await next(socket, "connect");
      return [message, transport, !!engine.upgrading, await socket.emitWithAck("echo", "by polling"), socket.io.engine.transport.name];
    },
    expect([message, ...rest]) {
      assert.match(message, /^probe error: .*websocket error/);
      assert.deepEqual(rest, ["websocket", false, "by polling", "polling"]);
    },
  },
  {
    rows: ["1.8 events"],
    title: "close tells the reason and the details",
    server({ io }) {
      io.on("connection", (socket) => socket.on("cut", () => socket.conn.transport.socket.terminate()));
    },
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      await next(socket, "connect");
      const closed = next(socket.io.engine, "close");
      socket.emit("cut");
      const [reason, { description, context }] = await closed;
      return [reason, description, context instanceof CloseEvent];
    },
    expect: (value) => assert.deepEqual(value, ["transport close", "websocket connection closed", true]),
  },
  {
    rows: ["1.8 events"],
    title: "an engine's events are those of its own connection: a reconnection has a new engine",
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 10 });
      await next(socket, "connect");
      const { engine } = socket.io;
      let packets = 0;
      engine.on("packet", () => packets++);
      engine.close();
      await next(socket, "connect");
      return [packets, engine !== socket.io.engine];
    },
    expect: (value) => assert.deepEqual(value, [0, true]),
  },
];
