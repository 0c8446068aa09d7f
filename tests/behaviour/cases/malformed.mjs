// 2.3: packets that are none. Each one ends the connection as a parse error, which comes back, or is ignored.

import assert from "node:assert/strict";

const attachment = Buffer.from([1]);
const placeholder = (num) => `51-["a",{"_placeholder":true,"num":${num}}]`;

/**
 * Frames by what they are (after the Engine.IO `4`), and the text that tells of it. Binary data: an attachment. Among them
 * letters whose code ends in that of a digit: 2 is 0x32, `Ĳ` is 0x132.
 */
const parseErrors = {
  "2.3 invalid payload": [
    /invalid payload/i,
    [
      ...["2[]", "2[true]", '2["connect"]', '2["disconnect",1]', '2["a"', "2{}"],
      ...['0"x"', "0[]", "1{}", '30{"a":1}', "4[]", "4true"],
    ],
  ],
  "2.3 unknown packet type": [/unknown packet type/i, ["9", "7[]", "x", '{"a":1}', 'Ĳ["a"]']],
  "2.3 illegal attachments": [
    /illegal attachments/i,
    ['51["a",{"_placeholder":true,"num":0}]', "5a-", '50-["a"]', '5-["a"]', '5-1-["a"]', "51", "5"],
  ],
  "2.3 too many attachments": [/too many attachments/i, ['511-["a"]', '5999999999999-["a"]', '611-0["a"]']],
  "2.3 placeholder out of range": [
    /illegal attachments/i,
    [1, 10, -1, '"0"', "null", "true"].map((num) => [placeholder(num), attachment]),
  ],
};

/** An `engine` of a case: after CONNECT each session gets the next of `lists`, all of them frames. */
function oneAfterAnother(lists) {
  const numbers = new WeakMap();
  return (socket, { request }) => {
    const key = request.socket.server;
    const number = numbers.get(key) ?? 0;
    numbers.set(key, number + 1);
    socket.once("message", () => {
      socket.send('0{"sid":"x"}');
      for (const frame of lists[number] ?? []) socket.send(frame);
    });
  };
}

/** How each of `count` connections ended, and whether the one after them lasts. */
async function endsOf({ io, next, url, count }) {
  const socket = io(url, { transports: ["websocket"], reconnectionDelay: 1 });
  const ends = [];
  const told = [];
  socket.onAny((name) => told.push(name));
  for (let i = 0; i < count; i++) {
    const [reason, details] = await next(socket, "disconnect", 1_000).catch(() => [`nothing, for frame number ${i}`]);
    ends.push([reason, details instanceof Error, details?.message]);
    if (details === undefined) return { ends, told };
  }
  await next(socket, "connect");
  return { ends, told };
}

const textOf = (frames) => [frames].flat().map(String).join(" ");

function parseErrorCase([row, [message, frames]]) {
  return {
    rows: [row, "1.7 parse error"],
    title: `a parse error, and a connection that comes back: ${frames.map(textOf).join("   ")}`,
    core: true,
    engine: oneAfterAnother(frames.map((frame) => [frame].flat())),
    arg: frames.length,
    helpers: [endsOf],
    page: ({ io, next, url, arg }) => endsOf({ io, next, url, count: arg }),
    expect({ ends, told }) {
      frames.forEach((frame, number) => {
        const [reason, isError, text] = ends[number] ?? [];
        assert.deepEqual([reason, isError], ["parse error", true], textOf(frame));
        assert.match(text, message, textOf(frame));
      });
      assert.deepEqual(told, [], "no listener hears of them");
    },
  };
}

/** A server that sends `frames` after CONNECT. */
const sending = (...frames) => oneAfterAnother([frames]);

