// `emit` of what cannot be sent: it throws at once, and nothing else is disturbed.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

function logAll({ io, log }) {
  io.on("connection", (socket) => {
    socket.onAny((...args) => {
      if (typeof args.at(-1) === "function") args.pop()("heard");
      log.push(args);
    });
  });
}

/** What `emit` throws, as "Name: message". Runs in the page. */
function thrownBy(socket, ...args) {
  try {
    socket.emit(...args);
    return "nothing";
  } catch (error) {
    return String(error);
  }
}

const RESERVED = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];
const FREE = ["error", "ping", "pong", "message", "open", "close", "data", "reconnect", "reconnect_attempt"];

export default [
  {
    rows: ["1.7 Reserved"],
    title: "the reserved names throw, connected or not, and nothing is sent",
    core: true,
    arg: { quick, names: RESERVED },
    helpers: [thrownBy],
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg.quick, autoConnect: false });
      const before = arg.names.map((name) => thrownBy(socket, name, "x"));
      const buffered = socket.sendBuffer.length;
      socket.connect();
      await next(socket, "connect");
      const after = arg.names.map((name) => thrownBy(socket, name, "x"));
      await socket.emitWithAck("end");
      return { before, after, buffered };
    },
    expect({ before, after, buffered }, { log }) {
      const expected = RESERVED.map((name) => `Error: "${name}" is a reserved event name`);
      assert.deepEqual(before, expected);
      assert.deepEqual(after, expected);
      assert.equal(buffered, 0);
      assert.deepEqual(log, [["end"]]);
    },
  },
  {
    rows: ["1.7 Reserved"],
    title: "names that look reserved are events like others, both ways",
    arg: { quick, names: FREE },
    server({ io, log }) {
      io.on("connection", (socket) => {
        socket.onAny((event, value) => {
          log.push(event);
          socket.emit(event, value);
        });
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg.quick);
      await next(socket, "connect");
      const seen = [];
      for (const name of arg.names) {
        socket.on(name, (...args) => seen.push([name, ...args]));
        socket.emit(name, 1);
        await next(socket, name);
      }
      return seen;
    },
    expect(seen, { log }) {
      assert.deepEqual(log, FREE);
      assert.deepEqual(seen, FREE.map((name) => [name, 1]));
    },
  },
  {
    rows: ["1.7 emit"],
    title: "a circular value and a BigInt throw, and the connection goes on",
    core: true,
    arg: quick,
    helpers: [thrownBy],
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const circle = { name: "circle" };
      circle.self = circle;
      const thrown = [thrownBy(socket, "a", circle), thrownBy(socket, "b", [10n])];
      return [...thrown, await socket.emitWithAck("end"), socket.connected];
    },
    expect([circle, big, answer, connected], { log }) {
      assert.match(circle, /^(Type|Range)?Error/);
      assert.match(big, /^TypeError: .*BigInt/);
      assert.deepEqual([answer, connected, log], ["heard", true, [["end"]]]);
    },
  },
  {
    rows: ["1.7 emit"],
    title: "a circular value throws where it is emitted while there is no connection, and the socket connects",
    fault: "buffers it; at the connection that throws, `connect` never fires and the buffer is stuck",
    fails: /no "connect" within/,
    core: true,
    arg: quick,
    helpers: [thrownBy],
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const circle = {};
      circle.self = circle;
      socket.emit("first");
      const thrown = thrownBy(socket, "circle", circle);
      socket.emit("second");
      socket.connect();
      await next(socket, "connect", 500);
      await socket.emitWithAck("end");
      return thrown;
    },
    expect(thrown, { log }) {
      assert.match(thrown, /^(Type|Range)?Error/);
      assert.deepEqual(log, [["first"], ["second"], ["end"]]);
    },
  },
  {
    rows: ["1.7 emit"],
    title: "a BigInt throws where it is emitted while there is no connection, and the socket connects",
    fault: "buffers it; at the connection that throws, `connect` never fires and the buffer is stuck",
    fails: /no "connect" within/,
    arg: quick,
    helpers: [thrownBy],
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const thrown = thrownBy(socket, "big", 10n);
      socket.connect();
      await next(socket, "connect", 500);
      await socket.emitWithAck("end");
      return thrown;
    },
    expect(thrown, { log }) {
      assert.match(thrown, /^TypeError: .*BigInt/);
      assert.deepEqual(log, [["end"]]);
    },
  },
  {
    rows: ["1.7 emit"],
    title: "an event name that is neither text nor a number throws, and the connection stays",
    fault: "sends it, and the server breaks the connection",
    fails: /nothing/,
    arg: quick,
    helpers: [thrownBy],
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const names = [undefined, null, true, {}, [], ["a"], () => {}, Symbol("s"), new Date(0)];
      const thrown = names.map((name) => thrownBy(socket, name, "x"));
      const offline = io(url, { ...arg, forceNew: true, autoConnect: false });
      thrown.push(...names.map((name) => thrownBy(offline, name, "x")));
      if (thrown.includes("nothing")) return thrown;
      await socket.emitWithAck("end");
      return thrown;
    },
    expect(thrown, { log }) {
      for (const text of thrown) assert.match(text, /^TypeError: /);
      assert.deepEqual(log, [["end"]]);
    },
  },
  {
    rows: ["1.7 emit"],
    title: "a value whose toJSON or getter throws: emit throws that, and the connection goes on",
    arg: quick,
    helpers: [thrownBy],
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const toJSON = () => {
        throw new RangeError("mine");
      };
      const getter = {
        get value() {
          throw new RangeError("mine, too");
        },
      };
      const thrown = [thrownBy(socket, "a", { toJSON }), thrownBy(socket, "b", [getter])];
      return [...thrown, await socket.emitWithAck("end")];
    },
    expect(result, { log }) {
      assert.deepEqual(result, ["RangeError: mine", "RangeError: mine, too", "heard"]);
      assert.deepEqual(log, [["end"]]);
    },
  },
  {
    rows: ["1.7 emit", "1.7 Ack semantics"],
    title: "the callback of an emit that throws is never called",
    fault: "keeps it; a timeout calls it",
    fails: /called/,
    arg: quick,
    helpers: [thrownBy],
    server: logAll,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      let calls = 0;
      socket.timeout(20);
      thrownBy(socket, "a", 10n, () => calls++);
      await new Promise((resolve) => socket.emit("end", resolve));
      await pause(60);
      return calls;
    },
    expect: (calls) => assert.equal(calls, 0, "called"),
  },
];
