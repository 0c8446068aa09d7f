// `connect_error`: where it comes from, what it says, and whether the socket tries again.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };
const polling = { ...quick, transports: ["polling"] };

/** Refuses the namespace /closed with data, and lets everybody into the others. */
function guarded({ io, log }) {
  const welcome = (socket) => {
    log.push(socket.nsp.name);
    socket.on("end", (answer) => answer("answer"));
  };
  io.on("connection", welcome);
  const refusal = Object.assign(new Error("no entry"), { data: { code: 7, until: [1, null] } });
  io.of("/closed").use((socket, next) => next(refusal)).on("connection", welcome);
}

export default [
  {
    rows: ["1.7 connect_error: middleware"],
    title: "a refusal by the server's middleware comes with its message and data, and is final",
    core: true,
    arg: quick,
    server: guarded,
    async page({ io, url, arg, next, pause }) {
      const socket = io(`${url}/closed`, arg);
      const errors = [];
      socket.on("connect_error", (error) => errors.push([error instanceof Error, error.message, error.data]));
      await next(socket, "connect_error");
      await pause(80);
      return { errors, connected: socket.connected, active: socket.active, id: typeof socket.id };
    },
    expect(result, { requests, log }) {
      const errors = [[true, "no entry", { code: 7, until: [1, null] }]];
      assert.deepEqual(result, { errors, connected: false, active: false, id: "undefined" });
      assert.deepEqual(log, []);
      assert.equal(requests.length, 1, "no further attempt");
      assert.equal(requests[0].closed, true, "the connection of the last namespace is closed");
    },
  },
  {
    rows: ["1.7 connect_error: middleware"],
    title: "a refused namespace leaves the others as they are",
    core: true,
    arg: quick,
    server: guarded,
    async page({ io, url, arg, next }) {
      const main = io(url, arg);
      await next(main, "connect");
      const [error] = await next(io(`${url}/closed`, arg), "connect_error");
      return [error.message, main.connected, await main.emitWithAck("end")];
    },
    expect: (result) => assert.deepEqual(result, ["no entry", true, "answer"]),
  },
  {
    rows: ["1.7 connect_error: unknown namespace"],
    title: "a namespace that the server does not have: Invalid namespace",
    core: true,
    arg: quick,
    server: guarded,
    async page({ io, url, arg, next }) {
      const socket = io(`${url}/unknown`, arg);
      const [error] = await next(socket, "connect_error");
      return [error instanceof Error, error.message, error.data === undefined, socket.active];
    },
    expect: (result) => assert.deepEqual(result, [true, "Invalid namespace", true, false]),
  },
  {
    rows: ["1.7 connect_error", "1.7 connect()"],
    title: "who was refused may connect() again, at once, in the listener",
    arg: quick,
    server({ io, log }) {
      io.use((socket, next) => {
        log.push("tried");
        next(log.length < 3 ? new Error("later") : undefined);
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      socket.on("connect_error", () => socket.connect());
      await next(socket, "connect");
      return socket.connected;
    },
    expect(connected, { log }) {
      assert.equal(connected, true);
      assert.deepEqual(log, ["tried", "tried", "tried"]);
    },
  },
  {
    rows: ["1.7 connect_error: middleware"],
    title: "what was emitted before a refusal is sent when the socket is let in",
    arg: quick,
    server({ io, log }) {
      io.use(({ handshake: { auth } }, next) => next(auth.token ? undefined : new Error("no")));
      io.on("connection", (socket) => socket.onAny((event, answer) => (log.push(event), answer?.())));
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      socket.emit("early");
      await next(socket, "connect_error");
      socket.auth = { token: 1 };
      await next(socket.connect(), "connect");
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["early", "end"]),
  },
  {
    rows: ["1.7 connected", "1.7 connect_error"],
    title: "a refusal that comes after the connection ends it",
    fault: "says that it is connected, on a connection that it has closed",
    fails: /deep-equal/,
    core: true,
    arg: quick,
    engine(socket) {
      socket.on("message", (text) => {
        if (text !== "0") return;
        socket.send('0{"sid":"s"}');
        socket.send('4{"message":"thrown out"}');
      });
    },
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      const refused = next(socket, "connect_error");
      await next(socket, "connect");
      const [error] = await refused;
      await pause(0);
      return [error.message, socket.connected, socket.id === undefined, socket.active];
    },
    expect: (result) => assert.deepEqual(result, ["thrown out", false, true, false]),
  },
  {
    rows: ["1.7 connect_error: v2 server"],
    title: "a server of version 2 is named in the error, and the socket is not connected",
    core: true,
    arg: quick,
    engine(socket, { log }) {
      socket.send("0"); // as its handshake ends
      socket.on("message", (text) => log.push(text));
    },
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      const errors = [];
      socket.on("connect_error", ({ message }) => errors.push(message));
      await next(socket, "connect_error");
      await pause(60);
      return [errors, socket.connected];
    },
    expect([errors, connected], { requests }) {
      assert.equal(errors.length, 1);
      assert.match(errors[0], /v2/);
      assert.equal(connected, false);
      assert.equal(requests.length, 1, "no further attempt");
    },
  },
  {
    rows: ["1.7 connect_error: transport"],
    title: "an HTTP error is told with its status, and the socket tries again",
    core: true,
    arg: polling,
    server(world) {
      this.tries = 0;
      guarded(world);
    },
    http(req, res, next) {
      if (++this.tries > 2) return next();
      res.writeHead(502).end("bad gateway");
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const errors = [];
      socket.on("connect_error", (error) => {
        const { message, type, description, context } = error;
        const { status, responseText } = context;
        errors.push([error instanceof Error, message, type, description, status, responseText, socket.active]);
      });
      await next(socket, "connect");
      return errors;
    },
    expect(errors) {
      const expected = [true, "xhr poll error", "TransportError", 502, 502, "bad gateway", true];
      assert.deepEqual(errors, [expected, expected]);
    },
  },
  {
    rows: ["1.7 connect_error: transport"],
    title: "a connection that fails before the server has answered CONNECT is told, and the socket tries again",
    core: true,
    arg: polling,
    server(world) {
      this.tries = 0;
      guarded(world);
    },
    http(req, res, next) {
      if (req.method === "GET" || ++this.tries > 1) return next();
      res.writeHead(502).end("bad gateway");
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const errors = [];
      socket.on("connect_error", ({ message, type, description }) => errors.push([message, type, description]));
      await next(socket, "connect");
      return errors;
    },
    expect: (errors) => assert.deepEqual(errors, [["xhr post error", "TransportError", 502]]),
  },
  {
    rows: ["1.7 connect_error: transport"],
    title: "a WebSocket that is refused is a websocket error with the event, and the socket tries again",
    core: true,
    arg: quick,
    server(world) {
      this.tries = 0;
      guarded(world);
    },
    upgrade(req, socket, next) {
      ++this.tries > 2 ? next() : socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const errors = [];
      socket.on("connect_error", (error) => {
        const { message, type, description } = error;
        errors.push([error instanceof Error, message, type, description instanceof Event, socket.active]);
      });
      await next(socket, "connect");
      return errors;
    },
    expect(errors) {
      assert.deepEqual(errors, Array(2).fill([true, "websocket error", "TransportError", true, true]));
    },
  },
  {
    rows: ["1.7 connect_error: timeout"],
    title: "a server that does not answer in time is a timeout, and the socket tries again",
    core: true,
    arg: { ...polling, timeout: 60 },
    server(world) {
      this.tries = 0;
      guarded(world);
    },
    http(req, res, next) {
      if (++this.tries > 1) next(); // the first is never answered
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const [error] = await next(socket, "connect_error");
      const active = socket.active;
      await next(socket, "connect");
      return [error instanceof Error, error.message, active];
    },
    expect: (result) => assert.deepEqual(result, [true, "timeout", true]),
  },
  {
    rows: ["1.7 connect_error", "1.7 Socket events"],
    title: "each namespace that is waiting hears of it, those that are connected do not",
    arg: { ...quick, reconnection: false },
    server(world) {
      this.isOpen = true;
      guarded(world);
    },
    upgrade(req, socket, next) {
      socket.destroy();
    },
    async page({ io, url, arg, next }) {
      const sockets = ["/", "/a", "/b"].map((nsp) => io(url + nsp, arg));
      const errors = await Promise.all(sockets.map((socket) => next(socket, "connect_error")));
      return [errors.map(([{ message }]) => message), sockets.map((socket) => socket.connected)];
    },
    expect([messages, connected]) {
      assert.deepEqual(messages, Array(3).fill("websocket error"));
      assert.deepEqual(connected, [false, false, false]);
    },
  },
  {
    rows: ["1.7 connect_error", "1.7 disconnect()"],
    title: "disconnect() in the listener ends the attempts",
    core: true,
    arg: quick,
    server: guarded,
    upgrade(req, socket) {
      socket.destroy();
    },
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      let errors = 0;
      socket.on("connect_error", () => ++errors === 2 && socket.disconnect());
      await next(socket, "connect_error");
      await next(socket, "connect_error");
      await pause(100);
      return [errors, socket.active];
    },
    expect(result, { requests }) {
      assert.deepEqual(result, [2, false]);
      assert.equal(requests.length, 2);
    },
  },
  ...[
    ["closed by the server", "close", /transport closed/],
    ["ended by what is no packet", '0{"sid":', /invalid payload/],
  ].map(([how, last, message]) => ({
    rows: ["1.7 connect_error: transport"],
    title: `a connection that is ${how} before it has answered CONNECT is told, and the socket tries again`,
    differs: "the reference tells the end of a connection that never was",
    arg: quick,
    engine(socket, { log }) {
      socket.on("message", (text) => {
        log.push(text);
        if (log.length > 1) return socket.send('0{"sid":"s"}');
        return last === "close" ? socket.close() : socket.send(last);
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const seen = [];
      socket.on("connect_error", (error) => seen.push([error instanceof Error, error.message, socket.active]));
      socket.on("disconnect", () => seen.push("disconnect"));
      await next(socket, "connect");
      return seen;
    },
    expect(seen) {
      assert.equal(seen.length, 1);
      assert.deepEqual([seen[0][0], seen[0][2]], [true, true]);
      assert.match(seen[0][1], message);
    },
  })),
];
