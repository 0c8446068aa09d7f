// The members of a Manager.

import assert from "node:assert/strict";

/** A server that nobody reaches. */
const unreachable = { http: (req) => req.socket.destroy(), upgrade: (req, socket) => socket.destroy() };
const websocket = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };
const commands = { cut: ({ cut }) => cut() };

export default [
  {
    rows: ["1.6 new Manager"],
    title: "a Manager connects by itself, to an address or to the page's own server",
    core: true,
    async page({ Manager, next, url }) {
      const managers = [new Manager(url), new Manager(), new Manager({ path: "/socket.io" })];
      await Promise.all(managers.map((manager) => next(manager, "open")));
      return managers.map((manager) => manager.engine.readyState);
    },
    expect: (states) => assert.deepEqual(states, ["open", "open", "open"]),
  },
  {
    rows: ["1.6 new Manager"],
    title: "a Manager that one makes is shared with nobody",
    page({ Manager, io, url }) {
      const own = new Manager(url, { autoConnect: false });
      return [own === new Manager(url, { autoConnect: false }), own === io(url, { autoConnect: false }).io];
    },
    expect: (result) => assert.deepEqual(result, [false, false]),
  },
  {
    rows: ["1.6 new Manager"],
    title: "new Manager() leaves the options of the caller as they are",
    fault: "writes into them",
    fails: /path/,
    page({ Manager, url }) {
      const options = { autoConnect: false };
      void new Manager(url, options);
      return options;
    },
    expect: (options) => assert.deepEqual(options, { autoConnect: false }),
  },
  {
    rows: ["1.6 socket"],
    title: "socket() makes one socket for a namespace, all over one connection",
    core: true,
    server: ({ io, log }) => void io.of(/./).on("connection", ({ nsp }) => log.push(nsp.name)),
    async page({ Manager, next, url, arg }) {
      const manager = new Manager(url, arg);
      const [a, b, again] = ["/a", "/b", "/a"].map((nsp) => manager.socket(nsp));
      await Promise.all([next(a, "connect"), next(b, "connect")]);
      return [a === again, a === b, a.io === manager, a.nsp];
    },
    arg: websocket,
    expect(result, { log, requests }) {
      assert.deepEqual(result, [true, false, true, "/a"]);
      assert.deepEqual(log.sort(), ["/a", "/b"]);
      assert.equal(requests.length, 1);
    },
  },
  {
    rows: ["1.6 socket"],
    title: "socket() once more connects a socket that had left, and keeps its first options",
    server: ({ io, log }) => void io.on("connection", ({ handshake }) => log.push(handshake.auth.who)),
    async page({ Manager, next, url, arg }) {
      const manager = new Manager(url, arg);
      const socket = manager.socket("/", { auth: { who: "first" } });
      await next(socket, "connect");
      socket.disconnect();
      const again = manager.socket("/", { auth: { who: "second" } });
      await next(again, "connect");
      return again === socket;
    },
    arg: websocket,
    expect(same, { log }) {
      assert.equal(same, true);
      assert.deepEqual(log, ["first", "first"]);
    },
  },
  {
    rows: ["1.6 socket"],
    title: "with autoConnect: false socket() connects nothing",
    async page({ Manager, url, arg, pause }) {
      const manager = new Manager(url, { ...arg, autoConnect: false });
      const socket = manager.socket("/");
      manager.socket("/");
      await pause(50);
      return [socket.active, typeof manager.engine];
    },
    arg: websocket,
    expect(result, { requests }) {
      assert.deepEqual(result, [false, "undefined"]);
      assert.equal(requests.length, 0);
    },
  },
  {
    rows: ["1.6 open"],
    title: "open(fn) and connect(fn) call fn when the connection is there",
    async page({ Manager, url, arg }) {
      const opened = (method) => {
        const manager = new Manager(url, { ...arg, autoConnect: false });
        return new Promise((resolve) => {
          const opening = manager[method]((error) => {
            resolve([opening === manager, error === undefined, manager.engine.readyState]);
          });
        });
      };
      return [await opened("open"), await opened("connect")];
    },
    arg: websocket,
    expect: (result) => assert.deepEqual(result, [[true, true, "open"], [true, true, "open"]]),
  },
  {
    rows: ["1.6 open"],
    title: "open() does nothing while the Manager is opening or open",
    async page({ Manager, next, url, arg }) {
      const manager = new Manager(url, { ...arg, autoConnect: false });
      let called = 0;
      const { engine } = manager.open();
      manager.open(() => called++);
      await next(manager, "open");
      manager.open(() => called++);
      return { called, same: manager.engine === engine };
    },
    arg: websocket,
    expect(result, { requests }) {
      assert.deepEqual(result, { called: 0, same: true });
      assert.equal(requests.length, 1);
    },
  },
  {
    rows: ["1.6 open"],
    title: "a failed open(fn) gives fn the error and is not tried again",
    ...unreachable,
    async page({ Manager, url, arg, pause }) {
      const manager = new Manager(url, { ...arg, autoConnect: false });
      let attempts = 0;
      manager.on("reconnect_attempt", () => attempts++);
      const error = await new Promise((resolve) => manager.open(resolve));
      await pause(100);
      return { isError: error instanceof Error, type: error.type, attempts };
    },
    arg: websocket,
    expect: (result) => assert.deepEqual(result, { isError: true, type: "TransportError", attempts: 0 }),
  },
  {
    rows: ["1.6 open"],
    title: "a failed open() without fn is tried again",
    ...unreachable,
    async page({ Manager, next, url, arg }) {
      const manager = new Manager(url, { ...arg, autoConnect: false });
      manager.open();
      return next(manager, "reconnect_attempt");
    },
    arg: websocket,
    expect: (args) => assert.deepEqual(args, [1]),
  },
  {
    rows: ["1.6 getters and setters"],
    title: "the settings of a reconnection are read without an argument and set in a chain with one",
    page({ Manager }) {
      const manager = new Manager({ autoConnect: false });
      let chain = manager.reconnection(false).reconnectionAttempts(7).reconnectionDelay(11);
      chain = chain.reconnectionDelayMax(22).randomizationFactor(0.25).timeout(33);
      const delays = [manager.reconnectionDelay(), manager.reconnectionDelayMax()];
      const others = [manager.reconnection(), manager.reconnectionAttempts(), manager.randomizationFactor()];
      return { chained: chain === manager, delays, others, timeout: manager.timeout() };
    },
    expect(result) {
      assert.deepEqual(result, { chained: true, delays: [11, 22], others: [false, 7, 0.25], timeout: 33 });
    },
  },
  {
    rows: ["1.6 getters and setters"],
    title: "what is set takes effect at the next attempt",
    ...unreachable,
    async page({ Manager, next, url, arg }) {
      const manager = new Manager(url, { ...arg, reconnectionDelay: 5_000 });
      manager.reconnectionDelay(10).reconnectionDelayMax(10).reconnectionAttempts(2);
      await next(manager, "reconnect_failed");
    },
    arg: websocket,
  },
  {
    rows: ["1.6 getters and setters"],
    title: "reconnection(false) stops a reconnection that is under way",
    ...unreachable,
    async page({ Manager, next, url, arg, pause }) {
      const manager = new Manager(url, arg);
      await next(manager, "reconnect_attempt");
      manager.reconnection(false);
      let attempts = 0;
      manager.on("reconnect_attempt", () => attempts++);
      await pause(150);
      return attempts;
    },
    arg: websocket,
    expect: (attempts) => assert.equal(attempts, 0),
  },
  {
    rows: ["1.6 engine"],
    title: "each attempt has an engine of its own, and listeners stay with the one that they were put on",
    commands,
    async page({ io, next, url, arg, tell }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const { engine } = socket.io;
      let packets = 0;
      const back = next(socket.io, "reconnect");
      tell("cut");
      await next(socket, "disconnect");
      engine.on("packet", () => packets++);
      await back;
      await next(socket, "connect");
      const now = socket.io.engine;
      return { other: now !== engine, states: [engine.readyState, now.readyState], packets };
    },
    arg: websocket,
    expect: (result) => assert.deepEqual(result, { other: true, states: ["closed", "open"], packets: 0 }),
  },
  {
    rows: ["1.6 opts"],
    title: "opts has the options and the path, uri the address, nsps the sockets",
    page({ Manager, url }) {
      const manager = new Manager(`${url}/`, { autoConnect: false, timeout: 5 });
      const socket = manager.socket("/a");
      const { opts, uri, nsps } = manager;
      const same = [uri === `${url}/`, nsps["/a"] === socket];
      return { path: opts.path, timeout: opts.timeout, nsps: Object.keys(nsps), same };
    },
    expect: (result) => assert.deepEqual(result, { path: "/socket.io", timeout: 5, nsps: ["/a"], same: [true, true] }),
  },
  {
    rows: ["1.6 opts"],
    title: "_readyState goes from closed to opening to open, and _close() ends it as forced",
    async page({ Manager, next, url, arg, pause }) {
      const manager = new Manager(url, { ...arg, autoConnect: false });
      const states = [manager._readyState];
      manager.open();
      states.push(manager._readyState);
      await next(manager, "open");
      states.push(manager._readyState);
      const closed = next(manager, "close");
      manager._close();
      states.push(manager._readyState);
      const [reason] = await closed;
      await pause(50);
      states.push(manager._readyState);
      return { states, reason };
    },
    arg: websocket,
    expect({ states, reason }) {
      assert.deepEqual(states, ["closed", "opening", "open", "closed", "closed"]);
      assert.equal(reason, "forced close");
    },
  },
  {
    rows: ["1.6 opts"],
    title: "_reconnecting is true from the loss of a connection until it is back",
    commands,
    async page({ io, next, url, arg, tell }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      const seen = [!!socket.io._reconnecting];
      tell("cut");
      await next(socket.io, "reconnect_attempt");
      seen.push(!!socket.io._reconnecting);
      await next(socket, "connect");
      seen.push(!!socket.io._reconnecting);
      tell("cut");
      await next(socket, "disconnect");
      seen.push(!!socket.io._reconnecting);
      socket.disconnect();
      seen.push(!!socket.io._reconnecting);
      return seen;
    },
    arg: websocket,
    expect: (result) => assert.deepEqual(result, [false, true, false, true, false]),
  },
  {
    rows: ["1.6 socket"],
    title: "no name, or an empty one, is the main namespace, and disturbs no other",
    fault: "never connects it",
    fails: /no "connect" within/,
    async page({ Manager, next, url, arg }) {
      const manager = new Manager(url, arg);
      const sockets = ["/a", "", undefined].map((nsp) => manager.socket(nsp));
      await Promise.all(sockets.map((socket) => socket.connected || next(socket, "connect")));
      return sockets.map(({ nsp }) => nsp);
    },
    arg: websocket,
    server: ({ io }) => void io.of("/a"),
    expect: (result) => assert.deepEqual(result, ["/a", "/", "/"]),
  },
  {
    rows: ["1.6 opts"],
    title: "transports that are changed while an attempt is waited for, or in reconnect_attempt, count for that attempt",
    commands,
    async page({ io, next, url, arg, tell }) {
      const names = [];
      for (const event of ["close", "reconnect_attempt"]) {
        const socket = io(url, { ...arg, forceNew: true });
        await next(socket, "connect");
        socket.io.once(event, () => (socket.io.opts.transports = ["polling"]));
        tell("cut");
        await next(socket, "connect");
        names.push(socket.io.engine.transport.name);
        socket.disconnect();
      }
      return names;
    },
    arg: websocket,
    expect: (names) => assert.deepEqual(names, ["polling", "polling"]),
  },
  {
    rows: ["1.6 on and off"],
    title: "a Manager is an event emitter",
    page({ Manager }) {
      const manager = new Manager({ autoConnect: false });
      const seen = [];
      const listener = (value) => seen.push(value);
      const chained = manager.on("own", listener).once("own", listener) === manager;
      const counted = [manager.listeners("own").length, manager.hasListeners("own"), manager.hasListeners("other")];
      manager.emit("own", 1);
      manager.emit("own", 2);
      manager.off("own", listener);
      manager.emit("own", 3);
      return { seen, chained, counted };
    },
    expect: (result) => assert.deepEqual(result, { seen: [1, 1, 2], chained: true, counted: [2, true, false] }),
  },
  {
    rows: ["1.6 on and off"],
    title: "off() removes the listeners of the page, and sockets still connect and hear",
    fault: "removes its own as well: the sockets go deaf",
    fails: /no "connect"/,
    server: ({ io }) => void io.on("connection", (socket) => socket.emit("welcome", 1)),
    async page({ io, next, url, arg }) {
      const socket = io(url, arg);
      let opened = 0;
      socket.io.on("open", () => opened++);
      socket.io.off();
      const welcomed = next(socket, "welcome");
      welcomed.catch(() => {});
      await next(socket, "connect", 1_000);
      return { opened, welcome: await welcomed };
    },
    arg: websocket,
    expect: (result) => assert.deepEqual(result, { opened: 0, welcome: [1] }),
  },
  {
    rows: ["1.6 open"],
    title: "open(fn) that is closed again does not call fn for another opening",
    async page({ Manager, next, url, arg }) {
      const manager = new Manager(url, { ...arg, autoConnect: false });
      let calls = 0;
      manager.open(() => calls++);
      manager._close();
      manager.open();
      await next(manager, "open");
      return calls;
    },
    arg: websocket,
    expect: (calls) => assert.equal(calls, 0),
  },
];
