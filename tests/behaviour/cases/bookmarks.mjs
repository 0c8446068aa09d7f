// Connection state recovery: which text at the end of an event is the server's bookmark. Its form depends on the adapter.

import assert from "node:assert/strict";

const options = { transports: ["websocket"], reconnectionDelay: 10, randomizationFactor: 0 };
const rows = ["2.2 state recovery"];
const fault = "takes any text for a bookmark, and shows them all";

/** Sends the events that `auth` asks for, and closes at the first event that comes. */
function sendBack(socket, { log }) {
  socket.on("message", (text) => {
    if (!text.startsWith("0")) return socket.close();
    const { events, offset } = JSON.parse(text.slice(1));
    log.push(offset ?? "none");
    socket.send('0{"sid":"s","pid":"p"}');
    for (const args of events) socket.send(`2${JSON.stringify(["news", ...args])}`);
    socket.send('2["done"]');
  });
}

/** The arguments with which the listeners hear of the events; then the socket asks for what it has missed. In the page. */
async function heard(io, url, next, options, events) {
  const socket = io(url, { ...options, auth: { events }, forceNew: true });
  const seen = [];
  socket.on("news", (...args) => seen.push(args));
  await next(socket, "done");
  const first = [...seen];
  socket.emit("cut");
  await next(socket, "done");
  socket.disconnect();
  return first;
}

/** A time as the server's own adapters have it. In the page. */
function timeText(ms) {
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  let text = "";
  for (let rest = ms; rest; rest = Math.floor(rest / 64)) text = digits[rest % 64] + text;
  return text;
}

/** The id of a document of MongoDB that was made at a time. In the page. */
function idText(ms) {
  return `${Math.floor(ms / 1000).toString(16)}0123456789abcdef`;
}

export default [
  {
    rows,
    title: "a MongoDB server's bookmark is not shown and is asked with; what only looks like one is the event's own",
    fault,
    arg: options,
    engine: sendBack,
    helpers: [heard, idText],
    async page({ io, url, arg, next }) {
      const day = 24 * 3_600_000;
      const [now, earlier] = [Date.now(), Date.now() - 20 * day].map(idText);
      const own = [["old", idText(Date.now() - 400 * day)], ["long", `${now}0`], ["word", "message"]];
      const seen = await heard(io, url, next, arg, [[1, now], [2, earlier], ...own]);
      return { seen, own, earlier };
    },
    expect({ seen, own, earlier }, { log }) {
      assert.deepEqual(seen, [[1], [2], ...own]);
      assert.deepEqual(log, ["none", earlier]);
    },
  },
  {
    rows,
    title: "a server whose bookmarks are times has none that looks like MongoDB's",
    fault,
    arg: options,
    engine: sendBack,
    helpers: [heard, idText, timeText],
    async page({ io, url, arg, next }) {
      const bookmark = `${timeText(Date.now())}.a-b_c`;
      const own = [["id", idText(Date.now())], ["word", "forever"], ["point", `${timeText(Date.now())}.`]];
      const seen = await heard(io, url, next, arg, [[1, timeText(Date.now())], [2, bookmark], ...own]);
      return { seen, own, bookmark };
    },
    expect({ seen, own, bookmark }, { log }) {
      assert.deepEqual(seen, [[1], [2], ...own]);
      assert.deepEqual(log, ["none", bookmark]);
    },
  },
  {
    rows,
    title: "a bookmark that is a time is known as one in every year",
    fault,
    arg: options,
    engine: sendBack,
    helpers: [heard, timeText],
    async page({ io, url, arg, next }) {
      const { now } = Date;
      const seen = [];
      // Of its seven digits the second is another one every twelve days.
      for (const digit of [0, 9, 10, 35, 36, 61, 62, 63]) {
        const shift = (26 * 64 + digit) * 64 ** 5 + 64 ** 4 - now();
        Date.now = () => now() + shift;
        seen.push(await heard(io, url, next, arg, [["news", timeText(Date.now())]]));
      }
      Date.now = now;
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, Array(8).fill([["news"]])),
  },
  {
    rows,
    title: "a bookmark of a Redis stream is the whole of a text, and no part of it",
    fault,
    arg: options,
    engine: sendBack,
    helpers: [heard],
    async page({ io, url, arg, next }) {
      const own = [["number", "1700000000000"], ["begin", "at 1700000000000-1"], ["end", "1700000000000-1 sharp"]];
      const short = ["short", "2024-1"];
      const seen = await heard(io, url, next, arg, [[1, "1700000000000-12"], ...own, short]);
      return { seen, own: [...own, short] };
    },
    expect({ seen, own }, { log }) {
      assert.deepEqual(seen, [[1], ...own]);
      assert.deepEqual(log, ["none", "1700000000000-12"]);
    },
  },
];
