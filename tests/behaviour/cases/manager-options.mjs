// The options that decide when a Manager connects, how often it tries again and how long it waits.

import assert from "node:assert/strict";

/** A server that nobody reaches. */
const unreachable = { http: (req) => req.socket.destroy(), upgrade: (req, socket) => socket.destroy() };
const polling = { transports: ["polling"], randomizationFactor: 0 };

/** What is seen of a wait: it is measured from an event that comes a little after the clock was read. */
const atLeast = (ms) => 0.6 * ms;

/** The waits before the attempts of a Manager, from each failure to the attempt that follows it. */
function waitsOf(manager) {
  const waits = [];
  let failed;
  manager.on("error", () => (failed = performance.now()));
  manager.on("reconnect_attempt", () => waits.push(Math.round(performance.now() - failed)));
  return waits;
}

/** A `page` of a case: the first wait of each of many Managers. */
async function firstWaits({ Manager, next, url, arg }) {
  const managers = Array.from({ length: 16 }, () => new Manager(url, arg));
  const waits = managers.map(waitsOf);
  await Promise.all(managers.map((manager) => next(manager, "reconnect_attempt")));
  return waits.flat();
}

export default [
  {
    rows: ["1.3 autoConnect"],
    title: "autoConnect: false waits for connect(), with no engine and what is emitted kept",
    core: true,
    server({ io, log }) {
      io.on("connection", (socket) => socket.on("early", (value, answer) => answer(log.push(value))));
    },
    async page({ io, url, arg }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const answered = new Promise((resolve) => socket.emit("early", "kept", resolve));
      const before = { engine: typeof socket.io.engine, active: socket.active, kept: socket.sendBuffer.length };
      socket.connect();
      const { active } = socket;
      await answered;
      return { ...before, activeNow: active };
    },
    arg: { transports: ["websocket"] },
    expect(result, { log }) {
      assert.deepEqual(result, { engine: "undefined", active: false, kept: 1, activeNow: true });
      assert.deepEqual(log, ["kept"]);
    },
  },
  {
    rows: ["1.3 autoConnect"],
    title: "without a word about autoConnect the Manager is opening and the socket active at once",
    page({ io, url }) {
      const socket = io(url);
      return { engine: socket.io.engine.readyState, active: socket.active, connected: socket.connected };
    },
    expect: (result) => assert.deepEqual(result, { engine: "opening", active: true, connected: false }),
  },
  {
    rows: ["1.3 reconnection"],
    title: "a connection that is lost comes back by itself",
    core: true,
    commands: { cut: ({ cut }) => cut() },
    async page({ io, next, url, tell }) {
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 20, randomizationFactor: 0 });
      await next(socket, "connect");
      const first = socket.id;
      const gone = next(socket, "disconnect");
      tell("cut");
      await gone;
      await next(socket, "connect");
      return { other: socket.id !== first, wanted: socket.io.reconnection() };
    },
    expect: (result) => assert.deepEqual(result, { other: true, wanted: true }),
  },
  {
    rows: ["1.3 reconnection"],
    title: "with reconnection: false a connection that is lost stays so",
    commands: { cut: ({ cut }) => cut() },
    async page({ io, next, url, tell, pause }) {
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 20, reconnection: false });
      await next(socket, "connect");
      let attempts = 0;
      socket.io.on("reconnect_attempt", () => attempts++);
      const gone = next(socket, "disconnect");
      tell("cut");
      await gone;
      await pause(150);
      return { attempts, connected: socket.connected, wanted: socket.io.reconnection() };
    },
    expect: (result) => assert.deepEqual(result, { attempts: 0, connected: false, wanted: false }),
  },
  {
    rows: ["1.3 reconnection"],
    title: "with reconnection: false a failed first connection is not tried again",
    ...unreachable,
    async page({ io, next, url, arg, pause }) {
      const socket = io(url, { ...arg, reconnectionDelay: 20, reconnection: false });
      let errors = 0;
      socket.on("connect_error", () => errors++);
      await next(socket, "connect_error");
      await pause(150);
      return errors;
    },
    arg: polling,
    expect: (errors) => assert.equal(errors, 1),
  },
  {
    rows: ["1.3 reconnectionAttempts"],
    title: "gives up after as many attempts as were asked for",
    core: true,
    ...unreachable,
    async page({ io, next, url, arg }) {
      const socket = io(url, { ...arg, reconnectionDelay: 10, reconnectionAttempts: 3 });
      const attempts = [];
      socket.io.on("reconnect_attempt", (number) => attempts.push(number));
      await next(socket.io, "reconnect_failed");
      return attempts;
    },
    arg: polling,
    expect: (attempts) => assert.deepEqual(attempts, [1, 2, 3]),
  },
  {
    rows: ["1.3 reconnectionAttempts", "1.3 reconnectionDelay", "1.3 timeout"],
    title: "numbers may be text, as from the environment",
    ...unreachable,
    async page({ io, next, url, arg }) {
      const options = { timeout: "20000", reconnectionDelay: "10", randomizationFactor: "0", reconnectionAttempts: "2" };
      const socket = io(url, { ...arg, ...options, ackTimeout: "1000", retries: "1" });
      const attempts = [];
      socket.io.on("reconnect_attempt", (number) => attempts.push(number));
      await next(socket.io, "reconnect_failed");
      return attempts;
    },
    arg: polling,
    expect: (attempts) => assert.deepEqual(attempts, [1, 2]),
  },
  {
    rows: ["1.3 reconnectionAttempts", "1.3 reconnectionDelay", "1.3 reconnectionDelayMax", "1.3 timeout"],
    title: "defaults: tries for ever, waits 1 s to 5 s, gives a connection 20 s",
    page({ Manager }) {
      const manager = new Manager({ autoConnect: false });
      const numbers = [manager.reconnectionDelay(), manager.reconnectionDelayMax(), manager.timeout()];
      return { endless: manager.reconnectionAttempts() === Infinity, numbers };
    },
    expect: (result) => assert.deepEqual(result, { endless: true, numbers: [1_000, 5_000, 20_000] }),
  },
  {
    rows: ["1.3 reconnectionAttempts", "1.3 reconnectionDelay", "1.3 reconnectionDelayMax"],
    title: "0 stands for the default: attempts without end, 1 s, 5 s",
    page({ Manager }) {
      const zero = { reconnectionAttempts: 0, reconnectionDelay: 0, reconnectionDelayMax: 0 };
      const manager = new Manager({ ...zero, autoConnect: false });
      const numbers = [manager.reconnectionDelay(), manager.reconnectionDelayMax()];
      return { endless: manager.reconnectionAttempts() === Infinity, numbers };
    },
    expect: (result) => assert.deepEqual(result, { endless: true, numbers: [1_000, 5_000] }),
  },
  {
    rows: ["1.3 reconnectionDelay", "1.3 randomizationFactor"],
    title: "with randomizationFactor 0 the first attempt comes after reconnectionDelay, neither more nor less",
    ...unreachable,
    helpers: [waitsOf],
    async page({ io, next, url, arg }) {
      const socket = io(url, { ...arg, reconnectionDelay: 150 });
      const waits = waitsOf(socket.io);
      await next(socket.io, "reconnect_attempt");
      return { waits, factor: socket.io.randomizationFactor() };
    },
    arg: polling,
    expect({ waits, factor }) {
      assert.equal(factor, 0);
      assert.ok(waits[0] >= atLeast(150) && waits[0] < 600, `${waits[0]} ms`);
    },
  },
  {
    rows: ["1.3 backoff formula", "1.3 reconnectionDelayMax"],
    title: "the wait doubles with each attempt, up to reconnectionDelayMax",
    ...unreachable,
    helpers: [waitsOf],
    async page({ io, next, url, arg }) {
      const options = { ...arg, reconnectionDelay: 30, reconnectionDelayMax: 100, reconnectionAttempts: 6 };
      const socket = io(url, options);
      const waits = waitsOf(socket.io);
      await next(socket.io, "reconnect_failed");
      return waits;
    },
    arg: polling,
    expect(waits) {
      const least = [30, 60, 100, 100, 100, 100];
      least.forEach((ms, at) => assert.ok(waits[at] >= atLeast(ms), `attempt ${at + 1} after ${waits[at]} ms`));
      // Without a longest wait it would be 960 ms.
      assert.ok(waits[5] < 600, `the last attempt after ${waits[5]} ms`);
    },
  },
  {
    rows: ["1.3 randomizationFactor", "1.3 backoff formula"],
    title: "with chance, many clients that lose a server come back at different times",
    ...unreachable,
    helpers: [waitsOf],
    page: firstWaits,
    arg: { ...polling, randomizationFactor: 0.5, reconnectionDelay: 400 },
    expect(waits) {
      const [least, most] = [Math.min(...waits), Math.max(...waits)];
      assert.ok(least >= atLeast(200), `${least} ms`);
      assert.ok(most - least > 80, `all between ${least} and ${most} ms`);
    },
  },
  {
    rows: ["1.3 randomizationFactor"],
    title: "a randomizationFactor above 1 leaves nothing to chance",
    ...unreachable,
    helpers: [waitsOf],
    page: firstWaits,
    arg: { ...polling, randomizationFactor: 2, reconnectionDelay: 200 },
    // With chance, every other one would be earlier.
    expect: (waits) => assert.ok(Math.min(...waits) >= atLeast(200), `${waits} ms`),
  },
  {
    rows: ["1.3 randomizationFactor"],
    title: "a half of the wait is left to chance unless told otherwise",
    page: ({ Manager }) => new Manager({ autoConnect: false }).randomizationFactor(),
    expect: (factor) => assert.equal(factor, 0.5),
  },
  {
    rows: ["1.3 timeout"],
    title: "a server that does not answer in time is a connect_error, and is tried again",
    core: true,
    http() {}, // no answer
    async page({ io, next, url, arg }) {
      const socket = io(url, { ...arg, timeout: 80, reconnectionDelay: 10 });
      const [error] = await next(socket, "connect_error");
      const [attempt] = await next(socket.io, "reconnect_attempt");
      return { message: error.message, attempt };
    },
    arg: polling,
    expect: (result) => assert.deepEqual(result, { message: "timeout", attempt: 1 }),
  },
  {
    rows: ["1.3 timeout"],
    title: "a timeout of 0 fails at once",
    http() {},
    async page({ io, next, url, arg }) {
      const begin = performance.now();
      const socket = io(url, { ...arg, timeout: 0, reconnection: false });
      const [error] = await next(socket, "connect_error");
      return { message: error.message, soon: performance.now() - begin < 1_000 };
    },
    arg: polling,
    expect: (result) => assert.deepEqual(result, { message: "timeout", soon: true }),
  },
  {
    rows: ["1.3 timeout"],
    title: "timeout: false waits as long as it takes",
    http: (req, res, next) => setTimeout(next, 120),
    async page({ io, next, url, arg }) {
      const socket = io(url, { ...arg, timeout: false });
      let errors = 0;
      socket.on("connect_error", () => errors++);
      await next(socket, "connect");
      return { errors, timeout: socket.io.timeout() };
    },
    arg: polling,
    expect: (result) => assert.deepEqual(result, { errors: 0, timeout: false }),
  },
  {
    rows: ["1.3 timeout"],
    title: "the timeout is over when the session is open: a slow namespace may take longer",
    engine(socket) {
      socket.on("message", () => setTimeout(() => socket.send('0{"sid":"late"}'), 600));
    },
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], timeout: 400 });
      let errors = 0;
      socket.on("connect_error", () => errors++);
      await next(socket, "connect");
      return { errors, id: socket.id };
    },
    expect: (result) => assert.deepEqual(result, { errors: 0, id: "late" }),
  },
  {
    rows: ["1.3 parser"],
    title: "a parser's classes are made once for each Manager, without arguments",
    server: ({ io }) => void io.on("connection", (socket) => socket.on("ask", (value, answer) => answer(value))),
    async page({ io, url }) {
      const { Encoder, Decoder } = await import("/__behaviour/modules/socket.io-parser");
      const made = [];
      const counting = (Kind, name) =>
        class extends Kind {
          constructor(...args) {
            super(...args);
            made.push([name, args.length]);
          }
        };
      const parser = { Encoder: counting(Encoder, "Encoder"), Decoder: counting(Decoder, "Decoder") };
      const socket = io(url, { parser, transports: ["websocket"] });
      const answer = await socket.timeout(3_000).emitWithAck("ask", { deep: [1] });
      return { answer, made: made.sort() };
    },
    expect({ answer, made }) {
      assert.deepEqual(answer, { deep: [1] });
      assert.deepEqual(made, [["Decoder", 0], ["Encoder", 0]]);
    },
  },
];
