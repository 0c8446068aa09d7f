// The option `auth` where it cannot be had, comes as a promise, twice, or too late.

import assert from "node:assert/strict";
import { settled } from "../support/settled.mjs";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

function logAuth({ io, log }) {
  io.on("connection", ({ handshake: { auth } }) => log.push(auth));
}

/** One outcome of a socket whose `auth` is wrong. Runs in the page. */
async function outcomeOf(socket, next) {
  const connect = next(socket, "connect", 500).then(() => ["connect"]);
  const refused = next(socket, "connect_error", 500).then(([{ message }]) => ["connect_error", message]);
  const outcome = await Promise.any([connect, refused]);
  return [...outcome, socket.active];
}

export default [
  {
    rows: ["1.4 auth"],
    title: "an async function works like one with a callback",
    fault: "does not look at the promise and never connects",
    fails: /no "connect" within/,
    core: true,
    arg: quick,
    server: logAuth,
    async page({ io, url, arg, next }) {
      await next(io(url, { ...arg, auth: async () => ({ token: "later" }) }), "connect", 500);
    },
    expect: (_, { log }) => assert.deepEqual(log, [{ token: "later" }]),
  },
  {
    rows: ["1.4 auth"],
    title: "an async function that hands its data over after it has ended works, too",
    arg: quick,
    server: logAuth,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, auth: async (give) => void setTimeout(give, 20, { from: "later" }) });
      await next(socket, "connect");
    },
    expect: (_, { log }) => assert.deepEqual(log, [{ from: "later" }]),
  },
  {
    rows: ["1.4 auth", "1.7 connect_error"],
    title: "a function that throws ends in connect_error with what it has thrown",
    fault: "leaves the error uncaught and never connects",
    fails: /All promises were rejected/,
    core: true,
    arg: quick,
    helpers: [outcomeOf],
    server: logAuth,
    async page({ io, url, arg, next }) {
      const auth = () => {
        throw new Error("no token");
      };
      return outcomeOf(io(url, { ...arg, auth }), next);
    },
    expect(outcome, { log }) {
      assert.deepEqual(outcome, ["connect_error", "no token", false]);
      assert.deepEqual(log, []);
    },
  },
  {
    rows: ["1.4 auth", "1.7 connect_error"],
    title: "an async function that fails ends in connect_error with the reason",
    fault: "leaves the rejection unhandled and never connects",
    fails: /All promises were rejected/,
    arg: quick,
    helpers: [outcomeOf],
    server: logAuth,
    async page({ io, url, arg, next }) {
      return outcomeOf(io(url, { ...arg, auth: () => Promise.reject(new Error("no token yet")) }), next);
    },
    expect(outcome, { log }) {
      assert.deepEqual(outcome, ["connect_error", "no token yet", false]);
      assert.deepEqual(log, []);
    },
  },
  {
    rows: ["1.4 auth"],
    title: "after a function that failed, connect() asks it again",
    fault: "leaves the error uncaught and never connects",
    fails: /no "connect_error" within/,
    arg: quick,
    server: logAuth,
    async page({ io, url, arg, next }) {
      let calls = 0;
      const auth = (give) => {
        if (++calls === 1) throw new Error("no token");
        give({ calls });
      };
      const socket = io(url, { ...arg, auth });
      await next(socket, "connect_error", 500);
      socket.connect();
      await next(socket, "connect");
    },
    expect: (_, { log }) => assert.deepEqual(log, [{ calls: 2 }]),
  },
  {
    rows: ["1.4 auth", "1.7 connect()"],
    title: "a function that never answers is asked again by connect()",
    arg: quick,
    server: logAuth,
    async page({ io, url, arg, next, until, pause }) {
      let calls = 0;
      const auth = (give) => {
        if (++calls > 1) give({ token: "later" });
      };
      const socket = io(url, { ...arg, auth });
      await until(() => calls === 1, "it is asked");
      await pause(100);
      socket.connect();
      await next(socket, "connect");
    },
    expect: (_, { log }) => assert.deepEqual(log, [{ token: "later" }]),
  },
  {
    rows: ["1.4 auth", "1.7 connect_error"],
    title: "text or a list in place of an object is refused without a word to the server",
    fault: "sends it, and the server breaks the connection, again and again",
    fails: /All promises were rejected/,
    arg: quick,
    helpers: [outcomeOf],
    server: logAuth,
    async page({ io, url, arg, next }) {
      const option = await outcomeOf(io(url, { ...arg, auth: "secret" }), next);
      const handed = await outcomeOf(io(url, { ...arg, forceNew: true, auth: (give) => give("secret") }), next);
      return [option, handed, await outcomeOf(io(url, { ...arg, forceNew: true, auth: ["secret"] }), next)];
    },
    expect(outcomes, { log, requests }) {
      for (const [event, message, active] of outcomes) {
        assert.equal(event, "connect_error");
        assert.match(message, /auth must be an object/);
        assert.equal(active, false);
      }
      assert.deepEqual(log, []);
      assert.equal(requests.length, 3, "no further attempt");
    },
  },
  {
    rows: ["1.4 auth"],
    title: "a function that answers twice connects once",
    fault: "sends a CONNECT for each answer",
    fails: /a CONNECT for each answer/,
    arg: quick,
    engine(socket, { log }) {
      socket.on("message", (text) => {
        log.push(text);
        if (text.startsWith("0")) socket.send('0{"sid":"s"}');
        else socket.send('2["heard"]');
      });
    },
    async page({ io, url, arg, next }) {
      const auth = (give) => [1, 2].forEach((answer) => give({ answer }));
      const socket = io(url, { ...arg, auth });
      await next(socket, "connect");
      socket.emit("said");
      await next(socket, "heard");
    },
    expect: (_, { log }) => assert.deepEqual(log, ['0{"answer":1}', '2["said"]'], "a CONNECT for each answer"),
  },
  {
    rows: ["1.4 auth", "1.7 disconnect()"],
    title: "an answer that comes after disconnect() connects nothing",
    fault: "sends the CONNECT: the server has a socket that nobody holds",
    fails: /a socket that nobody holds/,
    arg: quick,
    server({ io }) {
      io.of("/late").on("connection", () => {});
    },
    async page({ io, url, arg, next, until }) {
      const main = io(url, arg);
      await next(main, "connect");
      let give;
      const late = io(`${url}/late`, { ...arg, auth: (callback) => (give = callback) });
      await until(() => give);
      late.disconnect();
      give({});
      await main.timeout(100).emitWithAck("unknown").catch(() => {});
      return main.connected;
    },
    async expect(isConnected, { io }) {
      assert.equal(isConnected, true);
      await settled(() => assert.equal(io.of("/late").sockets.size, 0, "a socket that nobody holds"));
    },
  },
];
