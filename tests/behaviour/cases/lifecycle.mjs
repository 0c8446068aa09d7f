// What becomes of the page: the network comes back, the page is put aside and shown again. The events themselves are
// told here; in tests/e2e browsers bring them about.

import assert from "node:assert/strict";

const differs = "the reference listens to `offline` only";
const rows = ["2.1 page life"];

// Nobody would wait for the planned attempt.
const patient = { transports: ["websocket"], reconnectionDelay: 60_000, reconnectionDelayMax: 60_000, forceNew: true };

const echo = ({ io }) =>
  io.on("connection", (socket) => {
    socket.on("echo", (value, answer) => answer(value));
    socket.on("cut", () => socket.conn.close());
  });

export default [
  ...["online", "visibilitychange", "resume"].map((type) => ({
    rows,
    title: `${type}: the next attempt does not wait, and is counted`,
    differs,
    core: true,
    arg: { options: patient, type },
    server: echo,
    async page({ io, next, url, arg: { options, type } }) {
      const socket = io(url, options);
      await next(socket, "connect");
      const counted = next(socket.io, "reconnect");
      socket.emit("cut");
      await next(socket, "disconnect");
      document.dispatchEvent(new Event(type, { bubbles: type !== "resume" }));
      return (await counted)[0];
    },
    expect: (attempts) => assert.equal(attempts, 1),
  })),
  {
    rows,
    title: "a page that gets hidden tries nothing at once; that the network is there again counts for it, too",
    differs,
    arg: patient,
    server: echo,
    async page({ io, next, url, arg }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      Object.defineProperty(document, "visibilityState", { value: "hidden" });
      const attempts = [];
      socket.io.on("reconnect_attempt", () => attempts.push("attempt"));
      socket.emit("cut");
      await next(socket, "disconnect");
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      attempts.push("hidden");
      const connected = next(socket, "connect");
      dispatchEvent(new Event("online"));
      await connected;
      return attempts;
    },
    expect: (attempts) => assert.deepEqual(attempts, ["hidden", "attempt"]),
  },
  {
    rows: ["2.1 page life", "2.1 offline"],
    title: "a worker hears, too, that the network is lost and there again",
    differs,
    arg: patient,
    async page({ url, arg }) {
      const scripts = performance.getEntriesByType("resource").map(({ name }) => name);
      const client = scripts.find((name) => name.endsWith("/socketio.esm.js"));
      const code = `import { io } from ${JSON.stringify(client)};
        const socket = io(${JSON.stringify(url)}, ${JSON.stringify(arg)});
        const then = (type) => (what = "connect") => {
          postMessage(what);
          setTimeout(() => dispatchEvent(new Event(type)));
        };
        socket.on("connect", then("offline")).on("disconnect", then("online"));`;
      const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
      const events = [];
      await new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => events.push(data) === 3 && resolve();
        worker.onerror = ({ message }) => reject(new Error(message));
      });
      worker.terminate();
      return events;
    },
    expect: (events) => assert.deepEqual(events, ["connect", "transport close", "connect"]),
  },
  {
    rows,
    title: "the network is there again, and then fails: the wait goes on from where it was",
    differs,
    arg: { ...patient, reconnectionDelay: 50, reconnectionDelayMax: 1_000, randomizationFactor: 0 },
    http: (req, res) => res.writeHead(503).end(),
    upgrade: (req, socket) => socket.destroy(),
    async page({ io, next, url, arg, pause }) {
      const socket = io(url, arg);
      const waits = [];
      for (let count = 0; count < 4; count++) {
        await next(socket, "connect_error");
        // Of the first failure nothing is planned before all have heard of it.
        await pause(0);
        const begin = performance.now();
        const attempt = next(socket.io, "reconnect_attempt");
        if (count < 3) dispatchEvent(new Event("online"));
        const [number] = await attempt;
        waits.push([number, performance.now() - begin >= 300]);
      }
      return waits;
    },
    expect: (waits) => assert.deepEqual(waits, [[1, false], [2, false], [3, false], [4, true]]),
  },
  {
    rows,
    title: "a page that is put aside is disconnected, and connected again when it is shown",
    differs,
    core: true,
    arg: patient,
    server: echo,
    async page({ io, next, url, arg }) {
      const ends = [];
      for (const transports of [["websocket"], ["polling"]]) {
        const socket = io(url, { ...arg, transports });
        await next(socket, "connect");
        const end = next(socket, "disconnect");
        dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
        const [reason, { description }] = await end;
        const connected = next(socket, "connect");
        dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        await connected;
        ends.push([reason, description, await socket.emitWithAck("echo", 1)]);
        socket.disconnect();
      }
      return ends;
    },
    expect(ends) {
      const end = ["transport close", "page hidden", 1];
      assert.deepEqual(ends, [end, end]);
    },
  },
  ...["websocket", "polling"].map((transport) => ({
    rows,
    title: `a page that is shown, resumed or on line again keeps a connection that lasts, over ${transport}`,
    arg: { ...patient, transports: [transport] },
    server: echo,
    async page({ io, next, url, arg }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const ends = [];
      socket.on("disconnect", (reason) => ends.push(reason));
      for (const type of ["online", "visibilitychange", "resume", "pageshow"]) {
        const event = Object.assign(new Event(type, { bubbles: true }), { persisted: true });
        (type === "visibilitychange" ? document : window).dispatchEvent(event);
      }
      return [await socket.emitWithAck("echo", 1), ends];
    },
    expect: (result) => assert.deepEqual(result, [1, []]),
  })),
  {
    rows,
    title: "a page that is left for good is told of nothing",
    differs,
    arg: patient,
    server: echo,
    async page({ io, next, url, arg }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const ends = [];
      socket.on("disconnect", (reason) => ends.push(reason));
      dispatchEvent(new PageTransitionEvent("pagehide", { persisted: false }));
      return [await socket.emitWithAck("echo", 1), ends];
    },
    expect: (result) => assert.deepEqual(result, [1, []]),
  },
  {
    rows,
    title: "a page that is left before its session has begun asks the server for nothing more",
    arg: { ...patient, transports: ["polling"] },
    http: () => {},
    commands: { count: ({ requests }) => requests.length },
    async page({ io, url, arg, until, tell }) {
      io(url, arg);
      await until(() => tell("count"), "the request for a session");
      dispatchEvent(new PageTransitionEvent("pagehide", { persisted: false }));
      // What it sends there and then is before these.
      for (let times = 0; times < 3; times++) await tell("count");
    },
    expect: (_, { requests }) => assert.deepEqual(requests.map(({ method }) => method), ["GET"]),
  },
  {
    rows,
    title: "reconnectOnOnline, closeOnOffline, closeOnPagehide, checkOnResume: an option for each",
    differs,
    arg: {
      reconnectOnOnline: ["online"],
      checkOnResume: ["visibilitychange", "resume"],
      closeOnOffline: ["offline"],
      closeOnPagehide: ["pagehide", "pageshow"],
    },
    server: echo,
    async page({ io, next, url, arg, pause }) {
      const options = { transports: ["websocket"], reconnectionDelay: 60_000, reconnectionDelayMax: 60_000 };
      const happened = [];
      for (const [option, types] of Object.entries(arg)) {
        const socket = io(url, { ...options, forceNew: true, [option]: false });
        await next(socket, "connect");
        const tell = (type) => dispatchEvent(Object.assign(new Event(type), { persisted: true }));
        socket.on("disconnect", () => happened.push(`${option}: disconnected`));
        for (const type of types) tell(type);
        await socket.emitWithAck("echo", 1);
        socket.removeAllListeners("disconnect").emit("cut");
        await next(socket, "disconnect");
        socket.io.on("reconnect_attempt", () => happened.push(`${option}: reconnected`));
        for (const type of types) tell(type);
        await pause(50);
        socket.disconnect();
      }
      return happened;
    },
    expect: (happened) => assert.deepEqual(happened, []),
  },
  {
    rows,
    title: "an option of the page's life that is neither true nor false is an error",
    differs,
    page({ io }) {
      const names = ["reconnectOnOnline", "closeOnOffline", "closeOnPagehide", "checkOnResume"];
      return names.map((name) => {
        try {
          return io({ [name]: "no", autoConnect: false }) && undefined;
        } catch ({ name: kind, message }) {
          return kind === "TypeError" && message.includes(name);
        }
      });
    },
    expect: (thrown) => assert.deepEqual(thrown, [true, true, true, true]),
  },
  {
    rows,
    title: "a page has one listener of each kind, however many connections it makes",
    core: true,
    differs: "the reference has one for each connection",
    arg: patient,
    server: echo,
    async page({ io, next, url, arg }) {
      let count = 0;
      const { addEventListener, removeEventListener } = window;
      window.addEventListener = (...args) => (count++, addEventListener(...args));
      // One may change its place.
      window.removeEventListener = (...args) => (count--, removeEventListener(...args));
      for (const transports of [["websocket"], ["polling"], ["websocket", "polling"]]) {
        const socket = io(url, { ...arg, transports });
        await next(socket, "connect");
        socket.disconnect();
      }
      return count;
    },
    expect: (count) => assert.ok(count > 2 && count <= 6, `${count}`),
  },
  ...["websocket", "polling"].map((transport) => ({
    rows,
    title: `what is emitted in a listener of pagehide arrives before the goodbye, over ${transport}`,
    differs,
    core: true,
    arg: { ...patient, transports: [transport] },
    server: ({ io, log }) =>
      io.on("connection", (socket) => socket.onAny((event) => log.push(event)).on("disconnect", () => log.push("gone"))),
    commands: { log: ({ log }) => log },
    async page({ io, next, url, arg, until, tell }) {
      const socket = io(url, arg);
      addEventListener("pagehide", () => socket.emit("bye"));
      await next(socket, "connect");
      const end = next(socket, "disconnect");
      // On its way, so that what follows has to wait for it.
      socket.emit("first");
      dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
      const [reason] = await end;
      await until(async () => (await tell("log")).includes("gone"), "the goodbye");
      return [reason, await tell("log")];
    },
    expect: (result) => assert.deepEqual(result, ["transport close", ["first", "bye", "gone"]]),
  })),
  ...[[], ["bye"]].map((events) => ({
    rows,
    title: `${events.length ? "emit() and " : ""}disconnect() in a listener of pagehide: the WebSocket is closed there and then`,
    differs,
    arg: { options: { ...patient, transports: ["websocket"] }, events },
    server: ({ io, log }) => io.on("connection", (socket) => socket.on("disconnect", (reason) => log.push(reason))),
    commands: { log: ({ log }) => log },
    async page({ io, next, url, arg: { options, events }, until, tell }) {
      const made = [];
      const { WebSocket } = window;
      window.WebSocket = function (...args) {
        return (made[made.length] = new WebSocket(...args));
      };
      const socket = io(url, options);
      addEventListener("pagehide", () => {
        for (const event of events) socket.emit(event);
        socket.disconnect();
      });
      await next(socket, "connect");
      dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
      const state = made[0].readyState;
      await until(async () => (await tell("log")).length > 0, "the goodbye");
      return [made.length, state >= WebSocket.CLOSING, await tell("log")];
    },
    expect: (result) => assert.deepEqual(result, [1, true, ["client namespace disconnect"]]),
  })),
];
