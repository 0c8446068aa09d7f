// What a listener finds that hears of the end of a connection or of an attempt, and what it changes.

import assert from "node:assert/strict";

const websocket = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };
const commands = { cut: ({ cut }) => cut() };
const refuse = (req, socket) => socket.destroy();

/** The first WebSocket is accepted, no other one. */
function once() {
  let count;
  return { server: () => void (count = 0), upgrade: (req, socket, next) => (count++ ? refuse(req, socket) : next()) };
}

/**
 * A server that cannot be reached: `act` is done in the second `connect_error` and in those behind it, the first of an attempt to
 * reconnect. What is told: how many attempts failed, whether `reconnect_failed` came, and `_reconnecting` at the end.
 */
const inConnectError = ([title, reconnectionAttempts, act, expected]) => ({
  rows: ["1.6 getters and setters", "1.6 order: unreachable"],
  title: `in a listener of connect_error, ${title}`,
  upgrade: refuse,
  arg: { act, options: { ...websocket, reconnectionAttempts } },
  async page({ io, until, pause, url, arg }) {
    const socket = io(url, arg.options);
    const told = { errors: 0, failed: 0, ends: 0 };
    socket.on("connect_error", () => {
      if (++told.errors > 1) ((manager) => new Function("socket", "manager", arg.act)(socket, manager))(socket.io);
    });
    socket.io.on("reconnect_failed", () => told.failed++).on("reconnect_error", () => told.ends++);
    await until(() => told.failed || socket.io._reconnecting === false && told.ends, "the last attempt");
    await pause(60);
    return [told.errors, told.failed, socket.io._reconnecting];
  },
  expect: (value) => assert.deepEqual(value, expected),
});

const changes = [
  ["one more attempt that is allowed is made", 1, "manager.reconnectionAttempts(2)", [3, 1, false]],
  ["the attempts that are no longer allowed are not made", 5, "manager.reconnectionAttempts(1)", [2, 1, false]],
  ["connect() changes nothing: the attempts come to their end", 2, "socket.connect()", [3, 1, false]],
  ["disconnect() at the last attempt ends them without reconnect_failed", 1, "socket.disconnect()", [2, 0, false]],
  ["reconnection(false) ends the attempts", 5, "manager.reconnection(false)", [2, 0, false]],
];

export default [
  ...changes.map(inConnectError),
  {
    rows: ["1.6 getters and setters"],
    title: "in a listener of disconnect, reconnection(true) is followed by attempts",
    ...once(),
    commands,
    async page({ io, next, url, arg, tell }) {
      const socket = io(url, { ...arg, reconnection: false });
      await next(socket, "connect");
      socket.on("disconnect", () => socket.io.reconnection(true));
      tell("cut");
      const [number] = await next(socket.io, "reconnect_attempt");
      return number;
    },
    arg: websocket,
    expect: (number) => assert.equal(number, 1),
  },
  {
    rows: ["1.6 getters and setters"],
    title: "in a listener of disconnect or close, reconnectionDelay() counts for the wait that follows",
    commands,
    async page({ io, next, url, arg, tell }) {
      for (const event of ["disconnect", "close"]) {
        const socket = io(url, { ...arg, reconnectionDelay: 100_000, reconnectionDelayMax: 100_000, forceNew: true });
        await next(socket, "connect");
        (event === "close" ? socket.io : socket).on(event, () => socket.io.reconnectionDelay(10));
        tell("cut");
        await next(socket, "connect");
      }
    },
    arg: websocket,
    expect: (_, { io }) => assert.ok(io),
  },
  {
    rows: ["1.6 open", "1.6 events"],
    title: "in a listener of disconnect the connection is closed, and open() opens another one",
    core: true,
    // Only those that are there: the next one comes at once.
    commands: { end: ({ io }) => Object.values(io.engine.clients).forEach((client) => client.close()) },
    async page({ io, next, url, arg, tell }) {
      const told = [];
      for (const transports of [["websocket"], ["polling"]]) {
        const socket = io(url, { ...arg, transports, reconnection: false, forceNew: true });
        await next(socket, "connect");
        socket.on("disconnect", (reason) => {
          if (reason === "io client disconnect") return;
          told.push(socket.io._readyState, socket.io.engine.readyState);
          socket.io.open();
        });
        tell("end");
        await next(socket, "connect");
        socket.disconnect();
      }
      return told;
    },
    arg: websocket,
    expect: (told) => assert.deepEqual(told, Array(4).fill("closed")),
  },
  {
    rows: ["1.6 events", "1.7 connect_error: transport"],
    title: "in a listener of connect_error the manager is closed",
    upgrade: refuse,
    async page({ io, next, url, arg }) {
      const socket = io(url, { ...arg, reconnection: false });
      await next(socket, "connect_error");
      return new Promise((resolve) => {
        socket.on("connect_error", () => resolve(socket.io._readyState)).connect();
      });
    },
    arg: websocket,
    expect: (state) => assert.equal(state, "closed"),
  },
  {
    rows: ["1.7 transport close", "1.6 events"],
    title: "a socket hears how its connection was closed, also while another namespace of it still waits",
    core: true,
    server: ({ io }) => void io.of("/never").use(() => {}),
    commands,
    async page({ io, next, url, arg, tell }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      io(`${url}/never`, arg);
      const ends = [next(socket, "disconnect"), next(socket.io, "close"), next(socket.io.engine, "close")];
      await tell("cut");
      return (await Promise.all(ends)).map(([reason, details]) => [reason, details.description, typeof details.context.code]);
    },
    arg: { ...websocket, reconnection: false },
    expect(ends) {
      assert.deepEqual(ends, Array(3).fill(["transport close", "websocket connection closed", "number"]));
    },
  },
  {
    rows: ["1.8 events"],
    title: "packetCreate says of each packet whether it is to be compressed",
    options: { pingInterval: 50 },
    async page({ io, next, until, url, arg }) {
      const socket = io(url, arg);
      const seen = {};
      socket.io.engine.on("packetCreate", ({ type, data, options }) => (seen[type + (data ?? "")] = options.compress));
      await next(socket, "connect");
      socket.compress(false).emit("a");
      await until(() => "pong" in seen, "the answer to a ping");
      socket.disconnect();
      return seen;
    },
    arg: websocket,
    expect: (seen) => assert.deepEqual(seen, { message0: true, 'message2["a"]': false, pong: true, message1: true }),
  },
];
