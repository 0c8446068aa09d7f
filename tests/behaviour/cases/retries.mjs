// The options `retries` and `ackTimeout`: one packet at a time, sent again until the server has answered.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };
const patient = { ...quick, retries: 3, ackTimeout: 2_000 };
const hasty = { ...quick, retries: 2, ackTimeout: 400 };

/** Logs "again" and answers it when it comes for the given time; logs and answers all others at once. */
function answerAt(time) {
  return ({ io, log }) => {
    let tries = 0;
    io.on("connection", (socket) => {
      socket.on("cut", () => socket.conn.close());
      socket.onAny((event, ...args) => {
        const answer = args.pop();
        log.push([event, ...args]);
        if (event !== "again" || ++tries === time) answer("fine", event);
      });
    });
  };
}

/** Answers the first try of "slow" when the second has come, and the second one when "next" is there. */
function answerLate({ io, log }) {
  io.on("connection", (socket) => {
    const late = [];
    socket.on("slow", (answer) => {
      log.push("slow");
      if (late.push(answer) === 2) late[0]("to the first");
    });
    socket.on("next", (answer) => {
      log.push("next");
      late[1]?.("to the second");
      answer("to the next");
    });
  });
}

/** Logs what comes in and what is answered, 20 ms later. */
function answerSlowly({ io, log }) {
  io.on("connection", (socket) => {
    socket.onAny((event, ...args) => {
      log.push(`in ${event}`);
      const answer = args.pop();
      const reply = () => {
        log.push(`out ${event}`);
        answer();
      };
      if (typeof answer === "function") setTimeout(reply, 20);
    });
  });
}

