// 2.4: a server that lies, and answers that are none. Each row: the page lives on, and the client comes back.

import assert from "node:assert/strict";
import { handshake, sessionByHand } from "../support/by-hand.mjs";

/** What a handshake may say, and whether it is taken. As JSON: what JavaScript makes of it is the client's matter. */
const lies = [
  ...["0", "-1", "null", '"x"', "{}", "[]", "-1e999", "false"].flatMap((value) => [
    [`"pingInterval":${value}`, false],
    [`"pingTimeout":${value}`, false],
  ]),
  // For ever is a time, too.
  ...["1e300", "1e999", "9007199254740993", "4294967296"].flatMap((value) => [
    [`"pingInterval":${value}`, true],
    [`"pingTimeout":${value}`, true],
  ]),
  ...["0", "-1", "null", '"x"', "{}", "1e999", '"__proto__"'].map((value) => [`"maxPayload":${value}`, true]),
  ...["null", "{}", "0", '"websocket"'].map((value) => [`"upgrades":${value}`, false]),
  ['"upgrades":["__proto__",null,{},[[]],"polling","webtransport"]', true],
  ...["null", "0", "{}", "[]"].map((value) => [`"sid":${value}`, false]),
  ...['"\\u0000"', '"a&transport=x#"', '"../../"', '"é"'].map((value) => [`"sid":${value}`, true]),
  ['"__proto__":{"sid":1,"pingInterval":0}', true],
  ['"toString":1,"constructor":null', true],
];

/** Its later fields win. */
const lying = (fields) => `${handshake().slice(0, -1)},${fields}}`;

/** An `http` of a case: to `?number=n` the first answer is the n-th lie, the next ones are those of a server. */
function lyingOnce() {
  const seen = new Map();
  return (req, res) => {
    if (req.method === "POST") return req.resume().on("end", () => res.end("ok"));
    const number = new URL(req.url, "http://localhost").searchParams.get("number");
    const key = `${number} ${req.headers.host}`;
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    const [fields, isTaken] = lies[number];
    const answers = [lying(fields), ...(isTaken ? [] : [handshake()]), '40{"sid":"x"}', '42["end"]'];
    if (answers[count]) res.end(answers[count]);
  };
}

const html = "<!doctype html><title>Bad gateway</title><center>nginx</center>";
const gzip = { "content-encoding": "gzip" };

/** Answers to the first request: status, headers, body. Without 408: browsers then ask again by themselves. */
const answers = [
  [200, { "content-type": "text/html" }, html],
  [200, { "content-type": "image/png" }, "\x89PNG\r\n\x1a\n\0\x1e\x1e"],
  [200, { "content-type": "application/json" }, '{"code":1,"message":"Session ID unknown"}'],
  [200, { "content-type": "text/plain; charset=utf-16" }, "0{}"],
  [200, { "content-type": "not/a type;;;" }, "\ufeff0{}"],
  [200, gzip, "this is not compressed"],
  [200, { "content-length": "1000000" }, "cut"],
  [200, {}, "0{".repeat(50_000)],
  [200, {}, "\x1e".repeat(50_000)],
  [200, {}, "6\x1e".repeat(50_000)],
  ...[201, 202, 204, 206, 300, 304, 400, 402, 403, 404, 410, 413, 418, 425, 429, 451].map((status) => [status, {}, ""]),
  ...[500, 501, 502, 503, 504, 507, 511, 599, 999].map((status) => [status, { "content-type": "text/html" }, html]),
  [200, {}, ""],
  [302, { location: "/nowhere" }, ""],
  [302, { location: "javascript:alert(1)" }, ""],
];

/** An `http` of a case: to `?number=n` the first answer is `answers[n]`. */
function answeringOnce() {
  const served = new Set();
  return (req, res, next) => {
    const number = new URL(req.url, "http://localhost").searchParams.get("number");
    if (req.url.startsWith("/nowhere")) return res.writeHead(200).end(html);
    const key = `${number} ${req.headers.host}`;
    if (number === null || served.has(key)) return next();
    served.add(key);
    const [status, headers, body] = answers[number];
    res.writeHead(status, headers);
    if (headers["content-length"]) res.write(body, () => res.destroy());
    else res.end([204, 304].includes(status) ? undefined : body);
  };
}

