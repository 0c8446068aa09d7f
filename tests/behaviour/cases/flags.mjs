// The flags `compress`, `volatile` and `timeout`: for one emit and no more.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** Logs events and answers those that ask for it; "slow" after 80 ms. */
function logAll({ io, log }) {
  io.on("connection", (socket) => {
    socket.onAny((event, ...args) => {
      log.push(event);
      const answer = args.pop();
      if (typeof answer === "function") setTimeout(answer, event === "slow" ? 80 : 0, "answer");
    });
  });
}

export default [
  {
    rows: ["1.7 compress, volatile, timeout"],
    title: "flags chain in any order",
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const answers = [
        await socket.volatile.timeout(2_000).compress(false).emitWithAck("a"),
        await socket.timeout(2_000).volatile.compress(true).emitWithAck("b"),
        await socket.compress(true).compress(false).timeout(2_000).volatile.emitWithAck("c"),
      ];
      await pause(0);
      socket.compress(true).volatile.send("d");
      answers.push(await socket.emitWithAck("e"));
      return answers;
    },
    expect(answers, { log }) {
      assert.deepEqual(answers, Array(4).fill("answer"));
      assert.deepEqual(log, ["a", "b", "c", "message", "e"]);
    },
  },
  {
    rows: ["1.7 compress, volatile, timeout"],
    title: "timeout() is for one emit, and of several the last holds",
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const ask = (flagged, event) => new Promise((resolve) => flagged.emit(event, (...args) => resolve(args)));
      const timedOut = ask(socket.timeout(20), "slow");
      const plain = ask(socket, "slow");
      const changed = ask(socket.timeout(10).timeout(2_000), "slow");
      return [(await timedOut)[0].message, await plain, await changed];
    },
    expect: (result) => assert.deepEqual(result, ["operation has timed out", ["answer"], [null, "answer"]]),
  },
  {
    rows: ["1.7 compress, volatile, timeout"],
    title: "several flags are for one emit, as one is: what follows at once has none of them",
    core: true,
    arg: ["polling", "websocket"].map((transport) => ({ ...quick, transports: [transport], forceNew: true })),
    server: logAll,
    async page({ io, url, arg, next }) {
      const answers = [];
      for (const options of arg) {
        const socket = io(url, options);
        const ask = (event) => new Promise((resolve) => socket.emit(event, (...args) => resolve(args)));
        await next(socket, "connect");
        socket.timeout(10).compress(false).emit("first");
        const slow = ask("slow");
        socket.volatile.compress(true).emit("volatile");
        socket.emit("kept");
        answers.push(await slow);
        socket.disconnect();
        socket.volatile.timeout(10).emit("lost", () => {});
        socket.emit("for later");
        answers.push(socket.sendBuffer.length);
      }
      return answers;
    },
    expect(answers, { log }) {
      assert.deepEqual(answers, [["answer"], 1, ["answer"], 1]);
      // While a POST is on its way a volatile event is dropped.
      const kept = log.filter((event) => event !== "volatile");
      assert.deepEqual(kept, ["first", "slow", "kept", "first", "slow", "kept"]);
    },
  },
  {
    rows: ["1.7 compress, volatile, timeout"],
    title: "timeout() on an emit without a callback changes nothing, not even for the next emit",
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.timeout(10).emit("a");
      return new Promise((resolve) => socket.emit("slow", (...args) => resolve(args)));
    },
    expect(args, { log }) {
      assert.deepEqual(args, ["answer"]);
      assert.deepEqual(log, ["a", "slow"]);
    },
  },
  {
    rows: ["1.7 compress, volatile, timeout"],
    title: "timeout(0) is no time at all",
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      return socket.timeout(0).emitWithAck("slow").catch(({ message }) => message);
    },
    expect: (message) => assert.equal(message, "operation has timed out"),
  },
  {
    rows: ["1.7 compress, volatile, timeout"],
    title: "compress() reaches the engine's packets, for one emit",
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [];
      socket.io.engine.on("packetCreate", ({ type, options }) => type === "message" && seen.push(options.compress));
      socket.compress(false).emit("a");
      socket.emit("b");
      socket.compress(true).emit("c");
      await socket.emitWithAck("end");
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, [false, true, true, true]),
  },
  {
    rows: ["1.7 compress, volatile, timeout", "1.7 Reserved"],
    title: "a flag before an emit that throws does not go over to the next",
    fault: "keeps it",
    fails: /answer/,
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const results = [];
      for (const wrong of [["connect"], ["disconnect", () => {}]]) {
        try {
          socket.timeout(10).emit(...wrong);
        } catch {
          results.push("threw");
        }
        results.push(await new Promise((resolve) => socket.emit("slow", (...args) => resolve(args))));
      }
      return results;
    },
    expect: (results) => assert.deepEqual(results, ["threw", ["answer"], "threw", ["answer"]]),
  },
  {
    rows: ["1.7 compress, volatile, timeout"],
    title: "volatile before an emit that throws does not make the next one volatile",
    fault: "keeps it: the next emit is lost",
    fails: /kept/,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      try {
        socket.volatile.emit("connect");
      } catch {}
      socket.emit("kept");
      socket.connect();
      await next(socket, "connect");
      await socket.emitWithAck("end");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["kept", "end"]),
  },
  {
    rows: ["1.7 compress, volatile, timeout"],
    title: "a flag that was set and not used is forgotten by the next turn",
    fault: "keeps it for whoever emits next",
    fails: /answer/,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.timeout(10);
      await pause(0);
      return new Promise((resolve) => socket.emit("slow", (...args) => resolve(args)));
    },
    expect: (args) => assert.deepEqual(args, ["answer"]),
  },
  {
    rows: ["1.7 compress, volatile, timeout"],
    title: "a flag holds for an emit whose arguments are awaited",
    fault: "gives the flag to whoever emits first",
    fails: /deep-equal/,
    core: true,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const later = (value) => pause(5).then(() => value);
      const error = await socket.timeout(30).emitWithAck("slow", await later(1)).catch(({ message }) => message);
      const answer = await new Promise((resolve) => {
        later(2).then((value) => socket.emit("a", value));
        (async () => socket.timeout(2_000).emit("b", await later(3), (...args) => resolve(args)))();
      });
      const idle = io(url, { ...arg, autoConnect: false, forceNew: true });
      idle.volatile.emit("lost", await later(4));
      idle.emit("kept").connect();
      const plain = socket.compress(false);
      await socket.emitWithAck("end");
      const args = await new Promise((resolve) => plain.emit("plain", (...args) => resolve(args)));
      await idle.emitWithAck("idle");
      return [error, answer, args];
    },
    expect(results, { log }) {
      assert.deepEqual(results, ["operation has timed out", [null, "answer"], ["answer"]]);
      assert.deepEqual(log.sort(), ["a", "b", "end", "idle", "kept", "plain", "slow"]);
    },
  },
  {
    rows: ["1.7 compress, volatile, timeout"],
    title: "what a flag answers is the socket in all but that flag",
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next, until }) {
      const flagged = io(url, { ...arg, autoConnect: false }).compress(false).timeout(2_000);
      const before = [flagged.connected, flagged.active];
      flagged.connect().on("disconnect", () => {});
      await next(flagged, "connect");
      const [first, second] = await Promise.all([flagged.emitWithAck("a"), flagged.emitWithAck("b")]);
      const after = [flagged.connected, flagged.active, flagged.id === flagged.io.nsps["/"].id];
      flagged.disconnect();
      await until(() => !flagged.connected, "the end");
      return [before, first, second, after, flagged.active];
    },
    expect: (result) => assert.deepEqual(result, [[false, false], "answer", "answer", [true, true, true], false]),
  },
];
