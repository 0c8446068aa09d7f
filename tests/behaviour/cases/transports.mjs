// 1.9: the transports: how each fails, and what it needs of the browser.

import assert from "node:assert/strict";
import { accept, answering, echo, handshake, pollingByHand, refuseWebSockets } from "../support/by-hand.mjs";

const isPost = ({ method, url }) => method === "POST" && url.includes("case=post");

/** What a TransportError says, read while it is told: the request is at hand during the event only. */
function errorOf(emitter, event) {
  return new Promise((resolve) => {
    emitter.once(event, (...args) => {
      const error = args.find((arg) => arg instanceof Error);
      const { message, type, description, context, code } = error;
      resolve({ message, type, description, code, status: context?.status, kind: context?.constructor?.name });
    });
  });
}

/** The first error of a connection by one transport. */
async function firstError(io, url, transport) {
  const socket = io(url, { transports: [transport], reconnection: false, forceNew: true });
  return errorOf(socket, "connect_error");
}

export default [
  {
    rows: ["1.9 XHR"],
    title: "any status but 200 is an error that carries the status and the request",
    core: true,
    http: (req, res) => res.writeHead(Number(req.headers["x-status"])).end(),
    helpers: [errorOf],
    page: async ({ io, url }) => {
      const errors = [];
      for (const status of [204, 302, 404, 500, 502]) {
        const options = { transports: ["polling"], extraHeaders: { "x-status": status }, reconnection: false };
        errors.push(await errorOf(io(url, { ...options, forceNew: true }), "connect_error"));
      }
      return errors;
    },
    expect(errors) {
      const seen = errors.map(({ message, type, description, status, kind }) =>
        [message, type, description === status && status, kind].join());
      const told = (status) => `xhr poll error,TransportError,${status},XMLHttpRequest`;
      assert.deepEqual(seen, [204, 302, 404, 500, 502].map(told));
    },
  },
  {
    rows: ["1.9 XHR"],
    title: "a POST that fails is another error, and ends the connection",
    core: true,
    http: answering(isPost, 503),
    helpers: [errorOf],
    page: async ({ io, url }) => {
      const options = { transports: ["polling"], reconnection: false, query: { case: "post" } };
      return errorOf(io(url, options).io.engine, "close");
    },
    expect: ({ message, description, kind }) =>
      assert.deepEqual([message, description, kind], ["xhr post error", 503, "XMLHttpRequest"]),
  },
  {
    rows: ["1.9 XHR", "2.1 parser error"],
    title: "a captive portal's page in place of the answer is a parser error",
    core: true,
    http: (req, res) => res.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>Please log in"),
    helpers: [errorOf, firstError],
    page: ({ io, url }) => firstError(io, url, "polling"),
    expect: ({ message, code }) => assert.deepEqual([message, code], ["server error", "parser error"]),
  },
  {
    rows: ["1.9 XHR"],
    title: "a server that cannot be reached is an error without a status",
    http: (req) => req.socket.destroy(),
    helpers: [errorOf, firstError],
    page: ({ io, url }) => firstError(io, url, "polling"),
    expect: ({ message, description }) => assert.deepEqual([message, description], ["xhr poll error", 0]),
  },
  {
    rows: ["1.9 XHR", "2.1 close"],
    title: "closing does not abort the request that waits: the server answers it",
    server: ({ io, log }) => io.on("connection", (socket) => socket.on("disconnect", (reason) => log.push(reason))),
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["polling"] });
      await next(socket, "connect");
      // A request that is on its way still would find the session ended.
      await until(() => tell("waiting"), "a request that waits at the server");
      socket.disconnect();
      await until(() => tell("answered"), "an answer to each request");
    },
    commands: {
      // The handshake, the answer to CONNECT, and the one that waits.
      waiting: ({ requests }) => requests.filter(({ method }) => method === "GET").length > 2,
      answered: ({ requests, log }) => log.length > 0 && requests.every(({ status }) => status),
    },
    expect(_, { log, requests }) {
      assert.deepEqual(log, ["client namespace disconnect"]);
      for (const { status } of requests) assert.equal(status, 200);
    },
  },
  {
    rows: ["1.9 XHR", "2.1 close"],
    title: "closing does not abort the request that waits, though it is answered after the last POST",
    ...pollingByHand((number, res) => {
      if (number < 2) return [handshake(), '40{"sid":"x"}'][number];
      setTimeout(() => res.end("6"), 60);
    }),
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["polling"], reconnection: false });
      await next(socket, "connect");
      socket.disconnect();
      await until(() => tell("ended"), "an end of each request");
    },
    commands: {
      ended: ({ requests }) => requests.some(({ body }) => body === "1") && requests.every(({ closed }) => closed),
    },
    expect(_, { requests }) {
      for (const { status } of requests) assert.equal(status, 200);
    },
  },
  {
    rows: ["1.9 Fetch"],
    title: "long-polling by fetch, both ways and with binary data",
    core: true,
    server: echo,
    async page({ io, next, url, client }) {
      let used = 0;
      const { open } = XMLHttpRequest.prototype;
      XMLHttpRequest.prototype.open = function (...args) {
        used++;
        return open.apply(this, args);
      };
      const socket = io(url, { transports: [client.Fetch] });
      await next(socket, "connect");
      const answer = (...args) => new Promise((resolve) => socket.emit("echo", ...args, (...back) => resolve(back)));
      const [text, binary] = await answer("é", new Uint8Array([1, 2, 255]));
      return [used, text, [...new Uint8Array(binary)], socket.io.engine.transport.name];
    },
    expect: (value) => assert.deepEqual(value, [0, "é", [1, 2, 255], "polling"]),
  },
  {
    rows: ["1.9 Fetch"],
    title: "fetch's errors carry the status and the answer",
    core: true,
    http(req, res, next) {
      const isSession = req.url.includes("case=post") && req.method === "GET";
      return isSession ? next() : res.writeHead(418).end();
    },
    helpers: [errorOf, firstError],
    page: async ({ io, url, client }) => {
      const options = { transports: [client.Fetch], reconnection: false, query: { case: "post" } };
      return [await firstError(io, url, client.Fetch), await errorOf(io(url, options).io.engine, "close")];
    },
    expect(errors) {
      const seen = errors.map(({ message, description, kind }) => [message, description, kind]);
      assert.deepEqual(seen, [["fetch read error", 418, "Response"], ["fetch write error", 418, "Response"]]);
    },
  },
  {
    rows: ["1.9 Fetch"],
    title: "the answer in an error of fetch is still to be read",
    core: true,
    http: (req, res) => res.writeHead(418).end("a teapot"),
    async page({ io, next, url, client }) {
      const [error] = await next(io(url, { transports: [client.Fetch], reconnection: false }), "connect_error");
      return [error.description, await error.context.text()];
    },
    expect: (result) => assert.deepEqual(result, [418, "a teapot"]),
  },
  {
    rows: ["1.9 Fetch"],
    title: "an answer that breaks off is an error of fetch with the status all the same",
    http(req, res) {
      res.writeHead(502, { "content-length": 100 });
      res.write("half", () => res.socket.end());
    },
    async page({ io, next, url, client }) {
      const [error] = await next(io(url, { transports: [client.Fetch], reconnection: false }), "connect_error");
      return [error.message, error.description];
    },
    expect: (result) => assert.deepEqual(result, ["fetch read error", 502]),
  },
  {
    rows: ["1.9 Fetch", "1.9 XHR", "2.1 HTTP error bodies"],
    title: "a session that the server does not know: the error names what is mostly to blame, by fetch, too",
    differs: "the reference's error is the same as any other",
    commands: { forget: ({ io }) => Object.keys(io.engine.clients).forEach((id) => delete io.engine.clients[id]) },
    async page({ io, next, url, client, tell }) {
      const messages = [];
      for (const kind of [client.XHR, client.Fetch]) {
        const socket = io(url, { transports: [kind], reconnection: false, forceNew: true });
        await next(socket, "connect");
        const end = next(socket, "disconnect");
        await tell("forget");
        socket.emit("anything");
        messages.push((await end)[1].message);
      }
      return messages;
    },
    expect(messages) {
      const [xhr, fetch] = messages;
      assert.match(xhr, /^xhr (poll|post) error: session unknown: is the load balancer sticky\?$/);
      assert.match(fetch, /^fetch (read|write) error: session unknown: is the load balancer sticky\?$/);
    },
  },
  {
    rows: ["1.9 Fetch"],
    title: "a server that cannot be reached is a fetch read error",
    http: (req) => req.socket.destroy(),
    helpers: [errorOf, firstError],
    page: ({ io, url, client }) => firstError(io, url, client.Fetch),
    expect: ({ message }) => assert.equal(message, "fetch read error"),
  },
  {
    rows: ["1.9 Fetch", "1.5 requestTimeout"],
    title: "requestTimeout holds for fetch, too",
    fault: "waits for the answer without a limit",
    fails: /no "connect_error"/,
    http: () => {},
    async page({ io, next, url, client }) {
      const socket = io(url, { transports: [client.Fetch], requestTimeout: 100, reconnection: false });
      const [{ message }] = await next(socket, "connect_error", 1_000);
      return message;
    },
    expect: (message) => assert.equal(message, "fetch read error"),
  },
  {
    rows: ["1.9 Fetch", "1.5 requestTimeout"],
    title: "a requestTimeout that no timer can take is as good as none, by fetch, too",
    async page({ io, next, url, client }) {
      for (const kind of [client.XHR, client.Fetch]) {
        await next(io(url, { transports: [kind], requestTimeout: 2 ** 32, forceNew: true }), "connect");
      }
    },
  },
  {
    rows: ["1.9 Fetch"],
    title: "a polling session that began by fetch is upgraded",
    async page({ io, next, url, client }) {
      const socket = io(url, { transports: [client.Fetch, client.WebSocket] });
      await next(socket.io.engine, "upgrade");
      return socket.io.engine.transport.name;
    },
    expect: (name) => assert.equal(name, "websocket"),
  },
  {
    rows: ["1.9 WebSocket"],
    title: "a WebSocket that cannot be opened is an error that carries the browser's event",
    core: true,
    upgrade: refuseWebSockets,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      const [{ message, type, description }] = await next(socket, "connect_error");
      return [message, type, description instanceof Event];
    },
    expect: (value) => assert.deepEqual(value, ["websocket error", "TransportError", true]),
  },
  {
    rows: ["1.9 WebSocket"],
    title: "a WebSocket that refuses to send does not throw at whoever emits",
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      await next(socket, "connect");
      const { send } = WebSocket.prototype;
      WebSocket.prototype.send = () => {
        throw new DOMException("no", "InvalidStateError");
      };
      try {
        socket.emit("a");
        return "did not throw";
      } finally {
        WebSocket.prototype.send = send;
      }
    },
    expect: (value) => assert.equal(value, "did not throw"),
  },
  {
    rows: ["1.9 WebSocket", "1.7 transport error"],
    title: "a WebSocket that refuses to send ends the connection, and says why: nothing is lost without a word",
    differs: "the reference says nothing",
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      await next(socket, "connect");
      const end = next(socket, "disconnect");
      const { send } = WebSocket.prototype;
      WebSocket.prototype.send = () => {
        throw new DOMException("no", "InvalidStateError");
      };
      socket.emit("a");
      WebSocket.prototype.send = send;
      const [reason, { message }] = await end;
      return [reason, message];
    },
    expect: (result) => assert.deepEqual(result, ["transport error", "no"]),
  },
  {
    rows: ["1.9 WebSocket"],
    title: "a WebSocket that cannot even be made is an error that can be heard",
    fault: "tells it before anyone can listen",
    fails: /no "connect_error"/,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], protocols: ["not a token"], reconnection: false });
      const [error] = await next(socket, "connect_error", 1_000);
      return error instanceof Error || error instanceof DOMException;
    },
    expect: (value) => assert.equal(value, true),
  },
  {
    rows: ["1.9 WebTransport"],
    title: "webtransport among the transports is harmless while the server does not offer it",
    server: echo,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling", "websocket", "webtransport"] });
      await next(socket, "connect");
      if (socket.io.engine.transport.name === "polling") await next(socket.io.engine, "upgrade");
      return socket.io.engine.transport.name;
    },
    expect: (name) => assert.equal(name, "websocket"),
  },
  {
    rows: ["1.9 WebTransport"],
    title: "webtransport is left out where it is named first",
    differs: "there is no WebTransport: its name is ignored, so that the other transports still serve",
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["webtransport", "websocket"] });
      await next(socket, "connect");
      return socket.io.engine.transport.name;
    },
    expect: (name) => assert.equal(name, "websocket"),
  },
  {
    rows: ["1.9 upgrade failure"],
    title: "an upgrade that is cut off leaves the connection on long-polling",
    core: true,
    server: echo,
    upgrade: (req, socket) => socket.destroy(),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling", "websocket"], reconnection: false });
      await next(socket.io.engine, "upgradeError");
      return [await socket.emitWithAck("echo", 1), socket.io.engine.transport.name];
    },
    expect: (value) => assert.deepEqual(value, [1, "polling"]),
  },
  {
    rows: ["1.9 upgrade failure"],
    title: "an upgrade whose WebSocket says nothing disturbs no one",
    core: true,
    server: echo,
    upgrade: (req, socket) => void accept(req, socket),
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["polling", "websocket"], reconnection: false });
      await next(socket, "connect");
      await until(() => tell("upgrading"), "the WebSocket's handshake");
      const answers = [];
      for (let i = 0; i < 5; i++) answers.push(await socket.emitWithAck("echo", i));
      return [answers, socket.io.engine.transport.name];
    },
    commands: { upgrading: ({ requests }) => requests.some(({ transport }) => transport === "websocket") },
    expect: (value) => assert.deepEqual(value, [[0, 1, 2, 3, 4], "polling"]),
  },
  {
    rows: ["1.5 extraHeaders", "1.9 XHR"],
    title: "with extraHeaders a server that is slow is waited for: a WebSocket beside it would come without them",
    server: ({ io }) => io.use(({ handshake: { headers } }, go) => go(headers["x-mine"] ? undefined : new Error("none"))),
    http: (req, res, next) => (req.url.includes("sid=") ? next() : setTimeout(next, 2_300)),
    page: async ({ io, next, url }) => void (await next(io(url, { extraHeaders: { "x-mine": "1" } }), "connect", 6_000)),
    expect: (_, { requests: [first, second] }) =>
      assert.deepEqual([first.transport, second.query.sid !== undefined], ["polling", true]),
  },
];
