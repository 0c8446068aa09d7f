// 2.2: Socket.IO v5: what goes over the wire, and in which order it is heard.

import assert from "node:assert/strict";
import { echo, handshake, pollingByHand, sessionByHand, webSocketByHand } from "../support/by-hand.mjs";

/** An `engine` of a case: notes what comes, grants every namespace, then sends `frames` (after the Engine.IO `4`). */
function granting(...frames) {
  return (socket, { log }) => {
    let granted = 0;
    socket.on("message", (data) => {
      log.push(data);
      const [, nsp = ""] = /^0(\/[^,{]*,?)?/.exec(data) ?? [undefined];
      if (!data.startsWith?.("0")) return;
      socket.send(`0${nsp}{"sid":"socket${granted++}"}`);
      if (granted === 1) frames.forEach((frame) => socket.send(frame));
    });
  };
}

const count = { frames: ({ log }) => log.length };

export default [
  {
    rows: ["2.2 nsp"],
    title: "a namespace stands in front of its packets, the main one does not",
    core: true,
    engine: granting(),
    commands: count,
    async page({ io, next, url, until, tell }) {
      const options = { transports: ["websocket"] };
      const main = io(url, options);
      const admin = io(`${url}/admin`, options);
      await Promise.all([next(main, "connect"), next(admin, "connect")]);
      main.emit("a", 1);
      admin.emit("b", () => {});
      admin.emit("c", new Uint8Array([1]));
      admin.disconnect();
      await until(async () => (await tell("frames")) >= 7, "seven frames");
    },
    expect: (_, { log }) =>
      assert.deepEqual(log.slice(0, 5).concat(log.slice(6)), [
        "0",
        "0/admin,",
        '2["a",1]',
        '2/admin,0["b"]',
        '51-/admin,["c",{"_placeholder":true,"num":0}]',
        "1/admin,",
      ]),
  },
  {
    rows: ["2.2 nsp"],
    title: "a namespace may hold a query, which goes out as it is",
    engine: granting(),
    page: async ({ Manager, next, url }) => {
      const socket = new Manager(url, { transports: ["websocket"] }).socket("/a?x=1");
      await next(socket, "connect");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["0/a?x=1,"]),
  },
  {
    rows: ["2.2 nsp"],
    title: "a namespace without a comma behind it is understood",
    engine: (socket) => {
      socket.once("message", () => {
        socket.send('0/a,{"sid":"x"}');
        socket.send("1/a");
      });
    },
    page: async ({ io, next, url }) => (await next(io(`${url}/a`, { transports: ["websocket"] }), "disconnect"))[0],
    expect: (reason) => assert.equal(reason, "io server disconnect"),
  },
  {
    rows: ["2.2 ack id"],
    title: "the server's acknowledgement ids come back as they are",
    core: true,
    engine: granting('20["a"]', '2456["a"]', '29007199254740991["a"]', '2["b"]'),
    commands: count,
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["websocket"] });
      socket.on("a", (answer) => answer("x"));
      await next(socket, "b");
      await until(async () => (await tell("frames")) === 4, "four frames");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["0", '30["x"]', '3456["x"]', '39007199254740991["x"]']),
  },
  {
    rows: ["2.2 ack id"],
    title: "an acknowledgement id too large for a number comes back as it is, or is a parse error",
    fault: "answers with another id",
    fails: /31\.2345678901234568e\+29/,
    engine: granting('2123456789012345678901234567890["a"]'),
    commands: { log: ({ log }) => log },
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      const ended = next(socket, "disconnect").then(([reason]) => reason);
      const answered = new Promise((resolve) =>
        socket.on("a", (answer) => {
          answer();
          until(async () => (await tell("log")).length > 1, "the answer").then(() => resolve("answered"));
        }),
      );
      return Promise.race([ended, answered]);
    },
    expect(value, { log }) {
      if (value === "answered") assert.deepEqual(log, ["0", "3123456789012345678901234567890[]"]);
      else assert.equal(value, "parse error");
    },
  },
  {
    rows: ["2.2 CONNECT"],
    title: "auth goes in CONNECT, and the answer's sid is the socket's id",
    core: true,
    engine: granting(),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], auth: { token: "é" } });
      await next(socket, "connect");
      return socket.id;
    },
    expect(id, { log }) {
      assert.equal(id, "socket0");
      assert.deepEqual(log, ['0{"token":"é"}']);
    },
  },
  {
    rows: ["2.2 CONNECT"],
    title: "a second CONNECT of the server is another connect with its own id",
    engine: granting('0{"sid":"second"}', '2["end"]'),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"] });
      const ids = [];
      socket.on("connect", () => ids.push(socket.id));
      await next(socket, "end");
      return [ids, socket.connected];
    },
    expect: (value) => assert.deepEqual(value, [["socket0", "second"], true]),
  },
  {
    rows: ["1.7 connect_error: v2 server", "2.2 CONNECT"],
    title: "a server of Socket.IO v2 is recognised and named",
    core: true,
    ...webSocketByHand((ws) => [handshake(), "40"].forEach((frame) => ws.send(frame))),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      const [{ message }] = await next(socket, "connect_error");
      return [message, socket.connected];
    },
    expect([message, connected]) {
      assert.match(message, /\bv?2(\.x)?\b/);
      assert.equal(connected, false);
    },
  },
  {
    rows: ["1.7 connect_error: v2 server", "2.1 parser error"],
    title: "a server of Socket.IO v2 is recognised by its long-polling as well",
    fault: "calls it a server error",
    fails: /server error/,
    ...pollingByHand(() => {
      const open = handshake();
      return `${open.length}:${open}2:40`;
    }),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"], reconnection: false });
      return (await next(socket, "connect_error"))[0].message;
    },
    expect: (message) => assert.match(message, /\bv?2(\.x)?\b/),
  },
  {
    rows: ["2.2 EVENT before CONNECT"],
    title: "events that come before CONNECT are kept, and heard before connect",
    engine(socket) {
      const frames = ['2["early",1]', '2["early",2]', '0{"sid":"x"}'];
      socket.once("message", () => frames.forEach((frame) => socket.send(frame)));
    },
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"] });
      const told = [];
      socket.on("early", (n) => told.push([n, socket.connected, socket.receiveBuffer.length]));
      await next(socket, "connect");
      return [told, socket.receiveBuffer.length];
    },
    expect: ([told, left]) => {
      assert.deepEqual(told.map(([n, connected]) => [n, connected]), [[1, true], [2, true]]);
      assert.equal(left, 0);
    },
  },
  {
    rows: ["2.2 order at connect"],
    title: "what came early is heard first, then what waited is sent, then connect is told",
    core: true,
    engine: (socket, { log }) => {
      socket.on("message", (data) => log.push(data));
      socket.once("message", () => ['2["early"]', '0{"sid":"x"}'].forEach((frame) => socket.send(frame)));
    },
    commands: count,
    async page({ io, next, url, until, tell }) {
      const socket = io(url, { transports: ["websocket"] });
      const told = [];
      socket.on("early", () => (told.push("early"), socket.emit("answer to early")));
      socket.onAnyOutgoing((name) => told.push(name));
      socket.emit("b1");
      socket.emit("b2");
      socket.on("connect", () => (told.push("connect"), socket.emit("c")));
      await next(socket, "connect");
      await until(async () => (await tell("frames")) === 5, "five frames");
      return told;
    },
    expect(told, { log }) {
      assert.deepEqual(told.filter((name) => name !== "answer to early"), ["early", "b1", "b2", "connect", "c"]);
      assert.deepEqual(log.filter((data) => !data.includes("answer")), ["0", '2["b1"]', '2["b2"]', '2["c"]']);
    },
  },
  {
    rows: ["2.2 binary"],
    title: "a ping between the attachments does not disturb",
    core: true,
    ...sessionByHand((ws, { log }) => {
      ws.on("message", (data) => log.push(String(data)));
      ws.send('452-["a",{"_placeholder":true,"num":1},{"_placeholder":true,"num":0}]');
      for (const frame of [Buffer.from([1]), "2", Buffer.from([2, 3])]) ws.send(frame);
    }),
    page: async ({ io, next, url }) => {
      const buffers = await next(io(url, { transports: ["websocket"] }), "a");
      return buffers.map((buffer) => [...new Uint8Array(buffer)]);
    },
    expect: (value) => assert.deepEqual(value, [[2, 3], [1]]),
  },
  {
    rows: ["2.2 placeholders"],
    title: "an event without attachments may hold what looks like a placeholder",
    engine: granting('2["a",{"_placeholder":true,"num":0}]'),
    page: async ({ io, next, url }) => (await next(io(url, { transports: ["websocket"] }), "a"))[0],
    expect: (value) => assert.deepEqual(value, { _placeholder: true, num: 0 }),
  },
  {
    rows: ["2.2 placeholders"],
    title: "attachments that no placeholder names are dropped",
    engine: granting('52-["a",{"_placeholder":true,"num":1}]', Buffer.from([1]), Buffer.from([2])),
    page: async ({ io, next, url }) => {
      const [buffer, ...rest] = await next(io(url, { transports: ["websocket"] }), "a");
      return [[...new Uint8Array(buffer)], rest.length];
    },
    expect: (value) => assert.deepEqual(value, [[2], 0]),
  },
  {
    rows: ["2.2 placeholders"],
    title: "one attachment may stand in several places, deep in the data",
    engine: granting('51-["a",{"x":[{"_placeholder":true,"num":0}]},{"_placeholder":true,"num":0}]', Buffer.from([9])),
    page: async ({ io, next, url }) => {
      const [{ x: [inner] }, outer] = await next(io(url, { transports: ["websocket"] }), "a");
      return [inner, outer].map((buffer) => [...new Uint8Array(buffer)]);
    },
    expect: (value) => assert.deepEqual(value, [[9], [9]]),
  },
  {
    rows: ["2.2 attachments"],
    title: "ten attachments are taken",
    core: true,
    server({ io }) {
      const ten = Array.from({ length: 10 }, (_, n) => Buffer.from([n]));
      io.on("connection", (socket) => socket.emit("ten", ...ten));
    },
    page: async ({ io, next, url }) => {
      const buffers = await next(io(url, { transports: ["websocket"] }), "ten");
      return buffers.map((buffer) => new Uint8Array(buffer)[0]);
    },
    expect: (value) => assert.deepEqual(value, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
  },
  {
    rows: ["2.2 unknown nsp"],
    title: "packets of a namespace that no one asked for are ignored",
    core: true,
    engine: granting('0/other,{"sid":"y"}', '2/other,["a"]', "1/other", '4/other,{"message":"no"}', '2["end"]'),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      const told = [];
      socket.onAny((name) => told.push(name));
      for (const name of ["disconnect", "connect_error"]) socket.on(name, () => told.push(name));
      await next(socket, "end");
      return told;
    },
    expect: (told) => assert.deepEqual(told, ["end"]),
  },
  {
    rows: ["2.2 listener exceptions"],
    title: "a listener that throws disturbs neither the connection nor later events",
    core: true,
    engine: granting('2["a",1]', '2["a",2]', '2["end"]'),
    async page({ io, next, url, pause }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      const told = [];
      socket.on("a", (n) => {
        told.push(n);
        throw new Error(`listener ${n}`);
      });
      await next(socket, "end");
      await pause(0);
      return [told, socket.connected, window.errors.splice(0).map(({ message }) => message)];
    },
    expect: (value) => assert.deepEqual(value, [[1, 2], true, ["listener 1", "listener 2"]]),
  },
  {
    rows: ["2.2 disconnect in handler"],
    title: "after disconnect() in a listener nothing more is heard",
    core: true,
    ...pollingByHand((number) => [handshake(), '40{"sid":"x"}', '42["a",1]\x1e42["a",2]\x1e42["a",3]'][number]),
    async page({ io, next, url, pause }) {
      const socket = io(url, { transports: ["polling"] });
      const told = [];
      socket.on("a", (n) => (told.push(n), socket.disconnect()));
      const [reason] = await next(socket, "disconnect");
      await pause(0);
      return [told, reason];
    },
    expect: (value) => assert.deepEqual(value, [[1], "io client disconnect"]),
  },
];
