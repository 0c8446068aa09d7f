// 1.5: what the options change in each request: headers, cookies, forms of binary data, time limits.

import assert from "node:assert/strict";
import { echo } from "../support/by-hand.mjs";
import { alias } from "../support/alias.mjs";

const polls = ({ requests }) => requests.filter(({ transport }) => transport === "polling");
const webSockets = ({ requests }) => requests.filter(({ transport }) => transport === "websocket");

export default [
  {
    rows: ["1.5 rememberUpgrade"],
    title: "rememberUpgrade begins with the WebSocket that was reached by an upgrade before",
    async page({ io, next, url }) {
      const options = { transports: ["polling", "websocket"], rememberUpgrade: true, forceNew: true };
      const first = io(url, { ...options, query: { nth: 1 } });
      await next(first, "connect");
      if (first.io.engine.transport.name === "polling") await next(first.io.engine, "upgrade");
      await next(io(url, { ...options, query: { nth: 2 } }), "connect");
    },
    expect(_, { requests }) {
      const begins = ["1", "2"].map((nth) => requests.find(({ query }) => query.nth === nth).transport);
      assert.deepEqual(begins, ["polling", "websocket"]);
    },
  },
  {
    rows: ["1.5 rememberUpgrade"],
    title: "rememberUpgrade says nothing of a server where no upgrade has been",
    fault: "remembers for all servers at once",
    fails: /'websocket'/,
    async page({ io, next, url }) {
      const options = { transports: ["polling", "websocket"], rememberUpgrade: true, forceNew: true };
      const first = io(url, { ...options, query: { nth: 1 } });
      await next(first, "connect");
      if (first.io.engine.transport.name === "polling") await next(first.io.engine, "upgrade");
      await next(io(url.replace("127.0.0.1", "localhost"), { ...options, query: { nth: 2 } }), "connect");
    },
    expect: (_, { requests }) =>
      assert.equal(requests.find(({ query }) => query.nth === "2").transport, "polling"),
  },
  {
    rows: ["1.5 forceBase64", "2.1 WS frames"],
    title: "forceBase64 sends binary data as text over a WebSocket, and says so in the address",
    engine(socket, { log }) {
      const { socket: ws } = socket.transport;
      ws.on("message", (data, isBinary) => log.push(isBinary ? "binary" : String(data)));
      socket.once("message", () => socket.send('0{"sid":"x"}'));
    },
    async page({ io, next, url, tell, until }) {
      const socket = io(url, { transports: ["websocket"], forceBase64: true });
      await next(socket, "connect");
      socket.emit("a", new Uint8Array([1, 2, 3]).buffer);
      await until(() => tell("frames").then((count) => count === 3), "three frames");
    },
    commands: { frames: ({ log }) => log.length },
    expect(_, { log, requests: [{ query }] }) {
      assert.deepEqual(log, ["40", '451-["a",{"_placeholder":true,"num":0}]', "bAQID"]);
      assert.equal(query.b64, "1");
    },
  },
  {
    rows: ["1.5 forceBase64"],
    title: "forceBase64 receives binary data as without it",
    core: true,
    server: echo,
    async page({ io, next, url }) {
      const bytes = new Uint8Array([0, 127, 255, 3]);
      const echoed = async (name) => {
        const socket = io(url, { transports: [name], forceBase64: true, forceNew: true });
        await next(socket, "connect");
        const back = await new Promise((resolve) => socket.emit("echo", "x", bytes, (...args) => resolve(args[1])));
        return [back instanceof ArrayBuffer, ...new Uint8Array(back)];
      };
      return [await echoed("polling"), await echoed("websocket")];
    },
    expect(value, world) {
      const back = [true, 0, 127, 255, 3];
      assert.deepEqual(value, [back, back]);
      assert.equal(polls(world)[0].query.b64, "1");
    },
  },
  {
    rows: ["1.5 timestampRequests"],
    title: "each poll has a stamp of its own, against caches; a WebSocket has none",
    server: echo,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"] });
      await next(socket, "connect");
      for (let i = 0; i < 3; i++) await socket.emitWithAck("echo", i);
      await next(io(url, { transports: ["websocket"], forceNew: true }), "connect");
    },
    expect(_, world) {
      const stamps = polls(world).map(({ query }) => query.t);
      for (const stamp of stamps) assert.match(stamp, /^[\w.-]{5,}$/);
      assert.equal(new Set(stamps).size, stamps.length);
      assert.equal(webSockets(world)[0].query.t, undefined);
    },
  },
  {
    rows: ["1.5 timestampRequests"],
    title: "timestampRequests: false leaves the stamp away, true puts it on a WebSocket as well",
    async page({ io, next, url }) {
      await next(io(url, { transports: ["polling"], timestampRequests: false }), "connect");
      await next(io(url, { transports: ["websocket"], timestampRequests: true, forceNew: true }), "connect");
    },
    expect(_, world) {
      for (const { query } of polls(world)) assert.equal(query.t, undefined);
      assert.match(webSockets(world)[0].query.t, /^[\w.-]{5,}$/);
    },
  },
  {
    rows: ["1.5 timestampRequests"],
    title: "timestampParam names the stamp",
    async page({ io, next, url }) {
      await next(io(url, { transports: ["polling"], timestampParam: "now" }), "connect");
      const options = { transports: ["websocket"], timestampRequests: true, timestampParam: "now" };
      await next(io(url, { ...options, forceNew: true }), "connect");
    },
    expect(_, { requests }) {
      for (const { query } of requests) assert.ok(query.now && !query.t);
    },
  },
  {
    rows: ["1.5 requestTimeout"],
    title: "a request that takes longer than requestTimeout is an error",
    http: () => {},
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"], requestTimeout: 100, reconnection: false });
      const [error] = await next(socket, "connect_error", 2_000);
      return error.message;
    },
    expect: (message) => assert.equal(message, "xhr poll error"),
  },
  {
    rows: ["1.5 withCredentials"],
    title: "withCredentials sends cookies to another origin, and not having it does not",
    core: true,
    commands: { otherOrigin: ({ io, port }) => alias(port, io.httpServer) },
    async page({ io, next, client, tell }) {
      document.cookie = "flavour=salty; path=/";
      const origin = await tell("otherOrigin");
      for (const kind of ["polling", client.Fetch]) {
        for (const withCredentials of [false, true]) {
          const query = { with: withCredentials };
          await next(io(origin, { transports: [kind], withCredentials, query, forceNew: true }), "connect");
        }
      }
      document.cookie = "flavour=; path=/; max-age=0";
    },
    expect(_, world) {
      // The cookie may be gone again before the last requests.
      const sent = polls(world).filter(({ method, query }) => method === "POST" || !query.sid);
      assert.ok(sent.length >= 8);
      for (const { headers, query } of sent) {
        assert.equal(headers.cookie, query.with === "true" ? "flavour=salty" : undefined);
      }
    },
  },
  {
    rows: ["1.5 withCredentials", "1.9 Fetch"],
    title: "fetch sends cookies to the page's own origin, as XMLHttpRequest does",
    differs: "the reference sends none at all, so that a load balancer that goes by cookies loses the session",
    async page({ io, next, client, url }) {
      document.cookie = "flavour=salty; path=/";
      await next(io(url, { transports: [client.Fetch] }), "connect");
      document.cookie = "flavour=; path=/; max-age=0";
    },
    expect(_, world) {
      // The cookie may be gone again before the last request.
      const sent = polls(world).filter(({ method, query }) => method === "POST" || !query.sid);
      assert.ok(sent.length >= 2);
      for (const { headers } of sent) assert.match(headers.cookie, /flavour=salty/);
    },
  },
  {
    rows: ["1.5 extraHeaders"],
    title: "extraHeaders go with each request of long-polling",
    core: true,
    server: echo,
    async page({ io, next, url, client }) {
      for (const kind of ["polling", client.Fetch]) {
        const options = { transports: [kind], extraHeaders: { "x-who": "me", Authorization: "Bearer 1" } };
        const socket = io(url, { ...options, forceNew: true });
        await next(socket, "connect");
        await socket.emitWithAck("echo", 1);
      }
    },
    expect(_, { requests }) {
      assert.ok(requests.length >= 8);
      for (const { headers } of requests) {
        assert.deepEqual([headers["x-who"], headers.authorization], ["me", "Bearer 1"]);
      }
    },
  },
  {
    rows: ["1.5 extraHeaders"],
    title: "extraHeaders cannot go with a WebSocket, which connects all the same",
    async page({ io, next, url }) {
      await next(io(url, { transports: ["websocket"], extraHeaders: { "x-who": "me" } }), "connect");
    },
    expect: (_, { requests: [{ headers }] }) => assert.equal(headers["x-who"], undefined),
  },
  {
    rows: ["1.5 extraHeaders"],
    title: "a header that no browser sends is left out without an error",
    async page({ io, next, url }) {
      const extraHeaders = { Host: "evil", "x-who": "me", "not a header": "x" };
      await next(io(url, { transports: ["polling"], extraHeaders }), "connect");
    },
    expect(_, { requests: [{ headers }] }) {
      assert.equal(headers["x-who"], "me");
      assert.notEqual(headers.host, "evil");
    },
  },
  {
    rows: ["1.5 transportOptions"],
    title: "transportOptions are for one transport only",
    async page({ io, next, url }) {
      const transportOptions = {
        polling: { extraHeaders: { "x-who": "poll" }, timestampParam: "p" },
        websocket: { timestampRequests: true, timestampParam: "w" },
      };
      const options = { transportOptions, forceNew: true };
      await next(io(url, { ...options, transports: ["polling"] }), "connect");
      await next(io(url, { ...options, transports: ["websocket"] }), "connect");
    },
    expect(_, world) {
      for (const { headers, query } of polls(world)) assert.ok(headers["x-who"] === "poll" && query.p && !query.w);
      for (const { query } of webSockets(world)) assert.ok(query.w && !query.p);
    },
  },
  {
    rows: ["1.5 transportOptions"],
    title: "a query in transportOptions goes with that transport's requests",
    fault: "sends it in place of what the protocol needs",
    fails: /no "connect"/,
    async page({ io, next, url }) {
      const transportOptions = { polling: { query: { by: "polling" } }, websocket: { query: { by: "websocket" } } };
      const options = { transportOptions, forceNew: true };
      await next(io(url, { ...options, transports: ["polling"] }), "connect", 1_000);
      await next(io(url, { ...options, transports: ["websocket"] }), "connect", 1_000);
    },
    expect(_, { requests }) {
      for (const { query } of requests) assert.equal(query.by, query.transport);
    },
  },
  {
    rows: ["1.5 protocols"],
    title: "protocols are offered to the server as WebSocket sub-protocols",
    async page({ io, next, url }) {
      const offer = (protocols) => next(io(url, { transports: ["websocket"], protocols, forceNew: true }), "connect");
      await offer(["first", "second"]);
      await offer("alone");
      await offer(undefined);
    },
    expect(_, { requests }) {
      const offered = requests.map(({ headers }) => headers["sec-websocket-protocol"]?.replaceAll(" ", ""));
      assert.deepEqual(offered, ["first,second", "alone", undefined]);
    },
  },
  {
    rows: ["1.5 closeOnBeforeunload"],
    title: "a page that asks before it is left keeps its connection",
    server: echo,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"] });
      await next(socket, "connect");
      dispatchEvent(new Event("beforeunload"));
      return socket.emitWithAck("echo", "still here");
    },
    expect: (value) => assert.equal(value, "still here"),
  },
  {
    rows: ["1.5 closeOnBeforeunload"],
    title: "closeOnBeforeunload closes silently, and emitting later does not throw",
    server: ({ io, log }) => io.on("connection", (s) => s.on("disconnect", () => log.push("gone"))),
    async page({ io, next, url, until, tell }) {
      const seen = [];
      for (const name of ["polling", "websocket"]) {
        const socket = io(url, { transports: [name], closeOnBeforeunload: true, forceNew: true });
        await next(socket, "connect");
        socket.on("disconnect", (reason) => seen.push(reason));
        dispatchEvent(new Event("beforeunload"));
        socket.emit("too late");
        await until(() => tell("gone").then((count) => count > 0), "the server's disconnect");
      }
      return seen;
    },
    commands: { gone: ({ log }) => log.splice(0).length },
    expect: (seen) => assert.deepEqual(seen, []),
  },
  {
    rows: ["1.5 closeOnBeforeunload"],
    title: "closeOnBeforeunload: a page that stays after all is told of the end, and connected again",
    differs: "the reference notices it by its ping timeout",
    server: echo,
    async page({ io, next, url }) {
      const options = { closeOnBeforeunload: true, forceNew: true, reconnectionDelay: 10 };
      const results = [];
      for (const name of ["polling", "websocket"]) {
        const socket = io(url, { ...options, transports: [name] });
        await next(socket, "connect");
        dispatchEvent(new Event("beforeunload"));
        const kept = socket.emitWithAck("echo", name);
        const [reason] = await next(socket, "disconnect", 10_000);
        results.push(reason, await kept);
      }
      return results;
    },
    expect: (results) => assert.deepEqual(results, ["forced close", "polling", "forced close", "websocket"]),
  },
  {
    rows: ["1.5 useNativeTimers"],
    title: "time is the page's: while its clock stands still there is no reconnection",
    http: (req, res) => res.writeHead(500).end(),
    async page({ io, url }) {
      const native = window.setTimeout;
      const pause = () => new Promise((resolve) => native(resolve, 10));
      const waiting = [];
      let failures = 0;
      // What is due at once is not held back.
      window.setTimeout = (call, ms, ...args) => (ms >= 20 ? waiting.push(call) : native(call, ms, ...args));
      try {
        const options = { transports: ["polling"], reconnectionDelay: 50, randomizationFactor: 0, timeout: false };
        const socket = io(url, options).on("connect_error", () => failures++);
        const seen = async (count) => {
          for (let i = 0; i < 100 && failures < count; i++) await pause();
          return failures;
        };
        await seen(1);
        for (let i = 0; i < 20; i++) await pause();
        const held = failures;
        waiting.splice(0).forEach((call) => call());
        await seen(2);
        socket.disconnect();
        return [held, failures];
      } finally {
        window.setTimeout = native;
      }
    },
    expect: (value) => assert.deepEqual(value, [1, 2]),
  },
  {
    rows: ["1.5 useNativeTimers"],
    title: "useNativeTimers changes nothing",
    differs: "timers are those that the page has when they are set: who replaces them for a test wants just that",
    async page({ io, next, url }) {
      await next(io(url, { transports: ["polling"], useNativeTimers: true }), "connect");
    },
  },
  {
    rows: ["1.5 autoUnref", "1.5 agent"],
    title: "what only Node can do is accepted and changes nothing",
    async page({ io, next, url }) {
      const files = { pfx: "x", key: "x", passphrase: "x", cert: "x", ca: "x", ciphers: "x" };
      const rest = { agent: false, rejectUnauthorized: false, perMessageDeflate: { threshold: 1 } };
      const more = { localAddress: "::1", family: 6, origin: "http://x", maxPayload: 1, checkServerIdentity() {} };
      for (const name of ["polling", "websocket"]) {
        const socket = io(url, { transports: [name], ...files, ...rest, ...more, forceNew: true });
        await next(socket, "connect");
      }
    },
  },
  {
    rows: ["1.5 extraHeaders", "1.5 transports"],
    title: "with extraHeaders, and no order of transports, the server sees them as the session begins",
    core: true,
    server: ({ io }) => io.use(({ handshake }, go) => go(handshake.headers["x-mine"] ? undefined : new Error("none"))),
    async page({ io, next, url }) {
      const extraHeaders = { "x-mine": "1" };
      const forms = [{ extraHeaders }, { transportOptions: { polling: { extraHeaders } } }];
      for (const [nth, form] of forms.entries()) {
        await next(io(url, { ...form, query: { nth }, forceNew: true }), "connect");
      }
    },
    expect(_, { requests }) {
      const firsts = ["0", "1"].map((nth) => requests.find(({ query }) => query.nth === nth));
      assert.deepEqual(firsts.map(({ transport, headers }) => [transport, headers["x-mine"]]), Array(2).fill(["polling", "1"]));
    },
  },
];
