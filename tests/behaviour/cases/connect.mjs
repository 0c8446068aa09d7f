// Connecting: `connect`, the properties that follow the connection, and namespaces over one connection.

import assert from "node:assert/strict";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** Logs the connections of all namespaces; "cut" breaks the connection, "id" asks for the socket's id. */
function logConnections({ io, log }) {
  const welcome = (socket) => {
    log.push(socket.nsp.name);
    socket.on("cut", () => socket.conn.close());
    socket.on("id", (answer) => answer(socket.id, socket.conn.id));
  };
  io.on("connection", welcome);
  io.of("/other").on("connection", welcome);
}

export default [
  {
    rows: ["1.7 id"],
    title: "id is the server's name for the socket, another at each connection, and not the engine's",
    core: true,
    arg: quick,
    server: logConnections,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const ids = () => new Promise((resolve) => socket.emit("id", (...ids) => resolve(ids)));
      const before = socket.id;
      await next(socket, "connect");
      const first = [socket.id, socket.io.engine.id];
      const told = await ids();
      let during = "not undefined";
      socket.once("disconnect", () => (during = socket.id));
      socket.emit("cut");
      await next(socket, "connect");
      const second = [socket.id, socket.io.engine.id];
      socket.disconnect();
      return { told, first, second, gone: [before, during, socket.id].map((id) => id === undefined) };
    },
    expect({ told, first, second, gone }) {
      assert.deepEqual(told, first);
      assert.equal(new Set([...first, ...second]).size, 4);
      assert.deepEqual(gone, [true, true, true]);
    },
  },
  {
    rows: ["1.7 connected", "1.7 active"],
    title: "connected, disconnected and active follow the connection, and are right in the listeners",
    core: true,
    arg: quick,
    server: logConnections,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      const look = () => [socket.connected, socket.disconnected, socket.active];
      const seen = { idle: look() };
      socket.once("disconnect", () => (seen.inDisconnect = look()));
      socket.once("connect", () => (seen.inConnect = look()));
      seen.connecting = look.call(socket.connect());
      await next(socket, "connect");
      socket.emit("cut");
      await next(socket.io, "reconnect_attempt");
      seen.reconnecting = look();
      await next(socket, "connect");
      seen.again = look();
      socket.once("disconnect", () => (seen.inLast = look()));
      seen.after = look.call(socket.disconnect());
      return seen;
    },
    expect(seen) {
      const [off, waiting, on] = [[false, true, false], [false, true, true], [true, false, true]];
      const expected = { idle: off, connecting: waiting, inConnect: on, inDisconnect: waiting, reconnecting: waiting };
      assert.deepEqual(seen, { ...expected, again: on, inLast: off, after: off });
    },
  },
  {
    rows: ["1.7 io"],
    title: "a socket knows its Manager and its namespace",
    arg: quick,
    server: logConnections,
    async page({ io, Manager, Socket, url, arg, next }) {
      const main = io(url, arg);
      const other = io(`${url}/other`, arg);
      await Promise.all([next(main, "connect"), next(other, "connect")]);
      const kinds = [main.io instanceof Manager, main instanceof Socket, main.io === other.io];
      return [...kinds, main.io.engine.id === other.io.engine.id, main.nsp, other.nsp];
    },
    expect(result, { log }) {
      assert.deepEqual(result, [true, true, true, true, "/", "/other"]);
      assert.deepEqual(log.sort(), ["/", "/other"]);
    },
  },
  {
    rows: ["1.7 connect()"],
    title: "connect() and open() connect a socket that was made with autoConnect: false, once, and return it",
    core: true,
    arg: quick,
    server: logConnections,
    async page({ io, url, arg, next }) {
      const socket = io(url, { ...arg, autoConnect: false });
      let connects = 0;
      socket.on("connect", () => connects++);
      const isSocket = socket.open() === socket && socket.connect().connect().open() === socket;
      await next(socket, "connect");
      socket.connect().open();
      await new Promise((resolve) => socket.emit("id", resolve));
      return [isSocket, connects];
    },
    expect(result, { log, requests }) {
      assert.deepEqual(result, [true, 1]);
      assert.deepEqual(log, ["/"]);
      assert.equal(requests.length, 1);
    },
  },
  {
    rows: ["1.7 connect()"],
    title: "connect() twice before the namespace has answered asks it once",
    fault: "sends a CONNECT for each call: two sockets in the server, or a broken connection",
    fails: /a CONNECT for each call/,
    core: true,
    arg: quick,
    engine(socket, { log }) {
      socket.on("message", (text) => {
        log.push(text);
        if (text === "0") socket.send('0{"sid":"main"}');
        if (text === "0/other,") socket.send('0/other,{"sid":"other"}');
        if (text === '2["end"]') socket.send('2["ended"]');
      });
    },
    async page({ io, url, arg, next }) {
      const main = io(url, arg);
      await next(main, "connect");
      const other = io(`${url}/other`, arg);
      let connects = 0;
      other.on("connect", () => connects++);
      other.connect().open();
      main.emit("end");
      await next(main, "ended");
      return connects;
    },
    expect(connects, { log }) {
      assert.deepEqual(log, ["0", "0/other,", '2["end"]'], "a CONNECT for each call");
      assert.equal(connects, 1);
    },
  },
  {
    rows: ["1.7 connect()", "1.7 disconnect()"],
    title: "after disconnect() connect() connects anew",
    core: true,
    arg: quick,
    server: logConnections,
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const ids = new Set();
      for (let time = 0; time < 3; time++) {
        await next(socket.connect(), "connect");
        ids.add(socket.id);
        socket.disconnect();
      }
      return ids.size;
    },
    expect(count, { log }) {
      assert.equal(count, 3);
      assert.deepEqual(log, ["/", "/", "/"]);
    },
  },
  {
    rows: ["1.7 connect()"],
    title: "connect() while the socket reconnects changes nothing",
    arg: quick,
    server: logConnections,
    async page({ io, url, arg, next, pause }) {
      const socket = io(url, arg);
      await next(socket, "connect");
      socket.once("disconnect", () => socket.connect());
      socket.io.on("reconnect_attempt", () => socket.connect());
      socket.emit("cut");
      await next(socket, "connect");
      await pause(50);
      await new Promise((resolve) => socket.emit("id", resolve));
    },
    expect: (_, { log }) => assert.deepEqual(log, ["/", "/"]),
  },
  {
    rows: ["1.7 connect()", "1.7 connected"],
    title: "a namespace that is left and entered again over the same connection is a new socket in the server",
    arg: quick,
    server: logConnections,
    async page({ io, url, arg, next }) {
      const main = io(url, arg);
      const other = io(`${url}/other`, arg);
      await Promise.all([next(main, "connect"), next(other, "connect")]);
      const [id, engine] = [other.id, main.io.engine.id];
      other.disconnect();
      const isMain = main.connected && !other.connected;
      await new Promise((resolve) => main.emit("id", resolve)); // the server has taken note
      await next(other.connect(), "connect");
      return [isMain, other.id !== id, main.io.engine.id === engine];
    },
    expect(result, { log }) {
      assert.deepEqual(result, [true, true, true]);
      assert.deepEqual(log.sort(), ["/", "/other", "/other"]);
    },
  },
  {
    rows: ["1.7 disconnect()", "1.7 connect()"],
    title: "disconnect() before the connection is there: nothing comes of it, no event, no socket in the server",
    arg: quick,
    server: logConnections,
    async page({ io, url, arg, pause }) {
      const socket = io(url, arg);
      const events = [];
      for (const event of ["connect", "connect_error", "disconnect"]) socket.on(event, () => events.push(event));
      socket.disconnect();
      await pause(100);
      return [events, socket.active, socket.connected];
    },
    expect(result, { log }) {
      assert.deepEqual(result, [[], false, false]);
      assert.deepEqual(log, []);
    },
  },
  {
    rows: ["1.7 disconnect()", "1.7 connect()"],
    title: "disconnect() before the namespace has answered leaves no socket in the server",
    fault: "says nothing to the server: it has a socket that nobody holds, as long as the connection lives",
    fails: /a socket that nobody holds/,
    arg: quick,
    server: logConnections,
    commands: { count: ({ io }) => io.of("/other").sockets.size },
    async page({ io, url, arg, next, pause, tell }) {
      const main = io(url, arg);
      await next(main, "connect");
      io(`${url}/other`, arg).disconnect();
      await new Promise((resolve) => main.emit("id", resolve));
      await pause(50);
      return [main.connected, await tell("count")];
    },
    expect: (result) => assert.deepEqual(result, [true, 0], "a socket that nobody holds"),
  },
];
