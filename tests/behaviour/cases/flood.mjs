// 2.4: very much in one answer, or what never comes: the page goes on living.

import assert from "node:assert/strict";
import { accept, handshake, pollingByHand, sessionByHand } from "../support/by-hand.mjs";

const FLOOD = 1_000_000;
/** The longest time that the page may stand still. On an idle machine it is a tenth of that. */
const LONGEST_PAUSE = 400;
const flood = Array(FLOOD).fill('42["a"]').join("\x1e");
const differs = "the reference works it off in one go";

/** `server` and `http` of a case: a session by long-polling with the flood and `last` as its third answer, then `more`. */
const flooding = (last, ...more) =>
  pollingByHand((number) => [handshake(), '40{"sid":"x"}', flood + last, ...more][number]);

/** Resolves, when `isOver()`, with the longest time between two tasks until then. */
async function longestPause(isOver) {
  let longest = 0;
  for (let last = performance.now(); !isOver(); ) {
    await new Promise((resolve) => setTimeout(resolve));
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  return longest;
}

/** What `flooded` saw: how many events, and what came after how many of them. */
function watch(socket) {
  const seen = { count: 0, at: [] };
  socket.on("a", () => seen.count++);
  for (const name of ["end", "disconnect", "connect"]) socket.on(name, () => seen.at.push([name, seen.count]));
  return seen;
}

const helpers = [longestPause, watch];

export default [
  {
    rows: ["2.4 flood"],
    title: "a million events in one answer arrive, in order, and the page does not stand still meanwhile",
    differs,
    core: true,
    ...flooding("", '42["end"]'),
    commands: { gets: ({ requests }) => requests.filter(({ method }) => method === "GET").length },
    helpers,
    async page({ io, url, until, tell }) {
      const socket = io(url, { transports: ["polling"] });
      const seen = watch(socket);
      const pause = await longestPause(() => seen.at.length === 2);
      // The one that waits may still be on its way.
      await until(async () => (await tell("gets")) > 4, "the last GET");
      return [seen, pause];
    },
    expect([seen, pause], { requests }) {
      assert.deepEqual(seen, { count: FLOOD, at: [["connect", 0], ["end", FLOOD]] });
      assert.ok(pause < LONGEST_PAUSE, `${pause} ms without a break`);
      assert.equal(requests.filter(({ method }) => method === "GET").length, 5, "one GET at a time");
    },
  },
  {
    rows: ["2.4 flood"],
    title: "disconnect() in the middle of a million events: none is heard after it, and connect() begins anew",
    differs,
    core: true,
    ...flooding("", handshake(), '40{"sid":"y"}', '42["end"]'),
    helpers,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"] });
      const seen = watch(socket);
      await next(socket, "a");
      await new Promise((resolve) => setTimeout(resolve));
      socket.disconnect();
      const { count } = seen;
      socket.connect();
      await next(socket, "end");
      return [seen, count];
    },
    expect([seen, count]) {
      assert.ok(count > 0 && count < FLOOD, `${count} events in the first task`);
      assert.deepEqual(seen, { count, at: [["connect", 0], ["disconnect", count], ["connect", count], ["end", count]] });
    },
  },
  {
    rows: ["2.4 flood"],
    title: "a close packet behind a million events ends the connection after the last one",
    differs,
    core: true,
    ...flooding('\x1e1\x1e42["end"]'),
    helpers,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"], reconnection: false });
      const seen = watch(socket);
      await next(socket, "disconnect", 8_000);
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, { count: FLOOD, at: [["connect", 0], ["disconnect", FLOOD]] }),
  },
  {
    rows: ["2.4 flood"],
    title: "an upgrade in the middle of a million events waits for the last one",
    differs,
    core: true,
    ...upgradeable(),
    helpers,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling", "websocket"] });
      const seen = watch(socket);
      await next(socket, "end", 8_000);
      return [seen, socket.io.engine.transport.name];
    },
    expect: (value) => {
      assert.deepEqual(value, [{ count: FLOOD, at: [["connect", 0], ["end", FLOOD]] }, "websocket"]);
    },
  },
  {
    rows: ["2.4 attachments that never come"],
    title: "attachments that never come are waited for until the second ping: a parse error, and it connects again",
    differs: "the reference waits as long as the server pings",
    core: true,
    ...sessionByHand((ws, { number }) => {
      const frames = number ? ['42["end"]'] : ['452-["a",{"_placeholder":true,"num":0}]', Buffer.from([1]), "2", "2"];
      for (const frame of frames) ws.send(frame);
    }),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 10 });
      const heard = [];
      socket.onAny((name) => heard.push(name));
      const [reason] = await next(socket, "disconnect");
      await next(socket, "end");
      return [reason, heard];
    },
    expect: (value) => assert.deepEqual(value, ["parse error", ["end"]]),
  },
];

/** `server`, `http` and `upgrade` of a case: the WebSocket answers the probe when the flood is on its way. */
function upgradeable() {
  const answers = [handshake({ upgrades: ["websocket"] }), '40{"sid":"x"}', flood];
  let number, asked, tellAsked;
  return {
    server() {
      number = 0;
      asked = new Promise((resolve) => (tellAsked = resolve));
    },
    http(req, res) {
      if (req.method === "POST") return req.resume().on("end", () => res.end("ok"));
      if (number === 2) res.on("finish", tellAsked);
      res.end(answers[number++] ?? "6");
    },
    async upgrade(req, socket) {
      const ws = await accept(req, socket);
      ws.on("message", (data) => asked.then(() => ws.send(String(data) === "5" ? '42["end"]' : "3probe")));
    },
  };
}
