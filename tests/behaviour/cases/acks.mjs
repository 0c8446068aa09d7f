// Acknowledgements while the connection holds: whose answer goes where, in both directions, and timeouts.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** "answer" is answered with its own arguments, "slow" after 100 ms, "nothing" never. */
function answering({ io, log }) {
  io.on("connection", (socket) => {
    socket.on("answer", (...args) => args.pop()(...args));
    socket.on("slow", (answer) => setTimeout(answer, 100, "late"));
    socket.on("nothing", () => log.push("nothing"));
  });
}

/** Asks with "question" and logs each answer, and every acknowledgement that comes: the server itself takes but one. */
function asking({ io, log }) {
  io.on("connection", (socket) => {
    socket.conn.on("data", (data) => data.startsWith?.("3") && log.push(data));
    socket.on("ask me", (...args) => socket.emit("question", ...args, (...answer) => log.push(answer)));
    socket.on("end", (answer) => answer());
  });
}

export default [
  {
    rows: ["1.7 Ack semantics", "1.7 emit"],
    title: "the callback gets what the server answered, all of it, once",
    core: true,
    arg: quick,
    server: answering,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const ask = (...args) => new Promise((resolve) => socket.emit("answer", ...args, (...got) => resolve(got)));
      const self = new Promise((resolve) => {
        socket.emit("answer", function () {
          resolve(this);
        });
      });
      const answers = [await ask(), await ask(1), await ask(null, "b", { c: [] }), await ask(new Error("no error"))];
      return [...answers, socket === (await self)];
    },
    expect: (answers) => assert.deepEqual(answers, [[], [1], [null, "b", { c: [] }], [{}], true]),
  },
  {
    rows: ["1.7 Ack semantics"],
    title: "answers that come in another order find their callbacks",
    arg: quick,
    server({ io }) {
      const waiting = [];
      io.on("connection", (socket) => {
        socket.on("wait", (n, answer) => {
          waiting.push(() => answer(n));
          if (waiting.length === 5) waiting.reverse().forEach((release) => release());
        });
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const order = [];
      const wait = (n) => socket.emitWithAck("wait", n).then((answer) => order.push([n, answer]));
      await Promise.all([0, 1, 2, 3, 4].map(wait));
      return order;
    },
    expect: (order) => assert.deepEqual(order, [4, 3, 2, 1, 0].map((n) => [n, n])),
  },
  {
    rows: ["1.7 Ack semantics"],
    title: "a listener answers the server with the last argument, at once or later; a second answer is not sent",
    core: true,
    arg: quick,
    server: asking,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.on("question", (number, answer) => {
        if (number === 1) answer("at once", [1], null);
        setTimeout(answer, 10, "later");
      });
      socket.emit("ask me", 1).emit("ask me", 2);
      await pause(60);
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) =>
      assert.deepEqual(log, ['30["at once",[1],null]', ["at once", [1], null], '31["later"]', ["later"]]),
  },
  {
    rows: ["1.7 Ack semantics"],
    title: "answers carry binary data, both ways",
    core: true,
    arg: quick,
    server({ io, log }) {
      io.on("connection", (socket) => {
        socket.on("answer", ({ bytes }, answer) => answer({ bytes }, bytes.length));
        socket.on("ask me", () => socket.emit("question", Buffer.from([4, 5]), (...args) => log.push(args)));
        socket.on("end", (answer) => answer());
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const ask = (...args) => new Promise((resolve) => socket.emit(...args, (...got) => resolve(got)));
      const [{ bytes }, length] = await ask("answer", { bytes: new Uint8Array([1, 2, 3]) });
      socket.on("question", (question, answer) => answer({ deep: [new Uint8Array(question)] }, "text"));
      socket.emit("ask me");
      await next(socket, "question");
      await socket.emitWithAck("end");
      return [bytes instanceof ArrayBuffer, [...new Uint8Array(bytes)], length];
    },
    expect(result, { log }) {
      assert.deepEqual(result, [true, [1, 2, 3], 3]);
      assert.deepEqual(log, [[{ deep: [Buffer.from([4, 5])] }, "text"]]);
    },
  },
  {
    rows: ["1.7 Ack semantics"],
    title: "a callback may emit and wait for an answer, and so on",
    arg: quick,
    server: answering,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      return new Promise((resolve) => {
        const deeper = (n) => (n === 50 ? resolve(n) : socket.emit("answer", n + 1, deeper));
        deeper(0);
      });
    },
    expect: (depth) => assert.equal(depth, 50),
  },
  {
    rows: ["1.7 emitWithAck"],
    title: "emitWithAck promises the first value of the answer",
    core: true,
    arg: quick,
    server: answering,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const promise = socket.emitWithAck("answer", "first", "second");
      const nothing = await socket.emitWithAck("answer");
      const truthy = await socket.emitWithAck("answer", { error: "looks like one" }, "second");
      return [promise instanceof Promise, await promise, nothing === undefined, truthy];
    },
    expect: (result) => assert.deepEqual(result, [true, "first", true, { error: "looks like one" }]),
  },
  {
    rows: ["1.7 emitWithAck", "1.7 Reserved"],
    title: "emitWithAck of a reserved name or of what cannot be sent rejects",
    arg: quick,
    server: answering,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const failed = async (...args) => socket.emitWithAck(...args).catch((error) => String(error));
      return [await failed("connect"), await failed("answer", 1n), await failed("answer", "fine")];
    },
    expect([reserved, big, fine]) {
      assert.equal(reserved, 'Error: "connect" is a reserved event name');
      assert.match(big, /^TypeError: .*BigInt/);
      assert.equal(fine, "fine");
    },
  },
  {
    rows: ["1.7 compress, volatile, timeout", "1.7 Ack semantics"],
    title: "with timeout() the callback gets null and the answer, or an error; no second call follows",
    core: true,
    arg: quick,
    server: answering,
    async page({ io, url, arg, next, until }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const calls = [];
      const note = (error, ...args) => calls.push([error && error.message, error instanceof Error, ...args]);
      socket.timeout(2_000).emit("answer", "a", "b", note);
      await until(() => calls.length);
      socket.timeout(20).emit("slow", note);
      await socket.emitWithAck("slow");
      return calls;
    },
    expect(calls) {
      assert.deepEqual(calls, [[null, false, "a", "b"], ["operation has timed out", true]]);
    },
  },
  {
    rows: ["1.7 emitWithAck", "1.7 compress, volatile, timeout"],
    title: "timeout().emitWithAck resolves in time or rejects",
    core: true,
    arg: quick,
    server: answering,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const inTime = await socket.timeout(2_000).emitWithAck("answer", "a", "b");
      const error = await socket.timeout(20).emitWithAck("nothing").catch((error) => error);
      return [inTime, error instanceof Error, error.message];
    },
    expect: (result) => assert.deepEqual(result, ["a", true, "operation has timed out"]),
  },
  {
    rows: ["1.7 compress, volatile, timeout", "1.7 sendBuffer"],
    title: "what times out before it could be sent is taken from the buffer, and never sent",
    core: true,
    arg: quick,
    server({ io, log }) {
      io.on("connection", (socket) => socket.onAny((event, answer) => (log.push(event), answer?.())));
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      socket.emit("first");
      const error = socket.timeout(20).emitWithAck("late").catch((error) => error.message);
      socket.emit("second");
      const lengths = [socket.sendBuffer.length];
      const message = await error;
      lengths.push(socket.sendBuffer.length);
      socket.connect();
      await next(socket, "connect");
      await socket.emitWithAck("end");
      return [message, lengths];
    },
    expect(result, { log }) {
      assert.deepEqual(result, ["operation has timed out", [3, 2]]);
      assert.deepEqual(log, ["first", "second", "end"]);
    },
  },
  {
    rows: ["1.7 Ack semantics"],
    title: "answers nobody waits for, and second answers, are ignored",
    core: true,
    arg: quick,
    engine(socket) {
      socket.on("message", (text) => {
        if (text === "0") socket.send('0{"sid":"s"}');
        if (text !== '20["ask"]') return;
        const answers = ['3999["x"]', '30["a"]', '30["b"]', '31["never asked"]', '2["end"]'];
        answers.forEach((answer) => socket.send(answer));
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const answers = [];
      socket.emit("ask", (answer) => answers.push(answer));
      await next(socket, "end");
      return [answers, socket.connected];
    },
    expect: (result) => assert.deepEqual(result, [["a"], true]),
  },
  {
    rows: ["1.7 Ack semantics"],
    title: "ids grow as long as the socket lives, also over a new connection",
    arg: quick,
    engine(socket, { log }) {
      socket.on("message", (text) => {
        log.push(text);
        if (text === "0") socket.send('0{"sid":"s"}');
        if (text.endsWith('["cut"]')) socket.close();
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.emit("a", () => {}).emit("b").emit("c", () => {}).emit("cut");
      await next(socket, "connect");
      socket.emit("d", () => {}).emit("cut");
      await next(socket, "connect");
    },
    expect(_, { log }) {
      assert.deepEqual(log.slice(0, 7), ["0", '20["a"]', '2["b"]', '21["c"]', '2["cut"]', "0", '22["d"]']);
    },
  },
  {
    rows: ["1.7 compress, volatile, timeout", "1.4 ackTimeout"],
    title: "a time that no timer can take is as good as none",
    fault: "is over at once",
    fails: /timed out/,
    core: true,
    arg: quick,
    server: answering,
    async page({ io, url, arg }) {
      const answers = [];
      for (const ackTimeout of [Infinity, 3e9]) {
        const socket = io(url, { ...arg, ackTimeout, forceNew: true });
        answers.push(await socket.emitWithAck("answer", 1), await socket.timeout(ackTimeout).emitWithAck("answer", 2));
      }
      return answers;
    },
    expect: (answers) => assert.deepEqual(answers, [1, 2, 1, 2]),
  },
];
