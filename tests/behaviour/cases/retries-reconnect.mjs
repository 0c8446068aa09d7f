// The option `retries` when the connection breaks, and without `ackTimeout`.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };
const patient = { ...quick, retries: 3, ackTimeout: 2_000 };

/** Breaks the connection when the first emit comes, and answers all that come after it. */
function cutAtFirst({ io, log }) {
  io.on("connection", (socket) => {
    socket.onAny((event, ...args) => {
      const answer = args.pop();
      log.push([event, ...args]);
      if (log.length === 1) return socket.conn.close();
      answer("fine");
    });
  });
}

/** Answers with a value, as servers do that know nothing of `retries`. */
function answer({ io, log }) {
  io.on("connection", (socket) => {
    socket.on("ask", (question, reply) => {
      log.push(question);
      reply("value", question);
    });
  });
}

export default [
  {
    rows: ["1.4 retries"],
    title: "what was not answered when the connection broke is sent again, before what waited behind it",
    core: true,
    arg: patient,
    server: cutAtFirst,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      return Promise.all([1, 2, 3].map((number) => socket.emitWithAck("a", number)));
    },
    expect(answers, { log }) {
      assert.deepEqual(answers, ["fine", "fine", "fine"]);
      assert.deepEqual(log, [1, 1, 2, 3].map((number) => ["a", number]));
    },
  },
  {
    rows: ["1.4 retries"],
    title: "emits made while there is no connection follow in order",
    arg: patient,
    server: cutAtFirst,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const answers = [socket.emitWithAck("a", 1), socket.emitWithAck("a", 2)];
      socket.on("disconnect", () => answers.push(socket.emitWithAck("a", 3)));
      socket.on("connect", () => answers.push(socket.emitWithAck("a", 4)));
      await next(socket, "connect");
      await Promise.all(answers);
    },
    expect: (_, { log }) => assert.deepEqual(log, [1, 1, 2, 3, 4].map((number) => ["a", number])),
  },
  {
    rows: ["1.4 retries", "1.7 disconnect()"],
    title: "the queue outlives disconnect() and goes on after connect()",
    arg: patient,
    server: answer,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.disconnect();
      const answers = [1, 2].map((number) => socket.emitWithAck("ask", number));
      socket.connect();
      return Promise.all(answers);
    },
    expect(answers, { log }) {
      assert.deepEqual(answers, ["value", "value"]);
      assert.deepEqual(log, [1, 2]);
    },
  },
  {
    rows: ["1.4 retries without ackTimeout"],
    title: "without ackTimeout the server's answer is an answer: sent once, the callback gets (null, …)",
    fault: "takes the first value of the answer for an error and sends again",
    fails: /"value"|'value'/,
    core: true,
    arg: { ...quick, retries: 2 },
    server: answer,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const args = await new Promise((resolve) => socket.emit("ask", 1, (...args) => resolve(args)));
      await new Promise((resolve) => socket.emit("ask", 2, resolve));
      return args;
    },
    expect(args, { log }) {
      assert.deepEqual(args, [null, "value", 1]);
      assert.deepEqual(log, [1, 2]);
    },
  },
  {
    rows: ["1.4 retries without ackTimeout", "1.7 emitWithAck"],
    title: "without ackTimeout emitWithAck resolves with the server's answer",
    fault: "takes the first value of the answer for an error, sends again and at last rejects with it",
    fails: /rejected with value|in the page: value/,
    arg: { ...quick, retries: 2 },
    server: answer,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      return socket.emitWithAck("ask", 1);
    },
    expect(value, { log }) {
      assert.equal(value, "value");
      assert.deepEqual(log, [1]);
    },
  },
  {
    rows: ["1.4 retries without ackTimeout"],
    title: "without ackTimeout an emit without a callback is delivered once to a server that answers with nothing",
    fault: "takes the empty answer for an error and sends again",
    fails: /told/,
    arg: { ...quick, retries: 2 },
    server({ io, log }) {
      io.on("connection", (socket) => {
        socket.onAny((event, reply) => {
          log.push(event);
          reply();
        });
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.emit("told");
      await new Promise((resolve) => socket.emit("last", resolve));
    },
    expect: (_, { log }) => assert.deepEqual(log, ["told", "last"]),
  },
  {
    rows: ["1.4 retries without ackTimeout"],
    title: "without ackTimeout an emit that was under way when the connection broke is sent once more",
    fault: "takes the first value of the answer for an error and sends again",
    fails: /"fine"|'fine'|deepEqual|strictly/,
    arg: { ...quick, retries: 3 },
    server: cutAtFirst,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const ask = (number) => new Promise((resolve) => socket.emit("a", number, (...args) => resolve(args)));
      return Promise.all([ask(1), ask(2)]);
    },
    expect(answers, { log }) {
      assert.deepEqual(answers, [[null, "fine"], [null, "fine"]]);
      assert.deepEqual(log, [["a", 1], ["a", 1], ["a", 2]]);
    },
  },
  {
    rows: ["1.4 ackTimeout"],
    title: "ackTimeout holds for each emit with a callback, which then takes an error first",
    core: true,
    arg: { ...quick, ackTimeout: 150 },
    server: answer,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const ask = (...emitted) => new Promise((resolve) => socket.emit(...emitted, (...args) => resolve(args)));
      const answered = await ask("ask", 1);
      const [error, ...others] = await ask("unknown");
      const { message } = await socket.emitWithAck("unknown").catch((error) => error);
      return [answered, error.message, others, message];
    },
    expect(outcome) {
      const late = "operation has timed out";
      assert.deepEqual(outcome, [[null, "value", 1], late, [], late]);
    },
  },
  {
    rows: ["1.4 ackTimeout"],
    title: "timeout() goes before ackTimeout, for one emit",
    arg: { ...quick, ackTimeout: 20 },
    server({ io }) {
      io.on("connection", (socket) => socket.on("slow", (reply) => setTimeout(reply, 100, "late")));
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const longer = await socket.timeout(2_000).emitWithAck("slow");
      const { message } = await socket.emitWithAck("slow").catch((error) => error);
      return [longer, message];
    },
    expect: (outcome) => assert.deepEqual(outcome, ["late", "operation has timed out"]),
  },
  {
    rows: ["1.4 ackTimeout"],
    title: "ackTimeout: 0 is no time at all, not none",
    arg: { ...quick, ackTimeout: 0 },
    server({ io }) {
      io.on("connection", (socket) => socket.on("slow", (reply) => setTimeout(reply, 200)));
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const { message } = await socket.emitWithAck("slow").catch((error) => error);
      return message;
    },
    expect: (message) => assert.equal(message, "operation has timed out"),
  },
];
