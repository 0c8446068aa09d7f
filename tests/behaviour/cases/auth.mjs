// The option `auth`: what the server gets to see of it, and what happens when it cannot be had.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** Logs each socket's `auth`; the connection breaks when the client says "cut". */
function logAuth({ io, log }) {
  const welcome = (socket) => {
    log.push(socket.handshake.auth);
    socket.on("cut", () => socket.conn.close());
  };
  io.on("connection", welcome);
  io.of("/admin").on("connection", welcome);
}

/** Lets in who knows the word. */
function guard({ io, log }) {
  io.use(({ handshake: { auth } }, next) => next(auth.token === "secret" ? undefined : new Error("no entry")));
  io.on("connection", ({ handshake: { auth } }) => log.push(auth));
}

export default [
  {
    rows: ["1.4 auth"],
    title: "an object is what the server gets",
    core: true,
    arg: quick,
    server: logAuth,
    async page({ io, url, arg, next }) {
      const auth = { token: "secret", nested: { a: [1, null] } };
      const socket = io(url, { ...arg, auth });
      await next(socket, "connect");
      return socket.auth === auth;
    },
    expect(isSame, { log }) {
      assert.equal(isSame, true);
      assert.deepEqual(log, [{ token: "secret", nested: { a: [1, null] } }]);
    },
  },
  {
    rows: ["1.4 auth"],
    title: "without auth the server gets an empty object",
    arg: quick,
    server: logAuth,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      return socket.auth === undefined;
    },
    expect(isUndefined, { log }) {
      assert.equal(isUndefined, true);
      assert.deepEqual(log, [{}]);
    },
  },
  {
    rows: ["1.4 auth"],
    title: "a function hands it over, at once or later",
    core: true,
    arg: quick,
    server: logAuth,
    async page({ io, url, arg, next }) {
      const atOnce = io(url, { ...arg, auth: (give) => give({ from: "at once" }) });
      await next(atOnce, "connect");
      const later = io(url, { ...arg, forceNew: true, auth: (give) => setTimeout(give, 20, { from: "later" }) });
      await next(later, "connect");
    },
    expect: (_, { log }) => assert.deepEqual(log, [{ from: "at once" }, { from: "later" }]),
  },
  {
    rows: ["1.4 auth"],
    title: "the function is called as a method of its socket",
    arg: quick,
    server: logAuth,
    async page({ io, url, arg, next }) {
      let self;
      const auth = function (give) {
        self = this;
        give({});
      };
      const socket = io(url, { ...arg, auth });
      await next(socket, "connect");
      return self === socket;
    },
    expect: (isSocket) => assert.equal(isSocket, true),
  },
  {
    rows: ["1.4 auth"],
    title: "the function is asked anew at each connection",
    core: true,
    arg: quick,
    server: logAuth,
    async page({ io, url, arg, next }) {
      let count = 0;
      const socket = io(url, { ...arg, auth: (give) => give({ count: ++count }) });
      await next(socket, "connect");
      socket.emit("cut");
      await next(socket, "connect");
      socket.disconnect().connect();
      await next(socket, "connect");
    },
    expect: (_, { log }) => assert.deepEqual(log, [{ count: 1 }, { count: 2 }, { count: 3 }]),
  },
  {
    rows: ["1.4 auth", "1.7 io"],
    title: "what is assigned to socket.auth is used from the next connection on",
    arg: quick,
    server: logAuth,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, auth: { token: 1 } });
      await next(socket, "connect");
      socket.auth.token = 2;
      socket.emit("cut");
      await next(socket, "connect");
      socket.auth = (give) => give({ token: 3 });
      socket.emit("cut");
      await next(socket, "connect");
    },
    expect: (_, { log }) => assert.deepEqual(log, [{ token: 1 }, { token: 2 }, { token: 3 }]),
  },
  {
    rows: ["1.4 auth", "1.7 connect()"],
    differs: "the reference asks twice on one connection, and mostly is let in with what it was before",
    title: "what is assigned while the namespace is asked for counts after disconnect() and connect()",
    arg: quick,
    server: logAuth,
    async page({ io, url, arg, next }) {
      await next(io(url, arg), "connect");
      const admin = io(`${url}/admin`, { ...arg, auth: { token: 1 } });
      // CONNECT is on its way.
      admin.disconnect().auth = { token: 2 };
      await next(admin.connect(), "connect");
    },
    expect: (_, { log }) => assert.deepEqual(log.at(-1), { token: 2 }),
  },
  {
    rows: ["1.4 auth", "1.7 active"],
    title: "who was refused tries again with another token",
    core: true,
    arg: quick,
    server: guard,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, auth: { token: "guess" } });
      const [error] = await next(socket, "connect_error");
      const refused = [error.message, socket.active];
      socket.auth.token = "secret";
      socket.connect();
      await next(socket, "connect");
      return refused;
    },
    expect(refused, { log }) {
      assert.deepEqual(refused, ["no entry", false]);
      assert.deepEqual(log, [{ token: "secret" }]);
    },
  },
  {
    rows: ["1.4 auth"],
    title: "each namespace has its own, over one connection",
    arg: quick,
    server: logAuth,
    async page({ io, url, arg, next }) {
      const main = io(url, { ...arg, auth: { of: "main" } });
      await next(main, "connect");
      const admin = io(`${url}/admin`, { ...arg, auth: { of: "admin" } });
      await next(admin, "connect");
      return main.io === admin.io;
    },
    expect(isShared, { log }) {
      assert.equal(isShared, true);
      assert.deepEqual(log, [{ of: "main" }, { of: "admin" }]);
    },
  },
  {
    rows: ["1.4 auth", "2.2 state recovery"],
    title: "its keys pid and offset go before those of the state recovery",
    arg: quick,
    engine(socket, { log }) {
      socket.on("message", (text) => {
        log.push(text);
        if (!text.startsWith("0")) return socket.close();
        socket.send('0{"sid":"s","pid":"p"}');
        socket.send('2["news","o"]');
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, auth: { pid: "mine", offset: "my own" } });
      await next(socket, "news");
      socket.emit("cut");
      await next(socket, "news");
    },
    expect(_, { log }) {
      const connects = log.filter((text) => text.startsWith("0")).map((text) => JSON.parse(text.slice(1)));
      assert.deepEqual(connects, Array(2).fill({ pid: "mine", offset: "my own" }));
    },
  },
];
