// Binary data: every form of it that a browser has, anywhere in the arguments, both ways.

import assert from "node:assert/strict";

/** Notes each event with its binary data as lists of bytes; `echo` answers with its arguments. */
function noting({ io, log }) {
  const plain = (value) => {
    if (Buffer.isBuffer(value)) return { bytes: [...value] };
    if (Array.isArray(value)) return value.map(plain);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  };
  io.on("connection", (socket) => {
    socket.on("echo", (...args) => args.pop()(...args));
    socket.onAny((name, ...args) => name !== "echo" && log.push(plain(args)));
  });
}

/** Connects by one transport after the other and calls `use(socket)`, for which the server notes `wanted` events. */
async function byEach({ io, next, url, until, tell }, wanted, use, options) {
  const results = [];
  for (const name of ["polling", "websocket"]) {
    const socket = io(url, { transports: [name], forceNew: true, reconnection: false, ...options });
    await next(socket, "connect");
    results.push(await use(socket));
    await until(async () => (await tell("count")) === results.length * wanted, `${wanted} events at the server`);
  }
  return results;
}

const helpers = [byEach];
const commands = { count: ({ log }) => log.length };
const bytes = (...list) => ({ bytes: list });
const twice = (list) => [...list, ...list];

export default [
  {
    rows: ["1.10 binary detection", "2.2 binary"],
    title: "an ArrayBuffer, every view, a Blob and a File arrive as their bytes",
    core: true,
    server: noting,
    helpers,
    commands,
    page: (world) =>
      byEach(world, 8, (socket) => {
        const { buffer } = new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7]);
        const floats = new Float32Array([1]);
        socket.emit("x", buffer);
        socket.emit("x", new Uint8Array(buffer, 2, 3));
        socket.emit("x", new DataView(buffer, 6));
        socket.emit("x", new Uint16Array(buffer, 2, 1));
        socket.emit("x", floats);
        socket.emit("x", new Blob([new Uint8Array([8, 9])]));
        socket.emit("x", new File([new Uint8Array([10])], "file"));
        socket.emit("x", new Uint8Array(0));
      }),
    expect(_, { log }) {
      const views = [bytes(0, 1, 2, 3, 4, 5, 6, 7), bytes(2, 3, 4), bytes(6, 7), bytes(2, 3), bytes(0, 0, 128, 63)];
      const all = [...views, bytes(8, 9), bytes(10), bytes()].map((data) => [data]);
      assert.deepEqual(log, twice(all));
    },
  },
  {
    rows: ["1.10 binary detection"],
    title: "binary data may be anywhere in the arguments",
    core: true,
    server: noting,
    helpers,
    commands,
    page: (world) =>
      byEach(world, 1, (socket) => {
        const data = new Uint8Array([1]);
        socket.emit("x", "text", { a: [{ b: data }, null, 1], c: data.buffer }, [[new Blob([data])]], data);
      }),
    expect(_, { log }) {
      const one = bytes(1);
      assert.deepEqual(log, twice([["text", { a: [{ b: one }, null, 1], c: one }, [[one]], one]]));
    },
  },
  {
    rows: ["1.10 binary detection"],
    title: "what toJSON returns may be binary or hold it",
    core: true,
    server: noting,
    helpers,
    commands,
    page: (world) =>
      byEach(world, 2, (socket) => {
        const data = new Uint8Array([1, 2]);
        socket.emit("x", { toJSON: () => data });
        socket.emit("x", { hidden: 1, toJSON: () => ({ shown: [data], date: new Date(0) }) });
      }),
    expect(_, { log }) {
      const [first, second] = [[bytes(1, 2)], [{ shown: [bytes(1, 2)], date: "1970-01-01T00:00:00.000Z" }]];
      assert.deepEqual(log, twice([first, second]));
    },
  },
  {
    rows: ["1.10 binary detection"],
    title: "beside binary data everything else is as in JSON",
    server: noting,
    helpers,
    commands,
    page: (world) =>
      byEach(world, 1, (socket) => {
        const data = new Uint8Array([1]);
        const own = { secret: 1, toJSON: () => "own" };
        socket.emit("x", data, own, [new Date(0), undefined, NaN, Infinity], { a: undefined, b: null });
      }),
    expect(_, { log }) {
      const rest = ["own", ["1970-01-01T00:00:00.000Z", null, null, null], { b: null }];
      assert.deepEqual(log, twice([[bytes(1), ...rest]]));
    },
  },
  {
    rows: ["1.10 binary detection"],
    title: "what is emitted stays as it was",
    server: noting,
    helpers,
    commands,
    page: (world) =>
      byEach(world, 1, (socket) => {
        const data = new Uint8Array([1]);
        const value = { a: [data], b: { c: data } };
        socket.emit("x", value);
        return [value.a[0] === data, value.b.c === data, Object.keys(value).join()];
      }),
    expect: (value) => assert.deepEqual(value, [[true, true, "a,b"], [true, true, "a,b"]]),
  },
  {
    rows: ["1.10 received binary", "2.2 binary"],
    title: "the binary data of an answer is received as ArrayBuffer",
    core: true,
    server({ io }) {
      const answerTo = (answer) => answer(Buffer.from([1, 2]), { deep: [Buffer.from([3])] });
      io.on("connection", (socket) => socket.on("get", answerTo));
    },
    helpers,
    commands,
    page: (world) =>
      byEach(world, 0, async (socket) => {
        const list = (data) => (data instanceof ArrayBuffer ? [...new Uint8Array(data)] : "no ArrayBuffer");
        const [first, { deep }] = await new Promise((resolve) => socket.emit("get", (...args) => resolve(args)));
        return [list(first), list(deep[0])];
      }),
    expect: (value) => assert.deepEqual(value, twice([[[1, 2], [3]]])),
  },
  {
    rows: ["1.10 received binary"],
    title: "events with binary data come with their other arguments",
    core: true,
    server({ io }) {
      io.on("connection", (socket) => {
        socket.on("go", () => socket.emit("event", Buffer.from([4]), "text", Buffer.alloc(0), { n: Buffer.from([5]) }));
      });
    },
    helpers,
    commands,
    page: (world) =>
      byEach(world, 0, async (socket) => {
        const list = (data) => (data instanceof ArrayBuffer ? [...new Uint8Array(data)] : "no ArrayBuffer");
        const came = world.next(socket, "event");
        socket.emit("go");
        const [first, text, empty, { n }] = await came;
        return [list(first), text, list(empty), list(n)];
      }),
    expect: (value) => assert.deepEqual(value, twice([[[4], "text", [], [5]]])),
  },
  {
    rows: ["1.10 received binary", "1.8 properties"],
    title: "with binaryType blob it is received as Blob",
    core: true,
    server: ({ io }) => io.on("connection", (s) => s.on("go", () => s.emit("event", Buffer.from([1, 2, 3])))),
    async page({ io, next, url }) {
      const received = [];
      for (const name of ["polling", "websocket"]) {
        const socket = io(url, { transports: [name], forceNew: true });
        socket.io.engine.binaryType = "blob";
        await next(socket, "connect");
        const came = next(socket, "event");
        socket.emit("go");
        const [blob] = await came;
        received.push([blob instanceof Blob, [...new Uint8Array(await blob.arrayBuffer())]]);
      }
      return received;
    },
    expect: (value) => assert.deepEqual(value, twice([[true, [1, 2, 3]]])),
  },
  {
    rows: ["2.2 binary", "1.7 Ack semantics"],
    title: "the answer to a server's event may be binary",
    core: true,
    server({ io, log }) {
      io.on("connection", (socket) => socket.emit("question", (...args) => log.push(args.map((data) => [...data]))));
    },
    helpers,
    commands,
    page: (world) => {
      const { io } = world;
      world.io = (url, options) => {
        const socket = io(url, options);
        socket.on("question", (answer) => answer(new Uint8Array([1]), new Blob([new Uint8Array([2, 3])])));
        return socket;
      };
      return byEach(world, 1, () => {});
    },
    expect: (_, { log }) => assert.deepEqual(log, twice([[[1], [2, 3]]])),
  },
  {
    rows: ["2.2 binary"],
    title: "a Blob does not let later events overtake it",
    core: true,
    server: noting,
    helpers,
    commands,
    page: (world) =>
      byEach(world, 4, (socket) => {
        socket.emit("x", 1, new Blob(["a"]));
        socket.emit("x", 2);
        socket.emit("x", 3, new Uint8Array([98]), new Blob(["c"]));
        socket.emit("x", 4);
      }),
    expect: (_, { log }) =>
      assert.deepEqual(log, twice([[1, bytes(97)], [2], [3, bytes(98), bytes(99)], [4]])),
  },
  {
    rows: ["1.5 forceBase64", "2.2 binary"],
    title: "forceBase64 does not let later events overtake binary data",
    core: true,
    fault: "sends the next packets over a WebSocket while it still encodes an attachment",
    fails: /not seen|events at the server/,
    server: noting,
    helpers,
    commands,
    page: (world) => {
      const send = (socket) => {
        socket.emit("x", 1, new Uint8Array([97]));
        socket.emit("x", 2);
        socket.emit("x", 3, new Uint8Array([98]), new Blob(["c"]));
        socket.emit("x", 4);
      };
      return byEach(world, 4, send, { forceBase64: true });
    },
    expect: (_, { log }) =>
      assert.deepEqual(log, twice([[1, bytes(97)], [2], [3, bytes(98), bytes(99)], [4]])),
  },
  {
    rows: ["2.2 binary", "1.7 sendBuffer"],
    title: "binary data that was emitted without a connection is sent with the next one",
    server: noting,
    commands,
    async page({ io, url, until, tell }) {
      const socket = io(url, { transports: ["polling", "websocket"] });
      socket.emit("x", new Uint8Array([1]), new Blob(["a"]));
      socket.emit("x", new Uint8Array([2]).buffer);
      await until(async () => (await tell("count")) === 2, "both events at the server");
    },
    expect: (_, { log }) => assert.deepEqual(log, [[bytes(1), bytes(97)], [bytes(2)]]),
  },
  {
    rows: ["2.2 binary"],
    title: "hundreds of thousands of bytes come back as they were",
    core: true,
    server: noting,
    helpers,
    commands,
    page: (world) =>
      byEach(world, 0, async (socket) => {
        const data = new Uint8Array(600_000);
        for (let at = 0; at < data.length; at += 65_536) crypto.getRandomValues(data.subarray(at, at + 65_536));
        const back = await new Promise((resolve) => socket.emit("echo", data, resolve));
        const copy = new Uint8Array(back);
        return copy.length === data.length && copy.every((byte, at) => byte === data[at]);
      }),
    expect: (value) => assert.deepEqual(value, [true, true]),
  },
  {
    rows: ["2.2 binary", "2.1 binary in polling"],
    title: "every length and every byte survives base64",
    server: noting,
    helpers,
    commands,
    page: (world) =>
      byEach(world, 0, async (socket) => {
        const wrong = [];
        for (let length = 0; length < 20; length++) {
          const data = Uint8Array.from({ length }, (_, at) => (at * 37 + length * 13) % 256);
          const back = await new Promise((resolve) => socket.emit("echo", data, resolve));
          if (String(new Uint8Array(back)) !== String(data)) wrong.push(length);
        }
        return wrong;
      }),
    expect: (value) => assert.deepEqual(value, [[], []]),
  },
  {
    rows: ["2.2 binary", "2.2 nsp"],
    title: "binary events of two namespaces over one connection are not mixed up",
    core: true,
    server({ io, log }) {
      for (const nsp of ["/a", "/b"]) {
        io.of(nsp).on("connection", (socket) => socket.on("x", (data) => log.push([nsp, ...data])));
      }
    },
    commands,
    async page({ io, next, url, until, tell }) {
      const [a, b] = ["/a", "/b"].map((nsp) => io(url + nsp, { transports: ["polling", "websocket"] }));
      await Promise.all([next(a, "connect"), next(b, "connect")]);
      for (let n = 0; n < 10; n++) {
        a.emit("x", new Uint8Array([n]));
        b.emit("x", new Blob([new Uint8Array([n, n])]));
      }
      await until(async () => (await tell("count")) === 20, "20 events at the server");
    },
    expect(_, { log }) {
      const sent = Array.from({ length: 10 }, (_, n) => [["/a", n], ["/b", n, n]]);
      assert.deepEqual(log, sent.flat());
    },
  },
  {
    rows: ["1.10 binary detection", "2.2 binary"],
    title: "binary data that is an object's by its prototype only is left out, as in JSON",
    server: noting,
    commands,
    page: (tools) =>
      byEach(tools, 2, async (socket) => {
        const heir = Object.assign(Object.create({ buffer: new Uint8Array(2) }), { id: 1 });
        socket.emit("a", heir);
        socket.emit("a", { heir, own: new Uint8Array([3]) });
      }),
    helpers: [byEach],
    expect(_, { log }) {
      const events = [[{ id: 1 }], [{ heir: { id: 1 }, own: { bytes: [3] } }]];
      assert.deepEqual(log, [...events, ...events]);
    },
  },
  {
    rows: ["1.10 binary detection", "2.2 binary"],
    title: "binary data that hangs on a text or a number is left out, as in JSON",
    differs: "the reference sends an object with the text's letters",
    server: noting,
    commands,
    page: (tools) =>
      byEach(tools, 2, async (socket) => {
        const [text, number] = [new String("text"), new Number(1)].map((it) => Object.assign(it, { b: new Uint8Array(2) }));
        socket.emit("a", text, number);
        socket.emit("a", text, new Uint8Array([3]));
      }),
    helpers: [byEach],
    expect(_, { log }) {
      const events = [["text", 1], ["text", { bytes: [3] }]];
      assert.deepEqual(log, [...events, ...events]);
    },
  },
  {
    rows: ["1.10 binary detection", "2.2 binary"],
    title: "memory that workers share is sent as it is at that moment",
    differs: "the reference fails when it is sent, and the connection with it",
    server: noting,
    commands,
    page: (tools) =>
      byEach(tools, 1, async (socket) => {
        // Of such a memory where the page may not share it otherwise.
        const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
        const view = new Uint8Array(buffer, 1, 2);
        view.set([1, 2]);
        socket.emit("a", view, new DataView(buffer, 2, 1));
      }),
    helpers: [byEach],
    expect: (_, { log }) => assert.deepEqual(log, Array(2).fill([{ bytes: [1, 2] }, { bytes: [2] }])),
  },
  {
    rows: ["1.10 binary detection", "1.9 XHR"],
    title: "memory that is given away before long-polling has sent it is an error of the connection, which comes back",
    fault: "hangs until the server misses a heartbeat",
    fails: /disconnect/,
    server: noting,
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"], reconnectionDelay: 10 });
      await next(socket, "connect");
      const { buffer } = new Uint8Array(8);
      socket.emit("first");
      socket.emit("frame", buffer);
      structuredClone(buffer, { transfer: [buffer] });
      const [reason, { message }] = await next(socket, "disconnect");
      await next(socket, "connect");
      return [reason, /detached/.test(message), await socket.emitWithAck("echo", 1)];
    },
    expect: (result) => assert.deepEqual(result, ["transport error", true, 1]),
  },
];