export default [
  {
    rows: ["1.4 retries"],
    title: "the next emit is sent when the one before has been answered",
    core: true,
    arg: patient,
    server: answerSlowly,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      await Promise.all(["a", "b", "c"].map((event) => socket.emitWithAck(event)));
    },
    expect: (_, { log }) => assert.deepEqual(log, ["in a", "out a", "in b", "out b", "in c", "out c"]),
  },
  {
    rows: ["1.4 retries"],
    title: "an emit that is not answered in time is sent again, and the answer reaches its callback",
    core: true,
    arg: hasty,
    server: answerAt(3),
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      return new Promise((resolve) => socket.emit("again", 1, "x", (...args) => resolve(args)));
    },
    expect(args, { log }) {
      assert.deepEqual(args, [null, "fine", "again"]);
      assert.deepEqual(log, Array(3).fill(["again", 1, "x"]));
    },
  },
  {
    rows: ["1.4 retries"],
    title: "a late answer to the first try is taken while the second is under way, and the second one's is not the next emit's",
    fault: "forgets a try whose time is over, and sends again what the server has answered",
    fails: /timed out/,
    arg: hasty,
    server: answerLate,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const answers = [];
      socket.emit("slow", (error, answer) => answers.push(error?.message ?? answer));
      answers.push(await socket.emitWithAck("next"));
      return answers;
    },
    expect(answers, { log }) {
      assert.deepEqual(answers, ["to the first", "to the next"]);
      assert.deepEqual(log, ["slow", "slow", "next"]);
    },
  },
  {
    rows: ["1.4 retries"],
    title: "after the last try the callback gets the error, and the next emit has its turn",
    arg: hasty,
    server: answerAt(),
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const error = new Promise((resolve) => socket.emit("again", resolve));
      const answer = socket.emitWithAck("next");
      return [(await error).message, await answer];
    },
    expect(outcome, { log }) {
      assert.deepEqual(outcome, ["operation has timed out", "fine"]);
      assert.deepEqual(log, [["again"], ["again"], ["again"], ["next"]]);
    },
  },
  {
    rows: ["1.4 retries", "1.7 emitWithAck"],
    title: "emitWithAck resolves after a second try, and rejects after the last",
    arg: hasty,
    server: answerAt(2),
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const answer = await socket.emitWithAck("again");
      const { message } = await socket.emitWithAck("again").catch((error) => error);
      return [answer, message];
    },
    expect(outcome, { log }) {
      assert.deepEqual(outcome, ["fine", "operation has timed out"]);
      assert.equal(log.length, 2 + 3);
    },
  },
  {
    rows: ["1.4 retries", "1.7 Volatile"],
    title: "a volatile emit does not wait for its turn and is not sent again",
    arg: patient,
    server: answerSlowly,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const first = socket.emitWithAck("a");
      const second = socket.emitWithAck("b");
      await pause(0); // the transport is free again
      socket.volatile.emit("now");
      await Promise.all([first, second]);
    },
    expect: (_, { log }) => assert.deepEqual(log, ["in a", "in now", "out a", "in b", "out b"]),
  },
  {
    rows: ["1.4 retries"],
    title: "an emit without a callback is delivered once to a server that answers",
    core: true,
    arg: { ...hasty, ackTimeout: 1_000 },
    server: answerAt(),
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      for (const event of ["a", "b", "c"]) socket.emit(event, event);
      await socket.emitWithAck("last");
    },
    expect: (_, { log }) => assert.deepEqual(log, [["a", "a"], ["b", "b"], ["c", "c"], ["last"]]),
  },
  {
    rows: ["1.4 retries"],
    title: "an emit without a callback that the server does not answer is sent once and `retries` times more",
    arg: hasty,
    server({ io, log }) {
      io.on("connection", (socket) => {
        socket.on("told", (text) => log.push(text));
        socket.on("last", (answer) => answer());
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.emit("told", "once");
      await socket.emitWithAck("last");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["once", "once", "once"]),
  },
  {
    rows: ["1.4 retries", "1.7 sendBuffer"],
    title: "before the connection emits wait in a queue of their own, and keep their order",
    arg: patient,
    server: answerAt(),
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const answers = [1, 2, 3].map((number) => socket.emitWithAck("a", number));
      const buffered = socket.sendBuffer.length;
      socket.on("connect", () => answers.push(socket.emitWithAck("a", 4)));
      socket.connect();
      await next(socket, "connect");
      await Promise.all(answers);
      return buffered;
    },
    expect(buffered, { log }) {
      assert.equal(buffered, 0);
      assert.deepEqual(log, [1, 2, 3, 4].map((number) => ["a", number]));
    },
  },
  {
    rows: ["1.4 retries"],
    title: "binary data is whole at the second try, too",
    arg: hasty,
    server({ io, log }) {
      io.on("connection", (socket) => {
        socket.on("bytes", (bytes, { more }, answer) => {
          log.push([...bytes, ...more]);
          if (log.length === 2) answer();
        });
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      await socket.emitWithAck("bytes", new Uint8Array([1, 2]), { more: new Uint8Array([3]).buffer });
    },
    expect: (_, { log }) => assert.deepEqual(log, [[1, 2, 3], [1, 2, 3]]),
  },
  {
    rows: ["1.4 retries", "1.7 compress, volatile, timeout"],
    title: "timeout() holds for each try",
    arg: { ...patient, retries: 1 },
    server: answerAt(2),
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const begin = performance.now();
      await socket.timeout(200).emitWithAck("again");
      return performance.now() - begin;
    },
    expect(time, { log }) {
      assert.ok(time >= 190 && time < 1_900, `${time} ms`);
      assert.equal(log.length, 2);
    },
  },
  {
    rows: ["1.4 retries", "1.7 compress, volatile, timeout"],
    title: "the flags of an emit that waits for its turn do not go over to the next one",
    fault: "keeps them on the socket until the next packet is sent",
    fails: /operation has timed out/,
    arg: { ...quick, retries: 1, ackTimeout: 2_000 },
    server({ io }) {
      io.on("connection", (socket) => socket.on("slow", (answer) => setTimeout(answer, 150, "late")));
    },
    async page({ io, url, arg }) {
      const socket = io(url, { ...arg, autoConnect: false });
      socket.timeout(30).emit("unknown", () => {});
      const answer = socket.emitWithAck("slow");
      socket.connect();
      return answer;
    },
    expect: (answer) => assert.equal(answer, "late"),
  },
  {
    rows: ["1.4 retries", "1.7 onAnyOutgoing"],
    title: "each try is shown to onAnyOutgoing",
    arg: hasty,
    server: answerAt(3),
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const sent = [];
      socket.onAnyOutgoing((...args) => sent.push(args));
      await next(socket, "connect");
      await socket.emitWithAck("again", 1);
      return sent;
    },
    expect: (sent) => assert.deepEqual(sent, Array(3).fill(["again", 1])),
  },
  {
    rows: ["1.4 retries"],
    title: "retries of one namespace are not those of another over the same connection",
    core: true,
    arg: hasty,
    server(context) {
      answerAt(3)(context);
      context.io.of("/other").on("connection", (socket) => socket.onAny((event) => context.log.push(event)));
    },
    async page({ io, url, arg, next }) {
      const main = io(url, arg);
      const other = main.io.socket("/other");
      await Promise.all([next(main, "connect"), next(other, "connect")]);
      other.emit("once");
      return main.emitWithAck("again");
    },
    expect(answer, { log }) {
      assert.equal(answer, "fine");
      assert.deepEqual(log, ["once", ["again"], ["again"], ["again"]]);
    },
  },
  {
    rows: ["1.4 retries", "2.1 maxPayload"],
    title: "an event that is too large for the server fails alone: there is a connect event, and what follows is sent",
    differs: "the reference sends it, and loses the connection with each try",
    core: true,
    arg: { ...hasty, transports: ["polling"] },
    options: { maxHttpBufferSize: 5_000 },
    server: answerAt(1),
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const large = "x".repeat(6_000);
      const ask = (...args) => new Promise((resolve) => socket.emit(...args, (error) => resolve(error?.message)));
      const results = [ask("large", large), ask("small", 1)];
      await next(socket, "connect");
      results.push(ask("late", large), ask("last", 2));
      socket.emit("nobody hears of it", large);
      await new Promise((resolve) => socket.emit("end", resolve));
      const reported = window.errors.splice(0).map(String);
      return [await Promise.all(results), reported];
    },
    expect([results, reported], { log }) {
      for (const at of [0, 2]) assert.match(results[at], /\b5000\b/);
      assert.deepEqual([results[1], results[3]], [null, null]);
      assert.equal(reported.length, 1);
      assert.match(reported[0], /maxPayload/);
      assert.deepEqual(log, [["small", 1], ["last", 2], ["end"]]);
    },
  },
];
