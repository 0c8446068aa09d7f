// 1.5: where the engine connects to, by which transports, and what goes into each address.

import assert from "node:assert/strict";
import { echo, refuseWebSockets } from "../support/by-hand.mjs";

const polls = ({ requests }) => requests.filter(({ transport }) => transport === "polling");
const webSockets = ({ requests }) => requests.filter(({ transport }) => transport === "websocket");

/** The address of the first request that is made by `start()`. */
async function firstAddress(start) {
  const { open } = XMLHttpRequest.prototype;
  try {
    return await new Promise((resolve) => {
      XMLHttpRequest.prototype.open = function (method, address, ...rest) {
        resolve(String(address));
        return open.call(this, method, address, ...rest);
      };
      start();
    });
  } finally {
    XMLHttpRequest.prototype.open = open;
  }
}

export default [
  {
    rows: ["1.5 host"],
    title: "hostname, port and secure say where the server is",
    core: true,
    async page({ Manager, next }) {
      const { hostname, port } = location;
      const manager = new Manager({ hostname, port, secure: false, transports: ["websocket"] });
      const socket = manager.socket("/");
      await next(socket, "connect");
      const { engine } = manager;
      return [engine.hostname === hostname, String(engine.port) === port, engine.secure];
    },
    expect: (value) => assert.deepEqual(value, [true, true, false]),
  },
  {
    rows: ["1.5 host"],
    title: "host is another word for hostname",
    async page({ Manager, next }) {
      const { hostname: host, port } = location;
      const socket = new Manager({ host, port, transports: ["polling"] }).socket("/");
      await next(socket, "connect");
    },
  },
  {
    rows: ["1.5 host"],
    title: "without an address it is the page's",
    async page({ Manager, next }) {
      const manager = new Manager({ transports: ["polling"] });
      await next(manager.socket("/"), "connect");
      const { engine } = manager;
      return [engine.hostname === location.hostname, String(engine.port) === location.port, engine.secure];
    },
    expect: (value) => assert.deepEqual(value, [true, true, false]),
  },
  {
    rows: ["1.5 host"],
    title: "the port follows from secure where it is not named",
    helpers: [firstAddress],
    page: async ({ Manager }) => {
      const address = (options) =>
        firstAddress(() => new Manager({ hostname: "no.invalid", transports: ["polling"], ...options }));
      return [await address({ secure: false }), await address({ secure: true })];
    },
    expect: ([plain, secure]) => {
      assert.match(plain, /^http:\/\/no\.invalid\/socket\.io\/\?/);
      assert.match(secure, /^https:\/\/no\.invalid\/socket\.io\/\?/);
    },
  },
  {
    rows: ["1.5 host"],
    title: "a port alone is one of the page's host",
    helpers: [firstAddress],
    page: async ({ Manager }) => {
      const options = { port: 9, transports: ["polling"], reconnection: false };
      return [await firstAddress(() => new Manager(options)), location.hostname];
    },
    expect: ([address, hostname]) => assert.ok(address.startsWith(`http://${hostname}:9/socket.io/?`), address),
  },
  {
    rows: ["1.5 host"],
    title: "an IPv6 hostname gets its brackets",
    helpers: [firstAddress],
    page: async ({ Manager }) => {
      const options = { hostname: "::1", port: 9, transports: ["polling"], reconnection: false };
      return firstAddress(() => new Manager(options));
    },
    expect: (address) => assert.match(address, /^http:\/\/\[::1\]:9\/socket\.io\/\?/),
  },
  {
    rows: ["1.5 query"],
    title: "the query goes with every request and with the WebSocket's address",
    core: true,
    server: echo,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling", "websocket"], query: { room: "a b", "k&": "v=w", n: 1 } });
      await next(socket, "connect");
      await socket.emitWithAck("echo", 1);
      if (socket.io.engine.transport.name !== "websocket") await next(socket.io.engine, "upgrade");
    },
    expect(_, world) {
      assert.ok(polls(world).length > 2 && webSockets(world).length === 1);
      for (const { query, url } of world.requests) {
        assert.equal(`${query.room},${query["k&"]},${query.n}`, "a b,v=w,1");
        assert.match(url, /room=a%20b&k%26=v%3Dw/);
      }
    },
  },
  {
    rows: ["1.5 query"],
    title: "a query's undefined and null are sent as words",
    async page({ io, next, url }) {
      await next(io(url, { transports: ["websocket"], query: { a: undefined, b: null, c: [1, 2] } }), "connect");
    },
    expect(_, { requests: [{ query }] }) {
      assert.deepEqual([query.a, query.b, query.c], ["undefined", "null", "1,2"]);
    },
  },
  {
    rows: ["1.5 query"],
    title: "a query may be text, with more than one = in a value",
    async page({ io, next, url }) {
      await next(io(url, { transports: ["websocket"], query: "a=b=c&d=%26e" }), "connect");
    },
    expect: (_, { requests: [{ query }] }) => assert.deepEqual([query.a, query.d], ["b=c", "&e"]),
  },
  {
    rows: ["1.5 query"],
    title: "the server finds the query in its handshake",
    server: ({ io, log }) => io.on("connection", (socket) => log.push(socket.handshake.query.token)),
    async page({ io, next, url }) {
      await next(io(`${url}/?token=from-address`, { transports: ["websocket"] }), "connect");
      await next(io(url, { transports: ["polling"], query: { token: "from-options" }, forceNew: true }), "connect");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["from-address", "from-options"]),
  },
  {
    rows: ["1.5 path"],
    title: "the path is asked for with a slash at its end, however it is given",
    options: { path: "/deep/path/" },
    async page({ io, next, url }) {
      await next(io(url, { path: "/deep/path", transports: ["polling"] }), "connect");
      await next(io(url, { path: "/deep/path/", transports: ["websocket"], forceNew: true }), "connect");
    },
    expect: (_, { requests }) => requests.forEach(({ url }) => assert.match(url, /^\/deep\/path\/\?/)),
  },
  {
    rows: ["1.5 addTrailingSlash"],
    title: "addTrailingSlash: false leaves the slash away",
    options: { path: "/plain", addTrailingSlash: false },
    async page({ io, next, url }) {
      const options = { path: "/plain", addTrailingSlash: false, forceNew: true };
      await next(io(url, { ...options, transports: ["polling"] }), "connect");
      await next(io(url, { ...options, transports: ["websocket"] }), "connect");
    },
    expect: (_, { requests }) => requests.forEach(({ url }) => assert.match(url, /^\/plain\?/)),
  },
  {
    rows: ["1.5 transports"],
    title: "only the transports that are named are used",
    core: true,
    server: echo,
    async page({ io, next, url }) {
      const used = async (name) => {
        const socket = io(url, { transports: [name], query: { only: name }, forceNew: true });
        await next(socket, "connect");
        await socket.emitWithAck("echo", 1);
        return socket.io.engine.transport.name;
      };
      return [await used("polling"), await used("websocket")];
    },
    expect(value, { requests }) {
      assert.deepEqual(value, ["polling", "websocket"]);
      for (const { query } of requests) assert.equal(query.transport, query.only);
    },
  },
  {
    rows: ["1.5 transports"],
    title: "the first transport that is named is the first to be tried",
    async page({ io, next, url }) {
      const first = (transports) => next(io(url, { transports, upgrade: false, forceNew: true }), "connect");
      await first(["polling", "websocket"]);
      await first(["websocket", "polling"]);
    },
    expect(_, { requests }) {
      const begun = requests.filter(({ query }) => !query.sid).map(({ transport }) => transport);
      assert.deepEqual(begun, ["polling", "websocket"]);
    },
  },
  {
    rows: ["1.5 transports", "1.9 WebSocket"],
    title: "a WebSocket that is refused is followed by long-polling",
    core: true,
    fault: "tries the first transport only",
    fails: /no "connect"/,
    upgrade: refuseWebSockets,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket", "polling"], reconnectionDelay: 10 });
      await next(socket, "connect", 1_500);
      return socket.io.engine.transport.name;
    },
    expect: (name) => assert.equal(name, "polling"),
  },
  {
    rows: ["1.5 transports"],
    title: "an unknown transport is refused with a TypeError",
    page({ Manager, url }) {
      try {
        new Manager(url, { transports: ["pigeon"] });
      } catch (error) {
        return error instanceof TypeError;
      }
    },
    expect: (value) => assert.equal(value, true),
  },
  {
    rows: ["1.5 transports"],
    title: "an empty list of transports is an error that can be heard",
    async page({ io, next, url }) {
      const socket = io(url, { transports: [], reconnection: false });
      const [error] = await next(socket, "connect_error");
      return error.message ?? error;
    },
    expect: (message) => assert.equal(message, "No transports available"),
  },
  {
    rows: ["1.5 transports", "1.9 Fetch"],
    title: "transports may be classes",
    server: echo,
    async page({ io, next, url, client }) {
      const options = { transports: [client.XHR, client.WebSocket], query: { case: "mixed" } };
      const socket = io(url, options);
      await next(socket, "connect");
      if (socket.io.engine.transport.name === "polling") await next(socket.io.engine, "upgrade");
      return socket.io.engine.transport.name;
    },
    expect(name, { requests: [first] }) {
      assert.equal(name, "websocket");
      assert.equal(first.transport, "polling");
    },
  },
  {
    rows: ["1.5 transportImplementations"],
    title: "transportImplementations takes the classes, too",
    async page({ io, next, url, client }) {
      const socket = io(url, { transportImplementations: [client.WebSocket] });
      await next(socket, "connect");
      return socket.io.engine.transport.name;
    },
    expect(name, { requests }) {
      assert.equal(name, "websocket");
      assert.equal(requests.length, 1);
    },
  },
  {
    rows: ["1.5 transportImplementations"],
    title: "transportImplementations beside transports is refused",
    page({ Manager, url, client }) {
      try {
        new Manager(url, { transports: ["polling"], transportImplementations: [client.XHR] });
      } catch ({ message }) {
        return message;
      }
    },
    expect: (message) =>
      assert.match(message, /'transportImplementations' and 'transports' options is not supported/),
  },
  {
    rows: ["1.5 tryAllTransports"],
    title: "tryAllTransports goes on to the next transport on an error",
    core: true,
    upgrade: refuseWebSockets,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket", "polling"], tryAllTransports: true });
      await next(socket, "connect");
      return socket.io.engine.transport.name;
    },
    expect: (name) => assert.equal(name, "polling"),
  },
  {
    rows: ["1.5 tryAllTransports"],
    title: "a WebSocket that stays silent is followed by long-polling",
    core: true,
    fault: "waits for the WebSocket until the time-out, again and again",
    fails: /no "connect"/,
    upgrade: () => {},
    async page({ io, next, url }) {
      const transports = ["websocket", "polling"];
      const options = { transports, tryAllTransports: true, fallbackDelay: 100, timeout: 1_000, reconnectionDelay: 10 };
      const socket = io(url, options);
      await next(socket, "connect", 2_000);
      return socket.io.engine.transport.name;
    },
    expect: (name) => assert.equal(name, "polling"),
  },
  {
    rows: ["1.5 upgrade"],
    title: "long-polling is upgraded to WebSocket",
    core: true,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling", "websocket"] });
      await next(socket, "connect");
      const { engine } = socket.io;
      if (engine.transport.name === "polling") await next(engine, "upgrade");
      return engine.transport.name;
    },
    expect: (name) => assert.equal(name, "websocket"),
  },
  {
    rows: ["1.5 upgrade"],
    title: "upgrade: false stays on long-polling",
    server: echo,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling", "websocket"], upgrade: false });
      await next(socket, "connect");
      for (let i = 0; i < 3; i++) await socket.emitWithAck("echo", i);
    },
    expect: (_, world) => assert.equal(webSockets(world).length, 0),
  },
];
