// 1.10: the `parser` option.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as msgpack from "socket.io-msgpack-parser";
import * as standard from "socket.io-parser";
import { echo } from "../support/by-hand.mjs";
import * as jsonParser from "../support/json-parser.mjs";

const source = readFileSync(new URL("../support/json-parser.mjs", import.meta.url));

/** An `http` of a case: the page gets the own parser as a module. */
function withModule(req, res, next) {
  if (!req.url.startsWith("/json-parser.js")) return next();
  res.writeHead(200, { "content-type": "text/javascript" }).end(source);
}

/** Text for numbers that JSON has no word for, and back. */
const big = {
  replacer: (_key, value) => (typeof value === "bigint" ? `${value}n` : value),
  reviver: (_key, value) => (/^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value),
};

class BigEncoder extends standard.Encoder {
  constructor() {
    super(big.replacer);
  }
}

class BigDecoder extends standard.Decoder {
  constructor() {
    super(big.reviver);
  }
}

export default [
  {
    rows: ["1.3 parser", "1.10 Encoder", "1.10 Decoder"],
    title: "an own parser makes and reads every packet",
    core: true,
    options: { parser: jsonParser },
    http: withModule,
    server: echo,
    async page({ io, next, url }) {
      const parser = await import(`${url}/json-parser.js`);
      const answers = [];
      for (const name of ["polling", "websocket"]) {
        const socket = io(url, { parser, transports: [name], forceNew: true, auth: { token: 1 } });
        await next(socket, "connect");
        answers.push(await socket.emitWithAck("echo", { deep: ["é"] }));
      }
      return answers;
    },
    expect: (value) => assert.deepEqual(value, [{ deep: ["é"] }, { deep: ["é"] }]),
  },
  {
    rows: ["1.10 Encoder", "1.10 Decoder"],
    title: "an own parser works with namespaces, acknowledgements of the client and what the server says",
    options: { parser: jsonParser },
    http: withModule,
    server({ io, log }) {
      io.of("/admin").use(({ handshake: { auth } }, next) => next(auth.token ? undefined : new Error("no token")));
      io.of("/admin").on("connection", (socket) => socket.emit("question", 1, (answer) => log.push(answer)));
    },
    async page({ io, next, url, until, tell }) {
      const parser = await import(`${url}/json-parser.js`);
      const options = { parser, transports: ["websocket"], autoConnect: false };
      const socket = io(`${url}/admin`, options);
      const refused = next(socket, "connect_error");
      socket.connect();
      const [{ message }] = await refused;
      socket.auth = { token: "x" };
      socket.on("question", (number, answer) => answer(number + 1));
      socket.connect();
      await until(() => tell("answered"), "the answer");
      return message;
    },
    commands: { answered: ({ log }) => log.length > 0 },
    expect(message, { log }) {
      assert.equal(message, "no token");
      assert.deepEqual(log, [2]);
    },
  },
  {
    rows: ["1.3 parser", "1.10 Encoder", "1.10 Decoder"],
    title: "a parser's classes are constructed without arguments, and the decoder is destroyed at the end",
    options: { parser: jsonParser },
    http: withModule,
    async page({ io, next, url }) {
      const parser = await import(`${url}/json-parser.js?fresh`);
      const socket = io(url, { parser, transports: ["websocket"] });
      await next(socket, "connect");
      const made = parser.seen.filter(([what]) => what !== "destroy");
      parser.seen.length = 0;
      socket.disconnect();
      return [made, parser.seen.some(([what]) => what === "destroy")];
    },
    expect: (value) => assert.deepEqual(value, [[["Encoder", 0], ["Decoder", 0]], true]),
  },
  {
    rows: ["1.10 Encoder", "1.10 Decoder"],
    title: "what an own parser cannot read is a parse error, with the parser's own words",
    options: { parser: jsonParser },
    http: withModule,
    server({ io }) {
      io.on("connection", (socket) => socket.on("go", () => socket.conn.write('{"type":2,"nsp":"/","data":["x"]}')));
    },
    async page({ io, next, url }) {
      const parser = await import(`${url}/json-parser.js`);
      const socket = io(url, { parser, transports: ["websocket"], reconnectionDelay: 10 });
      await next(socket, "connect");
      const disconnected = next(socket, "disconnect");
      socket.emit("go");
      const [reason, { message }] = await disconnected;
      await next(socket, "connect");
      return [reason, message];
    },
    expect: (value) => assert.deepEqual(value, ["parse error", "not of this parser"]),
  },
  {
    rows: ["1.3 parser", "1.10 Decoder"],
    title: "an own parser gets binary data as binaryType says, and text as text",
    fault: "does not know it as an option",
    fails: /ArrayBuffer/,
    engine(socket) {
      socket.on("message", () => socket.send('0{"sid":"s"}').send(Buffer.from([1, 2])));
    },
    async page({ io, url, until }) {
      const got = [];
      class Encoder {
        encode = () => ["0"];
      }
      class Decoder {
        on() {}
        destroy() {}
        add(data) {
          got.push(Object.prototype.toString.call(data));
        }
      }
      for (const [name, binaryType] of [["websocket", "blob"], ["polling", "blob"], ["polling", "arraybuffer"]]) {
        io(url, { parser: { Encoder, Decoder }, transports: [name], forceNew: true, binaryType });
        const count = got.length + 2;
        await until(() => got.length === count, `${name}, ${binaryType}`);
      }
      return got;
    },
    expect: (got) =>
      assert.deepEqual(got, ["Blob", "Blob", "ArrayBuffer"].flatMap((name) => ["[object String]", `[object ${name}]`])),
  },
  {
    rows: ["1.10 Decoder", "1.7 connect_error: v2 server"],
    title: "with an own parser, too, a namespace that is let in without a session is that of an older server",
    http: withModule,
    engine(socket) {
      socket.on("message", () => socket.send('{"type":0,"nsp":"/","own":true}'));
    },
    async page({ io, next, url }) {
      const parser = await import(`${url}/json-parser.js`);
      const [{ message }] = await next(io(url, { parser, transports: ["websocket"] }), "connect_error");
      return message;
    },
    expect: (message) => assert.match(message, /v2\.x/),
  },
  {
    rows: ["1.3 parser", "1.10 Encoder", "1.10 Decoder"],
    title: "socket.io-msgpack-parser talks to a server that uses it",
    core: true,
    options: { parser: msgpack },
    server: echo,
    async page({ io, next, url }) {
      const { default: parser } = await import("/__behaviour/modules/socket.io-msgpack-parser");
      const answers = [];
      for (const name of ["polling", "websocket"]) {
        const socket = io(url, { parser, transports: [name], forceNew: true, auth: { token: 1 } });
        await next(socket, "connect");
        const sent = ["é", new Uint8Array([1, 2, 255]).buffer, { a: [1.5, null, true] }];
        const answer = new Promise((resolve) => socket.emit("echo", ...sent, (...args) => resolve(args)));
        const [text, bytes, nested] = await answer;
        answers.push([text, [...new Uint8Array(bytes)], nested]);
      }
      return answers;
    },
    expect(value) {
      const answer = ["é", [1, 2, 255], { a: [1.5, null, true] }];
      assert.deepEqual(value, [answer, answer]);
    },
  },
  {
    rows: ["1.10 Encoder", "1.10 Decoder"],
    title: "socket.io-msgpack-parser: namespaces, refusals, events of the server and the end",
    core: true,
    options: { parser: msgpack },
    server({ io, log }) {
      io.of("/admin").on("connection", (socket) => {
        log.push(socket.handshake.auth);
        socket.emit("question", [1, 2], (answer) => (log.push(answer), socket.disconnect()));
      });
      io.of("/closed").use((_socket, next) => next(new Error("closed")));
    },
    async page({ io, next, url }) {
      const { default: parser } = await import("/__behaviour/modules/socket.io-msgpack-parser");
      const options = { parser, transports: ["websocket"], auth: { token: "t" } };
      const admin = io(`${url}/admin`, options);
      admin.on("question", (list, answer) => answer(list.length));
      const [[reason], [{ message }]] = await Promise.all([
        next(admin, "disconnect"),
        next(io(`${url}/closed`, options), "connect_error"),
      ]);
      return [reason, message];
    },
    expect(value, { log }) {
      assert.deepEqual(value, ["io server disconnect", "closed"]);
      assert.deepEqual(log, [{ token: "t" }, 2]);
    },
  },
  {
    rows: ["1.10 Encoder", "1.10 Decoder"],
    title: "a replacer and a reviver for the standard parser",
    options: { parser: { Encoder: BigEncoder, Decoder: BigDecoder } },
    server({ io, log }) {
      const double = (n, data, answer) => (log.push(typeof n), answer(n * 2n, data));
      io.on("connection", (socket) => socket.on("big", double));
    },
    async page({ io, next, url }) {
      const { Encoder, Decoder, ...rest } = await import("/__behaviour/modules/socket.io-parser");
      class BigEncoder extends Encoder {
        constructor() {
          super((_key, value) => (typeof value === "bigint" ? `${value}n` : value));
        }
      }
      class BigDecoder extends Decoder {
        constructor() {
          super({ reviver: (_key, value) => (/^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value) });
        }
      }
      const parser = { ...rest, Encoder: BigEncoder, Decoder: BigDecoder };
      const socket = io(url, { parser, transports: ["websocket"] });
      await next(socket, "connect");
      const answer = (data) => new Promise((resolve) => socket.emit("big", 21n, data, (...args) => resolve(args)));
      const [[plain], [binary, bytes]] = [await answer("text"), await answer(new Uint8Array([7]))];
      return [String(plain), typeof plain, String(binary), new Uint8Array(bytes)[0]];
    },
    expect(value, { log }) {
      assert.deepEqual(value, ["42", "bigint", "42", 7]);
      assert.deepEqual(log, ["bigint", "bigint"]);
    },
  },
  {
    rows: ["1.10 Encoder", "1.10 Decoder", "2.2 attachments"],
    title: "the standard parser's own maxAttachments",
    server({ io }) {
      io.on("connection", (socket) => socket.emit("many", ...Array.from({ length: 12 }, () => Buffer.alloc(1))));
    },
    async page({ io, next, url }) {
      const { Encoder, Decoder } = await import("/__behaviour/modules/socket.io-parser");
      class Roomy extends Decoder {
        constructor() {
          super({ maxAttachments: 12 });
        }
      }
      const socket = io(url, { parser: { Encoder, Decoder: Roomy }, transports: ["websocket"] });
      return (await next(socket, "many")).length;
    },
    expect: (length) => assert.equal(length, 12),
  },
];
