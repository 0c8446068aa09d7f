// What the reference does not have: limits that are told where they are passed, and how much waits to be sent.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };
const polling = { ...quick, transports: ["polling"] };
const unlimited = "the reference has no such limit: it sends, and the server breaks the connection";
const unbounded = "the reference's buffer has no bounds";
const unmeasured = "the reference tells neither how much waits to be sent nor when nothing does";

/** Logs events by their first argument, or its size; answers those that ask for it. */
function logAll({ io, log }) {
  io.on("connection", (socket) => {
    socket.onAny((event, ...args) => {
      if (typeof args.at(-1) === "function") args.pop()("answer");
      log.push(args[0]?.length ?? args[0] ?? event);
    });
  });
}

function slowPosts(req, res, next) {
  req.method === "POST" ? setTimeout(next, 60) : next();
}

const held = [];
let holder;

/** A POST goes on when the page says so; that of a page that was left before is of another server. */
function holdPosts(req, res, next) {
  req.method === "POST" && req.socket.server === holder ? held.push(next) : next();
}

/** What `emit` throws, as text. Runs in the page. */
function thrownBy(socket, ...args) {
  try {
    socket.emit(...args);
    return "nothing";
  } catch (error) {
    return error instanceof Error ? error.message : `no error: ${error}`;
  }
}

