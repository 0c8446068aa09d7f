// 2.1: Engine.IO v4: what goes in which request, upgrades under load, and the end of a session.

import assert from "node:assert/strict";
import { accept, echo } from "../support/by-hand.mjs";

const bodies = ({ requests }) => requests.filter(({ method }) => method === "POST").map(({ body }) => body);

/** `server` and `http` of a case: `log` gets how many requests of a method were open whenever one more began. */
function counting() {
  let world, open;
  return {
    server(given) {
      world = given;
      open = { GET: 0, POST: 0 };
      echo(given);
    },
    http(req, res, next) {
      world.log.push([req.method, ++open[req.method]]);
      res.on("close", () => open[req.method]--);
      next();
    },
  };
}

/** What the server gets and sends while 300 events go each way: both lists of numbers. */
function bothWays({ io, log }) {
  io.on("connection", (socket) => {
    socket.on("up", (n) => log.push(n));
    socket.on("start", async (answer) => {
      for (let n = 0; n < 300; n++) {
        socket.emit("down", n);
        if (n % 10 === 0) await new Promise(setImmediate);
      }
      answer();
    });
  });
}

const upTo = (count) => Array.from({ length: count }, (_, n) => n);

export default [
  {
    rows: ["2.1 one GET and one POST"],
    title: "there is never more than one GET and one POST at a time",
    core: true,
    ...counting(),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"] });
      await next(socket, "connect");
      const answers = [];
      for (let n = 0; n < 20; n++) {
        answers.push(socket.emitWithAck("echo", n));
        if (n % 4 === 0) await answers.at(-1);
      }
      return Promise.all(answers);
    },
    expect(value, { log }) {
      assert.deepEqual(value, upTo(20));
      assert.ok(log.length > 10);
      for (const [method, open] of log) assert.equal(open, 1, method);
    },
  },
  {
    rows: ["2.1 POST"],
    title: "many emits go in few POSTs, as text, with a separator between the packets",
    core: true,
    server: echo,
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["polling"] });
      await next(socket, "connect");
      for (let n = 0; n < 100; n++) socket.emit("n", n);
      await until(() => tell("all"), "100 events at the server");
    },
    commands: { all: ({ log }) => log.length === 100 },
    expect(_, { log, requests }) {
      const posts = requests.filter(({ method }) => method === "POST");
      assert.deepEqual(log, upTo(100).map((n) => ["n", n]));
      assert.ok(posts.length <= 3, `${posts.length} POSTs`);
      for (const { headers } of posts) assert.equal(headers["content-type"].toLowerCase(), "text/plain;charset=utf-8");
      const packets = posts.flatMap(({ body }) => body.split("\x1e"));
      assert.deepEqual(packets, ["40", ...upTo(100).map((n) => `42["n",${n}]`)]);
    },
  },
  {
    rows: ["2.1 binary in polling"],
    title: "binary data goes by long-polling as base64",
    core: true,
    server: echo,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"] });
      await next(socket, "connect");
      const back = await new Promise((resolve) => socket.emit("echo", new Uint8Array([1, 2, 3]), resolve));
      return [...new Uint8Array(back)];
    },
    expect(value, world) {
      assert.deepEqual(value, [1, 2, 3]);
      const packets = bodies(world).flatMap((body) => body.split("\x1e"));
      assert.deepEqual(packets, ["40", '451-0["echo",{"_placeholder":true,"num":0}]', "bAQID"]);
    },
  },
  {
    rows: ["2.1 maxPayload"],
    title: "no POST is larger than the server takes, counted in bytes",
    core: true,
    options: { maxHttpBufferSize: 1_000 },
    server: echo,
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["polling"], reconnection: false });
      await next(socket, "connect");
      for (let n = 0; n < 30; n++) socket.emit("text", n, "é€😀".repeat(10));
      for (let n = 0; n < 10; n++) socket.emit("bytes", n, new Uint8Array(200));
      await until(() => tell("all"), "all events at the server");
      return socket.connected;
    },
    commands: { all: ({ log }) => log.length === 40 },
    expect(connected, world) {
      assert.equal(connected, true);
      assert.deepEqual(world.log.map(([, n]) => n), [...upTo(30), ...upTo(10)]);
      for (const body of bodies(world)) assert.ok(Buffer.byteLength(body) <= 1_000, `${Buffer.byteLength(body)} bytes`);
    },
  },
  {
    rows: ["2.1 maxPayload"],
    title: "what is too large for the server's WebSocket closes the connection with the code that says so",
    options: { maxHttpBufferSize: 1_000 },
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      await next(socket, "connect");
      const disconnected = next(socket, "disconnect");
      socket.emit("large", "x".repeat(2_000));
      const [reason, { context }] = await disconnected;
      return [reason, context.code];
    },
    expect: (value) => assert.deepEqual(value, ["transport close", 1009]),
  },
  {
    rows: ["2.1 upgrade"],
    title: "300 events each way during an upgrade arrive, once and in order",
    core: true,
    server: bothWays,
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["polling", "websocket"] });
      const down = [];
      const upgraded = next(socket.io.engine, "upgrade");
      socket.on("down", (n) => down.push(n));
      await next(socket, "connect");
      const sent = socket.emitWithAck("start");
      for (let n = 0; n < 300; n++) {
        socket.emit("up", n);
        if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
      await Promise.all([upgraded, sent]);
      await until(() => down.length >= 300, "300 events here");
      await until(() => tell("all"), "300 events at the server");
      return down;
    },
    commands: { all: ({ log }) => log.length >= 300 },
    expect(down, { log }) {
      assert.deepEqual(down, upTo(300));
      assert.deepEqual(log, upTo(300));
    },
  },
  {
    rows: ["2.1 upgrade"],
    title: "binary events during an upgrade keep their attachments",
    core: true,
    server({ io, log }) {
      io.on("connection", (socket) => socket.on("up", (n, bytes) => log.push(bytes.readUInt8(0) === n)));
    },
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["polling", "websocket"] });
      const upgraded = next(socket.io.engine, "upgrade");
      await next(socket, "connect");
      for (let n = 0; n < 100; n++) {
        socket.emit("up", n, new Uint8Array([n]));
        if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
      await upgraded;
      await until(() => tell("all"), "100 events at the server");
      return socket.connected;
    },
    commands: { all: ({ log }) => log.length >= 100 },
    expect: (_, { log }) => assert.deepEqual(log, Array(100).fill(true)),
  },
  {
    rows: ["2.1 upgrade"],
    title: "the probe, its answer and the upgrade packet are the protocol's",
    engine(socket, { log }) {
      socket.once("message", () => socket.send('0{"sid":"x"}'));
      socket.once("upgrading", (transport) => transport.on("packet", ({ type, data }) => log.push([type, data])));
      socket.on("message", (data) => log.push(["message", data]));
    },
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["polling", "websocket"] });
      await next(socket.io.engine, "upgrade");
      if (!socket.connected) await next(socket, "connect");
      socket.emit("after");
      await until(() => tell("done"), "the event at the server");
    },
    commands: { done: ({ log }) => log.some(([, data]) => data === '2["after"]') },
    expect(_, { log, requests }) {
      const [{ query, url }] = requests.filter(({ transport }) => transport === "websocket");
      assert.ok(query.sid && query.EIO === "4", url);
      assert.ok(log.some(([type]) => type === "upgrade"));
    },
  },
  {
    rows: ["2.1 upgrade corner"],
    title: "a probe that is answered by anything else fails the upgrade only",
    server: echo,
    async upgrade(req, socket) {
      const ws = await accept(req, socket);
      ws.on("message", () => ws.send("3nope"));
    },
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling", "websocket"], reconnection: false });
      const [{ message, transport }] = await next(socket.io.engine, "upgradeError");
      return [message, transport, await socket.emitWithAck("echo", 1), socket.io.engine.transport.name];
    },
    expect: (value) => assert.deepEqual(value, ["probe error", "websocket", 1, "polling"]),
  },
  {
    rows: ["2.1 upgrade corner"],
    title: "a connection that is closed while it probes closes the probe, too",
    async upgrade(req, socket) {
      const ws = await accept(req, socket);
      ws.on("message", () => {});
    },
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["polling", "websocket"] });
      await next(socket, "connect");
      await until(() => tell("probing"), "the probe's WebSocket");
      const failed = next(socket.io.engine, "upgradeError");
      socket.disconnect();
      const [{ message }] = await failed;
      await until(() => tell("closed"), "the end of the probe's WebSocket");
      return message;
    },
    commands: {
      probing: ({ requests }) => requests.some(({ transport }) => transport === "websocket"),
      closed: ({ requests }) => requests.find(({ transport }) => transport === "websocket").closed,
    },
    expect: (message) => assert.match(message, /^probe error/),
  },
  {
    rows: ["2.1 close"],
    title: "closing flushes what waits, then says so to the server",
    core: true,
    engine(socket, { log }) {
      const name = socket.transport.name;
      socket.once("message", () => socket.send('0{"sid":"x"}'));
      socket.on("message", (data) => log.push(data));
      socket.on("close", () => log.push(name));
    },
    async page({ io, next, url, until, tell }) {
      for (const name of ["polling", "websocket"]) {
        const socket = io(url, { transports: [name], forceNew: true });
        await next(socket, "connect");
        for (let n = 0; n < 20; n++) socket.emit("n", n);
        socket.disconnect();
        await until(() => tell("gone", name), "the end of the session");
      }
    },
    commands: { gone: ({ log }, name) => log.includes(name) },
    expect(_, { log }) {
      const seen = ["0", ...upTo(20).map((n) => `2["n",${n}]`), "1"];
      assert.deepEqual(log, [...seen, "polling", ...seen, "websocket"]);
    },
  },
  {
    rows: ["2.1 close"],
    title: "a connection that is closed ends at the server, too, not only its namespace",
    core: true,
    server: ({ io, log }) => io.engine.on("connection", (session) => session.on("close", (reason) => log.push(reason))),
    async page({ io, next, url, until, tell }) {
      for (const name of ["polling", "websocket"]) {
        const socket = io(url, { transports: [name], forceNew: true });
        await next(socket, "connect");
        socket.disconnect();
        await until(() => tell("gone"), `the end of the session by ${name}`);
      }
    },
    commands: { gone: ({ log }) => log.splice(0).length },
  },
  {
    rows: ["2.1 HTTP error bodies"],
    title: "what the server says to a refused request can be read in the error",
    core: true,
    options: { allowRequest: (req, answer) => answer("not you", !req.url.includes("case=refused")) },
    async page({ io, url }) {
      const told = (query, path) =>
        new Promise((resolve) => {
          const options = { transports: ["polling"], query, reconnection: false, forceNew: true, path };
          io(url, options).on("connect_error", ({ message, description, context }) =>
            resolve([message, description, context.responseText]),
          );
        });
      return [await told({ case: "refused" }), await told({ sid: "unknown" })];
    },
    expect([refused, unknown]) {
      assert.deepEqual(refused.slice(0, 2), ["xhr poll error", 403]);
      assert.match(refused[2], /"code":4,"message":"not you"/);
      // Ours asks, too, whether the load balancer is sticky.
      assert.match(unknown[0], /^xhr poll error/);
      assert.equal(unknown[1], 400);
      assert.match(unknown[2], /"code":1,"message":"Session ID unknown"/);
    },
  },
  {
    rows: ["2.1 HTTP error bodies", "2.1 handshake"],
    title: "a session that the server has lost ends with a transport error, and a new one begins",
    core: true,
    server({ io }) {
      const forget = (socket) => (answer) => (answer(), delete io.engine.clients[socket.conn.id]);
      io.on("connection", (socket) => socket.on("forget", forget(socket)));
    },
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"], reconnectionDelay: 10 });
      await next(socket, "connect");
      const { id } = socket.io.engine;
      const disconnected = next(socket, "disconnect");
      await socket.emitWithAck("forget").catch(() => "lost at once");
      socket.emit("anything");
      const [reason, { message, description }] = await disconnected;
      await next(socket, "connect");
      return [reason, message, description, socket.io.engine.id !== id];
    },
    expect([reason, message, ...rest]) {
      // Whichever request comes to the server first.
      assert.match(message, /^xhr (poll|post) error/);
      assert.deepEqual([reason, ...rest], ["transport error", 400, true]);
    },
  },
];
