// 1.9: transports that an application writes itself, as subclasses of `Transport`.

import assert from "node:assert/strict";
import { echo } from "../support/by-hand.mjs";

/** `Transport`: socket.io-client does not export it, but what it exports descends from it. */
function baseOf({ Transport, WebSocket: Exported }) {
  return Transport ?? Object.getPrototypeOf(Object.getPrototypeOf(Exported));
}

/** A transport over the browser's WebSocket, written as an application would. `seen` notes what it is asked to do. */
function ownTransport(client, seen = []) {
  return class Own extends baseOf(client) {
    get name() {
      return "websocket";
    }
    doOpen() {
      seen.push("doOpen");
      this.ws = new WebSocket(this.createUri(this.opts.secure ? "wss" : "ws", { ...this.query, own: 1 }));
      this.ws.binaryType = "arraybuffer";
      this.ws.onopen = () => this.onOpen();
      this.ws.onmessage = ({ data }) => this.onData(data);
      this.ws.onerror = (event) => this.onError("own error", 7, event);
      this.ws.onclose = () => this.onClose({ description: "own close" });
    }
    doClose() {
      seen.push("doClose");
      this.ws.close();
    }
    write(packets) {
      seen.push(packets.map(({ type }) => type).join());
      const types = { open: 0, close: 1, ping: 2, pong: 3, message: 4, upgrade: 5, noop: 6 };
      this.writable = false;
      for (const { type, data } of packets) {
        this.ws.send(typeof data === "object" && data ? data : `${types[type]}${data ?? ""}`);
      }
      queueMicrotask(() => {
        this.writable = true;
        this.emit("drain");
      });
    }
  };
}

const helpers = [baseOf, ownTransport];