export default [
  {
    rows: ["2.1 maxPayload", "1.7 emit"],
    title: "over HTTP, an emit larger than the server takes throws, names both sizes, and the connection stays",
    differs: unlimited,
    core: true,
    arg: polling,
    helpers: [thrownBy],
    options: { maxHttpBufferSize: 5_000 },
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const thrown = [thrownBy(socket, "a", "x".repeat(6_000)), thrownBy(socket, "b", "ü".repeat(2_500))];
      thrown.push(thrownBy(socket, "c", new Uint8Array(4_000)), thrownBy(socket, "fits", "x".repeat(4_900)));
      return [thrown, await socket.emitWithAck("end")];
    },
    expect([thrown, answer], { log }) {
      const [text, wide, binary, fits] = thrown;
      for (const message of [text, wide, binary]) assert.match(message, /\b5000\b/);
      assert.match(text, /\b60\d\d\b/);
      assert.match(wide, /\b50\d\d\b/);
      assert.match(binary, /\b5[34]\d\d\b/, "its size in base64");
      assert.equal(fits, "nothing");
      assert.equal(answer, "answer");
      assert.deepEqual(log, [4_900, "end"]);
    },
  },
  {
    rows: ["2.1 maxPayload"],
    title: "an emit that throws for its size calls its callback neither then nor later",
    differs: unlimited,
    arg: polling,
    options: { maxHttpBufferSize: 5_000 },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const called = [];
      try {
        socket.timeout(20).emit("a", "x".repeat(6_000), (error) => called.push(String(error)));
      } catch {
        called.push("thrown");
      }
      // What was set later ends later.
      await new Promise((resolve) => socket.timeout(40).emit("no answer", resolve));
      return called;
    },
    expect: (called) => assert.deepEqual(called, ["thrown"]),
  },
  {
    rows: ["2.1 maxPayload", "1.7 emit"],
    title: "what waits for the connection and is larger than the server takes fails alone: what is behind it arrives",
    differs: unlimited,
    arg: polling,
    options: { maxHttpBufferSize: 5_000 },
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      socket.emit("a", 1);
      const large = socket.emitWithAck("b", "x".repeat(6_000)).catch(({ message }) => message);
      socket.emit("c", 3);
      socket.emit("d", 4);
      await next(socket, "connect");
      const answer = await socket.emitWithAck("end");
      return [await large, answer, window.errors.splice(0).map(String)];
    },
    expect([large, answer, reported], { log }) {
      assert.match(large, /\b5000\b/);
      assert.equal(answer, "answer");
      assert.equal(reported.length, 1);
      assert.match(reported[0], /maxPayload/);
      assert.deepEqual(log, [1, 3, 4, "end"]);
    },
  },
  {
    rows: ["2.1 maxPayload"],
    title: "many emits that only together are larger than the server takes arrive",
    arg: polling,
    options: { maxHttpBufferSize: 2_000 },
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      for (let n = 0; n < 12; n++) socket.emit("part", n % 2 ? "x".repeat(900) : new Uint8Array(600));
      return socket.emitWithAck("end");
    },
    expect(answer, { log }) {
      assert.equal(answer, "answer");
      assert.deepEqual(log, [...Array.from({ length: 12 }, (_, n) => (n % 2 ? 900 : 600)), "end"]);
    },
  },
  {
    rows: ["2.2 attachments", "1.7 emit"],
    title: "an emit with more attachments than the server takes throws, names both numbers, and the connection stays",
    differs: "the reference sends them, and the server breaks the connection",
    core: true,
    arg: quick,
    helpers: [thrownBy],
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const some = (count) => Array.from({ length: count }, () => new Uint8Array(1));
      const thrown = [thrownBy(socket, "many", some(12)), thrownBy(socket, "few", some(10))];
      const idle = io(url, { ...arg, forceNew: true, autoConnect: false });
      thrown.push(thrownBy(idle, "many", ...some(11)));
      return [thrown, idle.sendBuffer.length, await socket.emitWithAck("end")];
    },
    expect([[many, few, idle], buffered, answer], { log }) {
      assert.match(many, /\b12\b.*\b10\b|\b10\b.*\b12\b/);
      assert.match(idle, /\b11\b.*\b10\b|\b10\b.*\b11\b/);
      assert.equal(few, "nothing");
      assert.equal(buffered, 0);
      assert.equal(answer, "answer");
      assert.deepEqual(log, [10, "end"]);
    },
  },
  {
    rows: ["2.2 attachments"],
    title: "the option maxAttachments allows more, in what is emitted and in what is received",
    differs: "the reference has the limit without the option",
    core: true,
    arg: { ...quick, maxAttachments: 20 },
    engine(socket, { log }) {
      socket.on("message", (message) => {
        if (message === "0") socket.send('0{"sid":"s"}');
        log.push(typeof message === "string" ? message.slice(0, 3) : message.length);
        if (log.length === 21) {
          const places = Array.from({ length: 20 }, (_, num) => ({ _placeholder: true, num }));
          socket.send(`520-${JSON.stringify(["many", places])}`);
          for (let n = 0; n < 20; n++) socket.send(Buffer.from([n]));
        }
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.emit("many", Array.from({ length: 19 }, () => new Uint8Array(1)));
      const [many] = await next(socket, "many");
      return many.map((bytes) => new Uint8Array(bytes)[0]);
    },
    expect(many, { log }) {
      assert.deepEqual(many, Array.from({ length: 20 }, (_, n) => n));
      assert.deepEqual(log, ["0", "519", ...Array(19).fill(1)]);
    },
  },
  {
    rows: ["1.7 sendBuffer"],
    title: "a full buffer refuses the emit: maxBuffered",
    differs: unbounded,
    core: true,
    arg: { ...quick, maxBuffered: 2 },
    helpers: [thrownBy],
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const thrown = [1, 2, 3].map((n) => thrownBy(socket, "a", n));
      const length = socket.sendBuffer.length;
      socket.connect();
      await next(socket, "connect");
      for (const n of [4, 5, 6]) thrown.push(thrownBy(socket, "a", n));
      await socket.emitWithAck("end");
      return [thrown, length];
    },
    expect([[, second, third, ...connected], length], { log }) {
      assert.equal(second, "nothing");
      assert.match(third, /\b2\b/);
      assert.deepEqual([connected, length], [Array(3).fill("nothing"), 2]);
      assert.deepEqual(log, [1, 2, 4, 5, 6, "end"]);
    },
  },
  ...["drop-oldest", "drop-newest"].map((bufferOverflow) => ({
    rows: ["1.7 sendBuffer"],
    title: `a full buffer with bufferOverflow: "${bufferOverflow}" throws nothing`,
    differs: unbounded,
    arg: { ...quick, maxBuffered: 2, bufferOverflow },
    helpers: [thrownBy],
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const thrown = [1, 2, 3, 4].map((n) => thrownBy(socket, "a", n));
      const length = socket.sendBuffer.length;
      socket.connect();
      await next(socket, "connect");
      await socket.emitWithAck("end");
      return [thrown, length];
    },
    expect(result, { log }) {
      assert.deepEqual(result, [Array(4).fill("nothing"), 2]);
      assert.deepEqual(log, bufferOverflow === "drop-oldest" ? [3, 4, "end"] : [1, 2, "end"]);
    },
  })),
  {
    rows: ["1.7 sendBuffer", "1.7 emitWithAck"],
    title: "the promise of an emit that a full buffer has dropped is rejected",
    differs: unbounded,
    arg: { ...quick, maxBuffered: 1 },
    server: logAll,
    async page({ io, url, arg, pause }) {
      const outcomes = {};
      for (const bufferOverflow of ["throw", "drop-oldest", "drop-newest"]) {
        const socket = io(url, { ...arg, bufferOverflow, autoConnect: false, forceNew: true });
        const ask = () => {
          const failed = (error) => error instanceof Error && "rejected";
          return Promise.race([socket.emitWithAck("a").then(() => "resolved", failed), pause(50)]);
        };
        outcomes[bufferOverflow] = await Promise.all([ask(), ask()]);
      }
      return outcomes;
    },
    expect(outcomes) {
      const [first, second] = [["rejected", null], [null, "rejected"]];
      assert.deepEqual(outcomes, { throw: second, "drop-oldest": first, "drop-newest": second });
    },
  },
  ...["polling", "websocket"].map((transport) => ({
    rows: ["1.7 emit"],
    title: `bufferedAmount tells how much waits to be sent, drain when nothing does, over ${transport}`,
    differs: unmeasured,
    core: true,
    arg: { ...quick, transports: [transport] },
    options: { maxHttpBufferSize: 1e8 },
    http: slowPosts,
    server: logAll,
    async page({ io, url, arg, next, until }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      await until(() => socket.bufferedAmount === 0); // CONNECT has been handed over
      const drained = next(socket.io, "drain");
      const engineDrained = next(socket.io.engine, "drain");
      for (let n = 0; n < 4; n++) socket.emit("large", "x".repeat(1_000_000));
      const during = socket.bufferedAmount;
      await Promise.all([drained, engineDrained]);
      const after = socket.bufferedAmount;
      await socket.emitWithAck("end");
      return { during, after };
    },
    expect({ during, after }, { log }) {
      assert.equal(after, 0);
      assert.ok(during >= 1_000_000, `${during} bytes`);
      assert.deepEqual(log, [...Array(4).fill(1_000_000), "end"]);
    },
  })),
  {
    rows: ["1.7 emit"],
    title: "bufferedAmount counts each byte that waits for long-polling once",
    differs: unmeasured,
    arg: polling,
    options: { maxHttpBufferSize: 2_500 },
    http: holdPosts,
    server(world) {
      held.length = 0;
      holder = world.io.httpServer;
      logAll(world);
    },
    commands: { held: () => held.length, goOn: () => held.shift()() },
    async page({ io, url, arg, tell, until }) {
      const socket = io(url, arg);
      const amounts = [];
      const post = async () => {
        await until(() => tell("held"), "a POST");
        amounts.push(socket.bufferedAmount);
        await tell("goOn");
      };
      await post(); // CONNECT
      await until(() => socket.connected && socket.bufferedAmount === 0, "the connection");
      for (let n = 0; n < 5; n++) socket.emit("large", "x".repeat(985));
      // Two of them fit into one POST.
      for (let posts = 0; posts < 3; posts++) await post();
      await until(() => socket.bufferedAmount === 0, "all are sent");
      return amounts;
    },
    expect: (amounts) => assert.deepEqual(amounts, [2, 5 * 999, 4 * 999, 2 * 999]),
  },
  {
    rows: ["1.7 emit"],
    title: "drain comes to those, too, who begin to wait for it when all was emitted",
    differs: unmeasured,
    arg: { ...quick, transports: ["polling"] },
    http: slowPosts,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      for (const emitter of [socket.io, socket.io.engine]) {
        socket.emit("large", "x".repeat(1_000));
        await new Promise((resolve) => setTimeout(resolve));
        await next(emitter, "drain");
      }
      return [socket.bufferedAmount, socket.io.engine.writeBuffer.length];
    },
    expect: (waiting) => assert.deepEqual(waiting, [0, 0]),
  },
  {
    rows: ["1.7 Volatile"],
    title: "a volatile emit while much waits to be sent over the WebSocket is dropped",
    differs: unmeasured,
    arg: quick,
    options: { maxHttpBufferSize: 1e8 },
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.emit("large", "x".repeat(10_000_000));
      socket.volatile.emit("lost");
      const drained = next(socket.io, "drain");
      await socket.emitWithAck("between");
      await drained;
      return new Promise((resolve) => socket.volatile.emit("arrives", resolve));
    },
    expect(answer, { log }) {
      assert.equal(answer, "answer");
      assert.deepEqual(log, [10_000_000, "between", "arrives"]);
    },
  },
  {
    rows: ["1.7 emit"],
    title: "bufferedAmount is 0 without a connection: what waits in sendBuffer is not handed over yet",
    differs: unmeasured,
    arg: quick,
    server: logAll,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      socket.emit("large", "x".repeat(1_000));
      const before = socket.bufferedAmount;
      await next(socket.connect(), "connect");
      await socket.emitWithAck("end");
      socket.disconnect();
      return [before, socket.bufferedAmount];
    },
    expect: (amounts) => assert.deepEqual(amounts, [0, 0]),
  },
];