export default [
  ...Object.entries(parseErrors).map(parseErrorCase),
  {
    rows: ["2.3 unknown packet type"],
    title: "the error names the type that is unknown",
    engine: sending("9"),
    page: async ({ io, next, url }) =>
      (await next(io(url, { transports: ["websocket"], reconnection: false }), "disconnect"))[1].message,
    expect: (message) => assert.equal(message, "unknown packet type 9"),
  },
  {
    rows: ["2.3 binary without header"],
    title: "binary data that nothing announced is a parse error",
    core: true,
    engine: sending(attachment),
    page: async ({ io, next, url }) => {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      const [reason, { message }] = await next(socket, "disconnect");
      return [reason, message];
    },
    expect: (value) => assert.deepEqual(value, ["parse error", "got binary data when not reconstructing a packet"]),
  },
  {
    rows: ["2.3 binary without header", "2.2 binary"],
    title: "a packet where an attachment is due is a parse error, and what was begun is forgotten",
    core: true,
    engine: oneAfterAnother([[placeholder(0), '2["b"]'], ['2["c"]']]),
    page: async ({ io, next, url }) => {
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 10 });
      const told = [];
      socket.onAny((name) => told.push(name));
      const [reason, { message }] = await next(socket, "disconnect");
      await next(socket, "c");
      return [reason, message, told];
    },
    expect: (value) =>
      assert.deepEqual(value, ["parse error", "got plaintext data when reconstructing a packet", ["c"]]),
  },
  {
    rows: ["2.3 EVENT without payload"],
    title: "an event without a payload is a parse error that calls no listener",
    core: true,
    fault: "calls the catch-all listeners without a name, then throws where no one can catch it",
    fails: /RangeError|no "disconnect"/,
    engine: sending("2"),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      const told = [];
      socket.onAny((...args) => told.push(args));
      const [reason] = await next(socket, "disconnect", 1_000);
      return [reason, told];
    },
    expect: (value) => assert.deepEqual(value, ["parse error", []]),
  },
  {
    rows: ["2.3 CONNECT_ERROR without payload"],
    title: "a refusal without a payload is told as connect_error",
    core: true,
    fault: "throws where no one can catch it and never tells",
    fails: /no "connect_error"/,
    engine: (socket) => socket.once("message", () => socket.send("4")),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"] });
      const [error] = await next(socket, "connect_error", 1_000);
      return [error instanceof Error, socket.active];
    },
    expect: ([isError]) => assert.equal(isError, true),
  },
  {
    rows: ["2.3 CONNECT_ERROR with text"],
    title: "a refusal whose payload is text is told as connect_error",
    engine: (socket) => socket.once("message", () => socket.send('4"not today"')),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"] });
      const [error] = await next(socket, "connect_error");
      return [error instanceof Error, typeof error.message, socket.active];
    },
    expect: (value) => assert.deepEqual(value, [true, "string", false]),
  },
  {
    rows: ["2.3 CONNECT_ERROR with text"],
    title: "the text of a refusal is the error's message",
    fault: "leaves the message empty",
    fails: /not today/,
    engine: (socket) => socket.once("message", () => socket.send('4"not today"')),
    page: async ({ io, next, url }) => (await next(io(url, { transports: ["websocket"] }), "connect_error"))[0].message,
    expect: (message) => assert.equal(message, "not today"),
  },
  {
    rows: ["2.3 ACK without payload"],
    title: "an acknowledgement without a payload throws nowhere, and its callback is not forgotten until a time-out",
    core: true,
    fault: "throws where no one can catch it and loses the acknowledgement",
    fails: /TypeError|nothing/,
    engine(socket) {
      socket.on("message", (data) => socket.send(data.startsWith("0") ? '0{"sid":"x"}' : "30"));
    },
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      await next(socket, "connect");
      const answer = new Promise((resolve) => {
        socket.timeout(2_000).emit("a", (error) => resolve(error?.message ?? "answered"));
      });
      const nothing = new Promise((resolve) => setTimeout(resolve, 1_000, "nothing"));
      return Promise.race([answer, nothing]);
    },
    expect: (value) => assert.match(value, /answered|socket has been disconnected/),
  },
  {
    rows: ["2.3 unknown ACK"],
    title: "an acknowledgement that no one waits for is ignored",
    core: true,
    engine: sending('3999["x"]', "3999[]", '61-7[{"_placeholder":true,"num":0}]', attachment, '2["end"]'),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      const ends = [];
      socket.on("disconnect", (reason) => ends.push(reason));
      await next(socket, "end");
      return ends;
    },
    expect: (ends) => assert.deepEqual(ends, []),
  },
  {
    rows: ["2.3 __proto__ in an argument"],
    title: "__proto__ in an argument is a property like any other",
    core: true,
    engine: sending('2["a",{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]'),
    async page({ io, next, url }) {
      const [value] = await next(io(url, { transports: ["websocket"] }), "a");
      return [Object.hasOwn(value, "__proto__"), value.polluted ?? null, {}.polluted ?? null];
    },
    expect: (value) => assert.deepEqual(value, [true, null, null]),
  },
  {
    rows: ["2.3 __proto__ in an argument", "2.2 placeholders"],
    title: "__proto__ in an event with attachments changes no other object",
    core: true,
    engine: sending('51-["a",{"__proto__":{"polluted":1},"b":{"_placeholder":true,"num":0}}]', attachment),
    async page({ io, next, url }) {
      const [{ b }] = await next(io(url, { transports: ["websocket"] }), "a");
      return [b.byteLength, {}.polluted ?? null];
    },
    expect: (value) => assert.deepEqual(value, [1, null]),
  },
];
