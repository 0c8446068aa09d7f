// 2.4: names that mean something to JavaScript, data without a bottom, and what goes wrong next door.

import assert from "node:assert/strict";
import { echo, sessionByHand } from "../support/by-hand.mjs";

const names = [
  ...["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "__defineGetter__", "then"],
  ...["", " ", "\0", "\ud800", "\u2028", "*", "error", "message", "close", "open", "packet", "ping", "length"],
  ...[0, -1, 1.5, 1e300, "x".repeat(100_000)],
];
const reserved = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];

const deep = (depth) => "[".repeat(depth) + "]".repeat(depth);
const deepObject = (depth) => '{"a":'.repeat(depth) + "1" + "}".repeat(depth);

export default [
  {
    rows: ["2.4 names"],
    title: "the server may name an event what it likes: who listens to that name hears it, and no one else",
    core: true,
    ...sessionByHand((ws) => ws.on("message", () => {
      for (const name of [...names, "end"]) ws.send(`42${JSON.stringify([name, { name }])}`);
    })),
    // As text: half a character is nothing that a browser's driver takes.
    arg: JSON.stringify(names),
    async page({ io, next, url, arg }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      const heard = [];
      await next(socket, "connect");
      JSON.parse(arg).forEach((name, number) => socket.on(name, (value) => heard.push([number, value.name === name])));
      socket.emit("go");
      await next(socket, "end");
      return [heard, Object.keys({}.__proto__)];
    },
    expect: ([heard, added]) => {
      assert.deepEqual(heard, names.map((_, number) => [number, true]));
      assert.deepEqual(added, []);
    },
  },
  {
    rows: ["2.4 names"],
    title: "an event that nobody listens to finds no member of the socket or of Object.prototype",
    core: true,
    ...sessionByHand((ws) => {
      for (const name of [...names, "end"]) ws.send(`427${JSON.stringify([name, 1])}`);
    }),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      const ends = [];
      socket.on("disconnect", (reason) => ends.push(reason));
      await next(socket, "end");
      return [ends, socket.connected, socket.listeners("__proto__").length, socket.hasListeners("constructor")];
    },
    expect: (value) => assert.deepEqual(value, [[], true, 0, false]),
  },
  {
    rows: ["2.4 names"],
    title: "the reserved names, sent by a server, call none of the library's listeners",
    core: true,
    ...sessionByHand((ws, { number }) => {
      ws.send(number < reserved.length ? `42["${reserved[number]}","fake"]` : '42["end"]');
    }),
    arg: reserved,
    async page({ io, next, url, arg }) {
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 1, reconnectionDelayMax: 1 });
      const fakes = [];
      for (const name of arg) socket.on(name, (value) => value === "fake" && fakes.push(name));
      await next(socket, "end");
      return fakes;
    },
    expect: (fakes) => assert.deepEqual(fakes, []),
  },
  {
    rows: ["2.4 names"],
    title: "namespaces and acknowledgements named like members of Object.prototype are like any others",
    core: true,
    server({ io }) {
      for (const name of ["/__proto__", "/constructor"]) io.of(name);
      const echo = (socket) => socket.on("echo", (value, answer) => answer(value));
      for (const nsp of io._nsps.values()) nsp.on("connection", echo);
    },
    async page({ io, url }) {
      const values = [];
      for (const name of ["/__proto__", "/constructor"]) {
        const value = JSON.parse('{"__proto__":1,"constructor":{"prototype":2}}');
        values.push(JSON.stringify(await io(url + name, { transports: ["websocket"] }).emitWithAck("echo", value)));
      }
      return [values, {}.prototype ?? null];
    },
    expect([values, polluted]) {
      assert.deepEqual(values, Array(2).fill('{"__proto__":1,"constructor":{"prototype":2}}'));
      assert.equal(polluted, null);
    },
  },
  {
    rows: ["2.4 depth"],
    title: "data that nests 1,000,000 levels deep arrives or is a parse error, and the next connection works",
    differs: "the reference overflows the stack where no one can catch it",
    core: true,
    ...sessionByHand((ws, { number }) => {
      const [array, object] = [deep(1_000_000), deepObject(1_000_000)];
      const data = [`42["a",${array}]`, `42["a",${object}]`, `451-["a",${array}]`][number];
      if (!data) return ws.send('42["end"]');
      ws.send(data);
      ws.send(Buffer.from([1]));
      ws.close();
    }),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 1, reconnectionDelayMax: 1 });
      const reasons = [];
      socket.on("disconnect", (reason) => reasons.push(reason));
      await next(socket, "end", 8_000);
      return reasons;
    },
    expect(reasons) {
      assert.equal(reasons.length, 3);
      for (const reason of reasons) assert.match(reason, /^(parse error|transport close)$/);
    },
  },
  {
    rows: ["2.2 ack id", "2.4 noise"],
    title: "an acknowledgement id of 100,000 digits answers nothing, and ends no other connection",
    differs: "the reference takes it for Infinity",
    core: true,
    ...sessionByHand((ws, { number }) => ws.send(number ? '42["end"]' : `43${"9".repeat(100_000)}["x"]`)),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 1 });
      const [reason] = await next(socket, "disconnect");
      await next(socket, "end");
      return reason;
    },
    expect: (reason) => assert.equal(reason, "parse error"),
  },
  {
    rows: ["2.4 isolation"],
    title: "a parser that throws fails its own connection and leaves another one as it is",
    differs: "the reference lets the parser's error through to where no one can catch it",
    core: true,
    server: echo,
    async page({ io, next, url }) {
      const broken = () => {
        throw new Error("of the parser");
      };
      class Works {
        on() {}
        off() {}
        add() {}
        destroy() {}
        encode = () => ["0"];
      }
      class Breaks extends Works {
        add = broken;
        encode = broken;
      }
      const other = io(url, { transports: ["websocket"] });
      await next(other, "connect");
      const told = [];
      for (const [Encoder, Decoder] of [[Works, Breaks], [Breaks, Works]]) {
        const options = { parser: { Encoder, Decoder }, transports: ["websocket"], reconnection: false, forceNew: true };
        const socket = io(url, options);
        await next(socket.io, "close");
        told.push(socket.connected);
      }
      return [told, await other.emitWithAck("echo", 1)];
    },
    expect: (value) => assert.deepEqual(value, [[false, false], 1]),
  },
  {
    rows: ["2.4 isolation", "1.4 auth"],
    title: "what one namespace authenticates with is not sent to another one of the same connection",
    core: true,
    server({ io, log }) {
      for (const name of ["/", "/a", "/b"]) {
        io.of(name).on("connection", ({ handshake }) => log.push([name, handshake.auth]));
      }
    },
    async page({ io, next, url }) {
      const options = { transports: ["websocket"] };
      await next(io(`${url}/a`, { ...options, auth: { token: "secret" } }), "connect");
      await next(io(`${url}/b`, options), "connect");
      await next(io(url), "connect");
    },
    expect: (_, { log }) => assert.deepEqual(log, [["/a", { token: "secret" }], ["/b", {}], ["/", {}]]),
  },
  {
    rows: ["2.4 isolation"],
    title: "an auth that throws and a listener that throws in one namespace leave the others connected",
    differs: "the reference throws where no one can catch it",
    core: true,
    server({ io }) {
      for (const name of ["/", "/a", "/b", "/c"]) {
        io.of(name).on("connection", (socket) => {
          socket.emit("go");
          socket.on("echo", (value, answer) => answer(value));
        });
      }
    },
    async page({ io, next, url }) {
      const broken = () => {
        throw new Error("of the page");
      };
      const options = { transports: ["websocket"] };
      const auths = io(`${url}/a`, { ...options, auth: broken });
      const refused = next(auths, "connect_error");
      const listens = io(`${url}/b`, options);
      for (const name of ["connect", "go"]) listens.on(name, broken);
      const works = io(`${url}/c`, options);
      const [error] = await refused;
      const answers = await Promise.all([listens, works].map((socket) => socket.emitWithAck("echo", 1)));
      const own = window.errors.splice(0).filter(({ message }) => message !== "of the page");
      return [error.message, auths.connected, answers, own.length, listens.io === works.io];
    },
    expect: (value) => assert.deepEqual(value, ["of the page", false, [1, 1], 0, true]),
  },
  {
    rows: ["2.4 isolation"],
    title: "two copies of the library on one page have connections, namespaces and listeners of their own",
    differs: "it is about our own files",
    core: true,
    server: echo,
    async page({ io, next, url, client }) {
      const load = (number) =>
        new Promise((resolve, reject) => {
          const script = document.createElement("script");
          const src = `/__behaviour/ours/socketio.min.js?${number}`;
          Object.assign(script, { src, onload: () => resolve(window.io), onerror: reject });
          document.head.append(script);
        });
      const before = new Set(Object.keys(window));
      const copies = [io, await load(1), await load(2)];
      const added = Object.keys(window).filter((name) => !before.has(name));
      const sockets = copies.map((copy) => copy(url, { transports: ["websocket"] }));
      await Promise.all(sockets.map((socket) => next(socket, "connect")));
      const ask = (socket, number) => socket.connected && socket.emitWithAck("echo", number);
      const answers = () => Promise.all(sockets.map(ask));
      const first = await answers();
      sockets[1].disconnect();
      sockets[2].io.engine.close();
      sockets[2].io.reconnection(false);
      const others = sockets.slice(1).map(({ connected }) => connected);
      const second = await Promise.all([sockets[0].emitWithAck("echo", 0), ...others]);
      const ids = new Set(sockets.map(({ io: manager }) => manager));
      const isOwn = sockets.slice(1).every((socket) => !(socket instanceof client.Socket));
      return [added, first, second, ids.size, new Set(copies).size, isOwn];
    },
    expect([added, first, second, managers, copies, isOwn]) {
      assert.deepEqual(added.filter((name) => name !== "io"), [], "no global but io");
      assert.deepEqual([first, second, managers, copies, isOwn], [[0, 1, 2], [0, false, false], 3, 3, true]);
    },
  },
  {
    rows: ["2.4 isolation"],
    title: "what is known of a server's WebSockets is shared by the copies of a page on purpose, and nothing else",
    differs: "it is about our own files",
    core: true,
    server: echo,
    upgrade: (req, socket) => socket.end("HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
    async page({ io, next, url }) {
      const { io: other } = await import("/__behaviour/ours/socketio.esm.js?other");
      await next(io(url, { transports: ["websocket", "polling"], tryAllTransports: true }), "connect", 5_000);
      const keys = Object.keys(sessionStorage);
      const socket = other(url, { transports: ["websocket", "polling"], upgrade: false });
      await next(socket, "connect");
      return [keys, socket.io.engine.transport.name, Object.keys(localStorage)];
    },
    expect([keys, name, others], { requests, port }) {
      assert.deepEqual([keys, name, others], [[`socketio-wasm:polling:http://127.0.0.1:${port}`], "polling", []]);
      const [, ...later] = requests.filter(({ transport }) => transport === "websocket");
      assert.equal(later.length, 0, "the second copy begins with polling");
    },
  },
  {
    rows: ["2.4 isolation"],
    title: "under zone.js what a listener throws is its zone's to handle, as Angular's ErrorHandler does",
    arg: { transports: ["websocket"] },
    server: echo,
    async page({ io, url, arg, until }) {
      await import("/__behaviour/modules/zone.js");
      const errors = [];
      const onHandleError = (parent, current, target, error) => {
        errors.push(error.message);
        return false;
      };
      const zone = window.Zone.current.fork({ name: "app", onHandleError });
      await zone.run(async () => {
        const socket = io(url, arg);
        socket.on("connect", () => {
          socket.emit("echo", 1, () => {
            throw new Error("in an answer");
          });
          throw new Error("in a listener");
        });
        await until(() => errors.length > 1, "both errors");
      });
      return errors;
    },
    expect: (errors) => assert.deepEqual(errors, ["in a listener", "in an answer"]),
  },
];