export default [
  {
    rows: ["1.9 custom class", "1.5 transports"],
    title: "an own transport carries a connection",
    core: true,
    server: echo,
    helpers,
    page: async ({ io, next, until, url, client }) => {
      const seen = [];
      const socket = io(url, { transports: [ownTransport(client, seen)], query: { a: "b" } });
      await next(socket, "connect");
      const answer = await socket.emitWithAck("echo", "é");
      const { name, readyState, writable, query } = socket.io.engine.transport;
      const closed = next(socket.io.engine, "close");
      socket.disconnect();
      await closed;
      await until(() => seen.includes("doClose"));
      return [answer, name, readyState, writable, query.transport, seen];
    },
    expect(value, { requests }) {
      const seen = ["doOpen", "message", "message", "message", "doClose"];
      assert.deepEqual(value, ["é", "websocket", "open", true, "websocket", seen]);
      assert.deepEqual(requests.map(({ query }) => [query.EIO, query.a, query.own]), [["4", "b", "1"]]);
    },
  },
  {
    rows: ["1.9 custom class", "1.5 transportImplementations"],
    title: "an own transport may be given as transportImplementations",
    helpers,
    page: async ({ io, next, url, client }) => {
      const socket = io(url, { transportImplementations: [ownTransport(client)] });
      await next(socket, "connect");
    },
    expect: (_, { requests: [{ query }] }) => assert.equal(query.own, "1"),
  },
  ...[false, true].map((forceBase64) => ({
    rows: ["1.9 custom class"],
    title: `an own transport carries binary data${forceBase64 ? ", also with forceBase64" : ""}`,
    core: true,
    server: echo,
    helpers,
    arg: { forceBase64 },
    page: async ({ io, next, url, client, arg }) => {
      const socket = io(url, { transports: [ownTransport(client)], ...arg });
      await next(socket, "connect");
      const back = await new Promise((resolve) => socket.emit("echo", new Uint8Array([1, 2, 3]), resolve));
      return [back instanceof ArrayBuffer, ...new Uint8Array(back)];
    },
    expect: (value) => assert.deepEqual(value, [true, 1, 2, 3]),
  })),
  {
    rows: ["1.9 custom class"],
    title: "an own transport is opened, written to and closed only in the states in which that makes sense",
    helpers,
    page({ client, url }) {
      const seen = [];
      class Mine extends baseOf(client) {
        name = "mine";
        doOpen = () => seen.push(`open ${this.readyState}`);
        doClose = () => seen.push(`close ${this.readyState}`);
        write = (packets) => seen.push(`write ${packets.length}`);
      }
      const { hostname, port } = new URL(url);
      const options = { hostname, port, path: "/p/", query: { a: "1" }, socket: { binaryType: "blob" } };
      const mine = new Mine(options);
      for (const event of ["open", "close"]) mine.on(event, () => seen.push(`told ${event} ${mine.readyState}`));
      mine.send([1]);
      mine.open().send([1, 2]);
      seen.push(mine.writable);
      mine.onOpen();
      mine.send([1, 2, 3]);
      mine.close().close();
      const left = new Mine(options);
      left.open().close();
      const schemes = ["ws", "http"].map((scheme) => new URL(mine.createUri(scheme)).protocol);
      return [seen, mine.writable, mine.socket === options.socket, mine.query, schemes, left.readyState];
    },
    expect([seen, ...rest]) {
      const first = ["open opening", false, "told open open", "write 3", "close open", "told close closed"];
      assert.deepEqual(seen, [...first, "open opening", "close opening"]);
      assert.deepEqual(rest, [true, true, { a: "1" }, ["ws:", "http:"], "closed"]);
    },
  },
  {
    rows: ["1.9 custom class"],
    title: "an own transport's error is the connection's, with description and context",
    helpers: [baseOf],
    page: async ({ io, next, url, client }) => {
      class Broken extends baseOf(client) {
        get name() {
          return "websocket";
        }
        doOpen() {
          this.onErrorSoon = setTimeout(() => this.onError("broken", 42, { more: true }), 0);
        }
        doClose() {}
        write() {}
      }
      const socket = io(url, { transports: [Broken], reconnection: false });
      const [{ message, type, description, context }] = await next(socket, "connect_error");
      return [message, type, description, context];
    },
    expect: (value) => assert.deepEqual(value, ["broken", "TransportError", 42, { more: true }]),
  },
  {
    rows: ["1.9 custom class", "1.5 tryAllTransports"],
    title: "an own transport that fails is followed by the next",
    helpers: [baseOf],
    page: async ({ io, next, url, client }) => {
      class Broken extends baseOf(client) {
        get name() {
          return "websocket";
        }
        doOpen() {
          setTimeout(() => this.onError("broken"), 0);
        }
        doClose() {}
        write() {}
      }
      const socket = io(url, { transports: [Broken, client.XHR], tryAllTransports: true });
      await next(socket, "connect");
      return socket.io.engine.transport.name;
    },
    expect: (name) => assert.equal(name, "polling"),
  },
  {
    rows: ["1.9 custom class"],
    title: "an own transport's close ends the connection with its details, and it comes back",
    helpers,
    page: async ({ io, next, url, client }) => {
      const socket = io(url, { transports: [ownTransport(client)], reconnectionDelay: 10 });
      await next(socket, "connect");
      const disconnected = next(socket, "disconnect");
      socket.io.engine.transport.ws.close();
      const [reason, details] = await disconnected;
      await next(socket, "connect");
      return [reason, details];
    },
    expect: (value) => assert.deepEqual(value, ["transport close", { description: "own close" }]),
  },
  {
    rows: ["1.9 custom class"],
    title: "an own transport may hand over decoded packets by onPacket",
    helpers,
    page: async ({ io, next, url, client }) => {
      const types = ["open", "close", "ping", "pong", "message", "upgrade", "noop"];
      class Decoding extends ownTransport(client) {
        onData(text) {
          this.onPacket({ type: types[text[0]], data: text.slice(1) });
        }
      }
      const socket = io(url, { transports: [Decoding] });
      await next(socket, "connect");
      return (await next(socket, "welcome"))[0];
    },
    server: ({ io }) => io.on("connection", (socket) => setTimeout(() => socket.emit("welcome", 1), 20)),
    expect: (value) => assert.equal(value, 1),
  },
  {
    rows: ["1.9 custom class", "1.8 send"],
    title: "what is emitted while an own transport is busy waits for its drain",
    server: echo,
    helpers,
    page: async ({ io, next, url, client }) => {
      class Slow extends ownTransport(client) {
        write(packets) {
          super.write(packets);
          Slow.writes.push(packets.length);
        }
        emit(event, ...args) {
          if (event === "drain" && Slow.held) return Slow.held.push(() => super.emit(event, ...args));
          return super.emit(event, ...args);
        }
      }
      Slow.writes = [];
      const socket = io(url, { transports: [Slow] });
      await next(socket, "connect");
      await socket.emitWithAck("echo", 0);
      Slow.writes = [];
      Slow.held = [];
      socket.emit("n", 1);
      socket.emit("n", 2);
      socket.emit("n", 3);
      await Promise.resolve();
      const writes = [...Slow.writes];
      const waiting = socket.io.engine.writeBuffer.map(({ data }) => data);
      const { held } = Slow;
      Slow.held = undefined;
      held.forEach((release) => release());
      await socket.emitWithAck("echo", 1);
      return { writes: [writes, Slow.writes.slice(1, 2)], waiting };
    },
    expect({ writes, waiting }, { log }) {
      assert.deepEqual(writes, [[1], [2]]);
      assert.deepEqual(waiting, [1, 2, 3].map((n) => `2["n",${n}]`), "what can be seen in writeBuffer");
      assert.deepEqual(log, [["n", 1], ["n", 2], ["n", 3]]);
    },
  },
  {
    rows: ["1.9 custom class", "1.5 transportOptions"],
    title: "an own transport gets the options, those for its name included",
    helpers,
    page: async ({ io, next, url, client }) => {
      const transportOptions = { websocket: { colour: "blue" }, polling: { colour: "red" } };
      const socket = io(url, { transports: [ownTransport(client)], transportOptions, extraHeaders: { a: "b" } });
      await next(socket, "connect");
      const { opts } = socket.io.engine.transport;
      return [opts.colour, opts.extraHeaders, opts.path, opts.hostname === location.hostname];
    },
    expect: (value) => assert.deepEqual(value, ["blue", { a: "b" }, "/socket.io/", true]),
  },
  {
    rows: ["1.9 custom class"],
    title: "an own transport that is left before it has begun is not opened, or closed again",
    helpers,
    page: async ({ io, next, url, client }) => {
      const seen = [];
      const socket = io(url, { transports: [ownTransport(client, seen)], forceNew: true }).disconnect();
      // What was begun before this one has had its time.
      await next(io(url, { transports: ["polling"] }), "connect");
      const calls = seen.filter((call) => call.startsWith("do"));
      return [socket.active, calls.length % 2];
    },
    expect: (result) => assert.deepEqual(result, [false, 0]),
  },
  {
    rows: ["1.9 custom class", "1.7 disconnect()"],
    title: "what comes by an own transport that is being left is no error",
    server({ io }) {
      io.on("connection", (socket) => {
        socket.on("talk", () => {
          const timer = setInterval(() => socket.emit("talk"), 1);
          socket.on("disconnect", () => clearInterval(timer));
        });
      });
    },
    helpers,
    page: async ({ io, next, url, client, until }) => {
      const seen = [];
      const socket = io(url, { transports: [ownTransport(client, seen)] });
      await next(socket, "connect");
      socket.emit("talk");
      await next(socket, "talk");
      socket.emit("last").disconnect();
      await until(() => seen.includes("doClose"), "its end");
      return window.errors;
    },
    expect: (errors) => assert.deepEqual(errors, []),
  },
  {
    rows: ["1.9 custom class", "1.7 sendBuffer"],
    title: "where a transport fails at once with the first of what has waited, the next ones wait on, and are answered",
    fault: "loses them all, and answers none",
    fails: /still running/,
    server: echo,
    helpers,
    page: async ({ io, url, client }) => {
      let failures = 1;
      class Failing extends ownTransport(client) {
        write(packets) {
          if (failures && packets.some(({ data }) => data?.includes?.("echo"))) {
            failures--;
            this.onError("no");
          } else super.write(packets);
        }
      }
      const socket = io(url, { transports: [Failing], reconnectionDelay: 10, autoConnect: false });
      const answers = [1, 2].map((n) => socket.emitWithAck("echo", n).catch(({ message }) => message));
      socket.connect();
      return Promise.all(answers);
    },
    expect: (answers) => assert.deepEqual(answers, ["socket has been disconnected", 2]),
  },
];