/** Numbers from 0 to 1 that look random, the same ones in each run. */
function randomOf(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

const binary = '451-["a",{"_placeholder":true,"num":0}]';
const seeds = ['42["a",1]', binary, '40{"sid":"x"}', '430["x"]', '44{"message":"m"}', "2"];

/** A frame that is none, or that somebody has tampered with. Text that isn't UTF-8 is noise as well. */
function noise(random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const bytes = Buffer.from(pick(seeds));
  for (let i = 0; i < 1 + random() * 4; i++) bytes[Math.floor(random() * bytes.length)] = random() * 256;
  if (random() < 0.3) return [Buffer.from(Array.from({ length: random() * 40 }, () => random() * 256)), random() < 0.5];
  return [bytes, random() < 0.2];
}

const NOISY_SESSIONS = 15;

export default [
  {
    rows: ["2.4 lies in the handshake"],
    title: `${lies.length} handshakes that lie: each is taken or is an error, and the client comes back`,
    differs: "the reference takes intervals that are none, and throws where no one can catch it",
    http: lyingOnce(),
    arg: lies,
    async page({ io, next, url, arg }) {
      const wrong = [];
      for (const [number, [fields, isTaken]] of arg.entries()) {
        const socket = io(url, { transports: ["polling"], query: { number }, reconnectionDelay: 5, forceNew: true });
        let errors = 0;
        socket.on("connect_error", () => errors++);
        await next(socket, "end", 1_000).catch(({ message }) => wrong.push([fields, message]));
        if (errors !== (isTaken ? 0 : 1)) wrong.push([fields, errors]);
        socket.emit("a");
        socket.disconnect();
      }
      return wrong;
    },
    expect: (wrong) => assert.deepEqual(wrong, []),
  },
  {
    rows: ["2.4 lies in the handshake"],
    title: "a session id that is no Unicode is an error, and the client comes back",
    differs: "the reference throws where no one can catch it",
    http: surrogateOnce(),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"], reconnectionDelay: 5 });
      const told = [];
      for (const name of ["connect_error", "disconnect"]) socket.on(name, () => told.push(name));
      await next(socket, "connect");
      return told.length;
    },
    expect: (count) => assert.equal(count, 1),
  },
  {
    rows: ["2.4 HTTP answers", "2.4 noise"],
    title: `${answers.length} answers that a server of Socket.IO never gives: an error each, and the next try connects`,
    core: true,
    differs: "the reference throws where no one can catch it at some of them",
    http: answeringOnce(),
    arg: answers.map(([status, headers]) => `${status} ${JSON.stringify(headers)}`),
    async page({ io, next, url, arg }) {
      const wrong = [];
      for (const [number, answer] of arg.entries()) {
        const socket = io(url, { transports: ["polling"], query: { number }, reconnectionDelay: 5, forceNew: true });
        const errors = [];
        socket.on("connect_error", (error) => errors.push(error));
        await next(socket, "connect", 1_000).catch(({ message }) => wrong.push([number, answer, message]));
        if (errors.length !== 1 || !(errors[0] instanceof Error)) wrong.push([number, answer, errors.map(String)]);
        socket.disconnect();
      }
      return wrong;
    },
    expect: (wrong) => assert.deepEqual(wrong, []),
  },
  {
    rows: ["2.4 noise"],
    title: `${NOISY_SESSIONS} sessions of frames that were tampered with: the page lives on, and the last one works`,
    core: true,
    differs: "the reference throws where no one can catch it at some of them",
    ...sessionByHand((ws, { number }) => {
      if (number >= NOISY_SESSIONS) return ws.send('42["end"]');
      const random = randomOf(number);
      for (let i = 0; i < 20; i++) {
        const [data, binary] = noise(random);
        ws.send(data, { binary });
      }
      ws.close();
    }),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 1, reconnectionDelayMax: 1 });
      // Some frames are a refusal: that is final.
      socket.on("connect_error", () => socket.connect());
      socket.on("disconnect", (reason) => reason === "io server disconnect" && socket.connect());
      await next(socket, "end", 8_000);
      return socket.connected;
    },
    expect: (value) => assert.equal(value, true),
  },
];

/** An `http` of a case: the first handshake names half a character as the session. */
function surrogateOnce() {
  let isOver;
  return (req, res, next) => {
    if (isOver === req.headers.host) return next();
    isOver = req.headers.host;
    res.end(lying('"sid":"\\ud800"'));
  };
}
