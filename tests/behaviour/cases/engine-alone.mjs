// `Engine`: the plain connection below Socket.IO, with the shape of a WebSocket.

import assert from "node:assert/strict";
import { refuseWebSockets } from "../support/by-hand.mjs";

const differs = "socket.io-client does not export its engine, which has no handler properties either";

/** An `engine` of a case: sends everything back, text as text, binary data as such. */
function echoing(socket, { log }) {
  socket.on("message", (data) => socket.send(data));
  socket.on("close", (reason) => log.push(reason));
}

const at = { path: "/socket.io" };

export default [
  {
    rows: ["1.1 ES module", "1.8 properties"],
    title: "Engine is used as a WebSocket is: onopen, onmessage, onclose, send, close",
    differs,
    core: true,
    engine: echoing,
    arg: at,
    async page({ client: { Engine }, url, arg }) {
      const told = [];
      const engine = new Engine(url, arg);
      await new Promise((resolve) => {
        engine.onopen = () => (told.push("open"), engine.send("hello"));
        engine.onmessage = ({ data }) => (told.push(data), engine.close());
        engine.onclose = () => (told.push("close"), resolve());
      });
      return [told, engine.readyState];
    },
    expect: (value) => assert.deepEqual(value, [["open", "hello", "close"], "closed"]),
  },
  {
    rows: ["1.8 events", "1.8 send"],
    title: "Engine tells open, message and close, and takes text and binary data",
    differs,
    core: true,
    engine: echoing,
    arg: at,
    async page({ client: { Engine }, next, url, arg }) {
      const all = [];
      for (const name of ["polling", "websocket"]) {
        const engine = new Engine(url, { ...arg, transports: [name] });
        await next(engine, "open");
        const messages = [];
        engine.on("message", (data) => messages.push(data instanceof ArrayBuffer ? [...new Uint8Array(data)] : data));
        engine.send("é");
        engine.send(new Uint8Array([1, 2, 255]));
        engine.send(new Blob(["a"]));
        engine.send("");
        engine.send("4");
        for (const value of [42, true, undefined, null]) engine.send(value);
        while (messages.length < 9) await next(engine, "message");
        const closed = next(engine, "close");
        engine.close();
        all.push([engine.transport.name, messages, (await closed)[0]]);
      }
      return all;
    },
    expect(value) {
      const messages = ["é", [1, 2, 255], [97], "", "4", "42", "true", "", ""];
      assert.deepEqual(value, [["polling", messages, "forced close"], ["websocket", messages, "forced close"]]);
    },
  },
  {
    rows: ["1.5 path"],
    title: "Engine asks for /engine.io where no path is named",
    differs,
    engine: echoing,
    options: { path: "/engine.io/" },
    page: async ({ client: { Engine }, next, url }) => void (await next(new Engine(url), "open")),
    expect: (_, { requests: [{ url }] }) => assert.match(url, /^\/engine\.io\/\?/),
  },
  {
    rows: ["1.5 host"],
    title: "Engine finds the page's server without an address",
    differs,
    engine: echoing,
    arg: at,
    async page({ client: { Engine }, next, arg }) {
      const engine = new Engine(arg);
      await next(engine, "open");
      return [engine.hostname === location.hostname, String(engine.port) === location.port];
    },
    expect: (value) => assert.deepEqual(value, [true, true]),
  },
  {
    rows: ["1.5 transports", "1.9 WebSocket"],
    title: "Engine goes on by long-polling where WebSockets are refused",
    differs,
    core: true,
    engine: echoing,
    upgrade: refuseWebSockets,
    arg: at,
    async page({ client: { Engine }, next, url, arg }) {
      const engine = new Engine(url, arg);
      await next(engine, "open");
      const came = next(engine, "message");
      engine.send("by polling");
      return [engine.transport.name, (await came)[0]];
    },
    expect: (value) => assert.deepEqual(value, ["polling", "by polling"]),
  },
  {
    rows: ["1.8 send"],
    title: "what is sent before Engine is open waits",
    differs,
    engine: echoing,
    arg: at,
    async page({ client: { Engine }, next, url, arg }) {
      const engine = new Engine(url, arg);
      engine.send("early");
      const [length, state] = [engine.writeBuffer.length, engine.readyState];
      return [length, state, (await next(engine, "message"))[0]];
    },
    expect: (value) => assert.deepEqual(value, [1, "opening", "early"]),
  },
  {
    rows: ["1.8 events"],
    title: "Engine's onerror hears that there is no server",
    differs,
    core: true,
    http: (req) => req.socket.destroy(),
    upgrade: (req, socket) => socket.destroy(),
    async page({ client: { Engine }, url }) {
      const engine = new Engine(url);
      const told = [];
      engine.onerror = (error) => told.push(error instanceof Error ? "error" : error?.type);
      await new Promise((resolve) => (engine.onclose = resolve));
      return [told.length, engine.readyState];
    },
    expect: (value) => assert.deepEqual(value, [1, "closed"]),
  },
  {
    rows: ["1.8 properties", "1.10 received binary"],
    title: "Engine's binaryType blob brings Blobs",
    differs,
    engine: echoing,
    arg: at,
    async page({ client: { Engine }, next, url, arg }) {
      const engine = new Engine(url, arg);
      const types = [engine.binaryType];
      engine.binaryType = "blob";
      types.push(engine.binaryType);
      await next(engine, "open");
      const texts = next(engine, "message");
      engine.send("text");
      const [text] = await texts;
      const came = next(engine, "message");
      engine.send(new Uint8Array([7]));
      const [blob] = await came;
      return [types, text, blob instanceof Blob, ...new Uint8Array(await blob.arrayBuffer())];
    },
    expect: (value) => assert.deepEqual(value, [["arraybuffer", "blob"], "text", true, 7]),
  },
  {
    rows: ["1.8 send", "1.5 forceBase64"],
    title: "Engine sends binary data as such over a WebSocket, as text with forceBase64",
    differs,
    engine(socket, { log }) {
      socket.transport.socket.on("message", (data, isBinary) => log.push([isBinary, String(data)]));
      socket.on("message", (data) => socket.send(data));
    },
    arg: { ...at, transports: ["websocket"] },
    async page({ client: { Engine }, next, url, arg }) {
      for (const forceBase64 of [false, true]) {
        const engine = new Engine(url, { ...arg, forceBase64 });
        await next(engine, "open");
        engine.send(new TextEncoder().encode("a"));
        await next(engine, "message");
      }
    },
    expect: (_, { log }) => assert.deepEqual(log, [[true, "a"], [false, "bYQ=="]]),
  },
  {
    rows: ["1.8 events"],
    title: "Engine shows each packet of the server to who looks on",
    differs,
    engine(socket) {
      socket.on("message", () => socket.send("x"));
    },
    options: { pingInterval: 50 },
    arg: at,
    async page({ client: { Engine }, next, url, arg }) {
      const engine = new Engine(url, { ...arg, transports: ["websocket"] });
      await next(engine, "open");
      const told = [];
      engine.on("packet", ({ type, data }) => told.push([type, data]));
      engine.on("heartbeat", () => told.push("heartbeat"));
      engine.send("now");
      await Promise.all([next(engine, "message"), next(engine, "ping")]);
      return [told.find(([type]) => type === "message"), told.find(([type]) => type === "ping")?.[0], told[1]];
    },
    expect: (value) => assert.deepEqual(value, [["message", "x"], "ping", "heartbeat"]),
  },
  {
    rows: ["2.1 upgrade", "1.8 events"],
    title: "Engine is upgraded, and loses nothing on the way",
    differs,
    core: true,
    engine: echoing,
    arg: at,
    async page({ client: { Engine }, next, url, until, arg }) {
      const engine = new Engine(url, { ...arg, transports: ["polling", "websocket"] });
      const upgraded = next(engine, "upgrade");
      const messages = [];
      engine.on("message", (data) => messages.push(data));
      await next(engine, "open");
      for (let n = 0; n < 100; n++) {
        engine.send(String(n));
        if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
      await upgraded;
      await until(() => messages.length === 100, "100 messages");
      return [engine.transport.name, messages.every((data, n) => data === String(n))];
    },
    expect: (value) => assert.deepEqual(value, ["websocket", true]),
  },
  {
    rows: ["1.8 close"],
    title: "a server that closes is heard by Engine, which does not come back by itself",
    differs,
    core: true,
    engine: (socket, { log }) => (log.push("session"), socket.on("message", () => socket.close())),
    arg: at,
    async page({ client: { Engine }, next, url, arg, pause }) {
      const engine = new Engine(url, arg);
      await next(engine, "open");
      const closed = next(engine, "close");
      engine.send("close, please");
      const [reason] = await closed;
      await pause(50);
      return [reason, engine.readyState];
    },
    expect(value, { log }) {
      assert.deepEqual(value, ["transport close", "closed"]);
      assert.deepEqual(log, ["session"]);
    },
  },
  {
    rows: ["1.8 properties"],
    title: "Engine names the version of its protocol and the id of its session",
    differs,
    engine: (socket, { log }) => log.push(socket.id),
    arg: at,
    async page({ client: { Engine }, next, url, arg }) {
      const engine = new Engine(url, arg);
      await next(engine, "open");
      return [Engine.protocol, engine.id, engine instanceof Engine];
    },
    expect: ([protocol, id, isEngine], { log }) => assert.deepEqual([protocol, isEngine, [id]], [4, true, log]),
  },
  {
    rows: ["1.8 send", "1.8 close"],
    title: "what Engine is given before it is open comes before what its listener for that sends, and before its end",
    differs,
    core: true,
    engine(socket, { log }) {
      socket.on("message", (data) => log.push(data));
      socket.on("close", () => log.push("close"));
    },
    arg: at,
    commands: { log: ({ log }) => log.length },
    async page({ client: { Engine }, url, arg, until, tell }) {
      for (const [name, count] of [["polling", 3], ["websocket", 6]]) {
        const engine = new Engine(url, { ...arg, transports: [name] });
        engine.send("early");
        engine.on("open", () => engine.send("in open").close());
        await until(() => tell("log").then((length) => length === count), "both messages and the end");
      }
    },
    expect: (_, { log }) => assert.deepEqual(log, [1, 2].flatMap(() => ["early", "in open", "close"])),
  },
  {
    rows: ["1.5 rememberUpgrade"],
    title: "Engine begins with the WebSocket that was reached by an upgrade before, if it is to remember that",
    differs,
    engine: echoing,
    arg: { ...at, transports: ["polling", "websocket"], rememberUpgrade: true },
    async page({ client: { Engine }, next, url, arg }) {
      const first = new Engine(url, arg);
      await next(first, "upgrade");
      const second = new Engine(url, arg);
      await next(second, "open");
      return second.transport.name;
    },
    expect: (name) => assert.equal(name, "websocket"),
  },
];
