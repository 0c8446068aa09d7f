// Namespaces over one connection: entering and leaving them at awkward moments.

import assert from "node:assert/strict";
import { settled } from "../support/settled.mjs";

const quick = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };

/** Logs who comes and goes; answers "end" with the namespace's name. */
function logVisits({ io, log }) {
  for (const nsp of ["/", "/a", "/b"]) {
    io.of(nsp).on("connection", (socket) => {
      log.push(`+ ${nsp}`);
      socket.on("end", (answer) => answer(nsp));
      // Not socket.on: the server forgets what came in one go with the end of its socket.
      socket.onAny((event, n) => event === "n" && log.push(n));
      socket.on("disconnect", (reason) => log.push(`- ${nsp} ${reason}`));
    });
  }
}

export default [
  {
    rows: ["1.7 Socket events", "1.7 connected"],
    title: "a connection that is lost before the namespace has answered is the end of nothing: no disconnect event",
    fault: "tells the end of a connection that never was",
    fails: /deep-equal/,
    arg: quick,
    engine(socket, { log }) {
      socket.on("message", (text) => {
        log.push(text);
        if (text === "0") log.length === 1 ? socket.close() : socket.send('0{"sid":"s"}');
      });
    },
    async page({ io, url, arg, next }) {
      const socket = io(url, arg);
      const seen = [];
      for (const event of ["connect", "disconnect"]) {
        socket.on(event, (reason) => seen.push([event, reason ?? "", socket.active]));
      }
      await next(socket, "connect");
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, [["connect", "", true]]),
  },
  {
    rows: ["1.7 connect()", "1.7 sendBuffer"],
    title: "namespaces that are entered before there is a connection share it, each with its own emits in order",
    core: true,
    arg: quick,
    server: logVisits,
    async page({ io, url, arg }) {
      const sockets = ["/", "/a", "/b"].map((nsp) => io(url + nsp, arg));
      for (let n = 0; n < 3; n++) sockets[1].emit("n", n);
      const answers = await Promise.all(sockets.map((socket) => socket.emitWithAck("end")));
      return [answers, new Set(sockets.map((socket) => socket.io.engine.id)).size];
    },
    expect(result, { log, requests }) {
      assert.deepEqual(result, [["/", "/a", "/b"], 1]);
      assert.deepEqual(log.filter((entry) => typeof entry === "number"), [0, 1, 2]);
      assert.equal(requests.length, 1);
    },
  },
  {
    rows: ["1.7 connect()", "1.7 io client disconnect"],
    title: "a namespace that is entered while the last one is being left gets a connection",
    arg: quick,
    server: logVisits,
    async page({ io, url, arg, next }) {
      const a = io(`${url}/a`, arg);
      await next(a, "connect");
      a.disconnect();
      const b = io(`${url}/b`, arg);
      await next(b, "connect");
      return [a.connected, await b.emitWithAck("end")];
    },
    async expect(result, { log }) {
      assert.deepEqual(result, [false, "/b"]);
      await settled(() => assert.deepEqual([...log].sort(), ["+ /a", "+ /b", "- /a client namespace disconnect"]));
    },
  },
  {
    rows: ["1.7 disconnect()"],
    title: "two namespaces that are left in one go are both left in the server",
    core: true,
    arg: quick,
    server: logVisits,
    async page({ io, url, arg, next }) {
      const [a, b] = ["/a", "/b"].map((nsp) => io(url + nsp, arg));
      await Promise.all([next(a, "connect"), next(b, "connect")]);
      a.emit("n", 1).disconnect();
      b.emit("n", 2).disconnect();
      return [a.connected, b.connected];
    },
    async expect(result, { log }) {
      assert.deepEqual(result, [false, false]);
      const left = ["- /a client namespace disconnect", "- /b client namespace disconnect"];
      await settled(() => assert.deepEqual([...log].sort(), ["+ /a", "+ /b", ...left, 1, 2].sort()));
    },
  },
];
