// 2.4: a server that lies, and answers that are none. Each row: the page lives on, and the client comes back.

import assert from "node:assert/strict";
import { handshake, sessionByHand } from "../support/by-hand.mjs";

/** What a handshake may say, and whether it is taken. As JSON: what JavaScript makes of it is the client's matter. */
const lies = [
  ...["0", "-1", "null", '"x"', "{}", "[]", "-1e999", "false", "NaN"].flatMap((value) => [
    [`"pingInterval":${value}`, false],
    [`"pingTimeout":${value}`, false],
  ]),
  // For ever is a time, too.
  ...["1e300", "1e999", "9007199254740993", "4294967296"].flatMap((value) => [
    [`"pingInterval":${value}`, true],
    [`"pingTimeout":${value}`, true],
  ]),
  ...["0", "-1", "null", '"x"', "{}", "1e999", '"__proto__"'].map((value) => [`"maxPayload":${value}`, true]),
  ['"maxPayload":NaN', false],
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

/** Answers to a request: status, headers, body. Without 408: browsers then ask again by themselves. */
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

/** Which request gets them. A POST reaches the server all the same. */
const places = [
  ["GET 0", "the first request"],
  ["GET 1", "the first poll"],
  ["GET 2", "a poll of a connected client"],
  ["POST 0", "the first POST"],
];

/** How many times a client tells of an answer, at least and at most. What a POST brings is not looked at: that it went well is. */
function tellings(place, [status, headers]) {
  if (place.startsWith("GET")) return [1, 1];
  // WebKitGTK says nothing of what it cannot decompress.
  if (headers["content-encoding"]) return [0, 2];
  const isWell = (status === 200 && !headers["content-length"]) || headers.location === "/nowhere";
  return isWell ? [0, 0] : [1, 2];
}

/** An `http` of a case: with `?number=n` the request of that place is answered by `answers[n]`. */
function answeringOnce(place) {
  const counts = new Map();
  return (req, res, next) => {
    const number = new URL(req.url, "http://localhost").searchParams.get("number");
    if (req.url.startsWith("/nowhere")) return res.writeHead(200).end(html);
    const key = `${number} ${req.headers.host} ${req.method}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    if (number === null || `${req.method} ${count}` !== place) return next();
    if (req.method === "GET") return say(res, answers[number]);
    const { writeHead, end } = res;
    res.writeHead = () => res;
    res.end = () => say(Object.assign(res, { writeHead, end }), answers[number]);
    next();
  };
}

function say(res, [status, headers, body]) {
  res.writeHead(status, headers);
  if (headers["content-length"]) res.write(body, () => res.destroy());
  else res.end([204, 304].includes(status) ? undefined : body);
}

/** Numbers from 0 to 1 that look random, the same ones in each run. */
function randomOf(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

const binary = '451-["a",{"_placeholder":true,"num":0}]';
const seeds = ['42["a",1]', binary, '40{"sid":"x"}', '430["x"]', '44{"message":"m"}', "2"];

/** A frame that is none, or that somebody has tampered with. Text that isn't UTF-8 is noise as well. */
function noise(random, packets = seeds) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const bytes = Buffer.from(pick(packets));
  for (let i = 0; i < 1 + random() * 4; i++) bytes[Math.floor(random() * bytes.length)] = random() * 256;
  if (random() < 0.3) return [Buffer.from(Array.from({ length: random() * 40 }, () => random() * 256)), random() < 0.5];
  return [bytes, random() < 0.2];
}

/** Some of that as one answer of long-polling. */
function noisyBody(random) {
  const packets = Array.from({ length: 1 + random() * 4 }, () => noise(random, [...seeds, "bAQIDBA==", "6"])[0]);
  return Buffer.concat(packets.flatMap((packet) => [packet, Buffer.from("\x1e")]).slice(0, random() < 0.9 ? -1 : undefined));
}

const NOISY_SESSIONS = 15;
const NOISY_POLLING_SESSIONS = 40;

/** `server` and `http` of a case: each session is granted, and then gets noise until its end; the last one gets `end`. */
function noisyPolls() {
  let sessions;
  return {
    server: () => (sessions = []),
    http(req, res) {
      if (req.method === "POST") return req.resume().on("end", () => res.end("ok"));
      const sid = new URL(req.url, "http://localhost").searchParams.get("sid");
      if (!sid) return res.end(handshake({ sid: `${sessions.push({ polls: 0, random: randomOf(sessions.length) })}` }));
      const session = sessions[sid - 1];
      const poll = session.polls++;
      if (!poll) return res.end('40{"sid":"x"}');
      if (sid <= NOISY_POLLING_SESSIONS) return res.end(poll < 10 ? noisyBody(session.random) : "1");
      if (poll === 1) res.end('42["end"]');
    },
  };
}

export default [
  {
    rows: ["2.4 lies in the handshake"],
    title: `${lies.length} handshakes that lie: each is taken or is an error, and the client comes back`,
    differs: "the reference takes intervals that are none, and throws where no one can catch it",
    core: true,
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
    core: true,
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
  ...places.map(([place, what]) => ({
    rows: ["2.4 HTTP answers", "2.4 noise"],
    title: `${answers.length} answers that a server of Socket.IO never gives, to ${what}: the client says so, and the next try connects`,
    core: true,
    ...(place.startsWith("GET") && { differs: "the reference throws where no one can catch it at some of them" }),
    http: answeringOnce(place),
    server: ({ io }) => io.on("connection", (socket) => socket.on("echo", (value, answer) => answer(value))),
    arg: answers.map((answer) => ({ answer: JSON.stringify(answer.slice(0, 2)), tellings: tellings(place, answer) })),
    async page({ io, url, arg, pause }) {
      const wrong = [];
      const options = { transports: ["polling"], reconnectionDelay: 5, forceNew: true, retries: 9, ackTimeout: 1_000 };
      for (const [number, { answer, tellings: [least, most] }] of arg.entries()) {
        const socket = io(url, { ...options, query: { number } });
        const told = [];
        socket.on("connect_error", (error) => told.push(error instanceof Error));
        socket.on("disconnect", (reason) => told.push(typeof reason === "string"));
        const echo = await Promise.race([socket.emitWithAck("echo", number), pause(1_500)]);
        const isRight = echo === number && !told.includes(false) && told.length >= least && told.length <= most;
        if (!isRight) wrong.push([number, answer, echo, [...told]]);
        socket.disconnect();
      }
      return wrong;
    },
    expect: (wrong) => assert.deepEqual(wrong, []),
  })),
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
  {
    rows: ["2.4 noise"],
    title: `${NOISY_POLLING_SESSIONS} sessions whose polls bring what was tampered with: the page lives on, and the last one works`,
    core: true,
    differs: "the reference throws where no one can catch it at some of them",
    ...noisyPolls(),
    async page({ io, next, url }) {
      const socket = io(url, { transports: ["polling"], reconnectionDelay: 1, reconnectionDelayMax: 1 });
      // Some answers are a refusal: that is final.
      socket.on("connect_error", () => socket.connect());
      socket.on("disconnect", (reason) => reason === "io server disconnect" && socket.connect());
      await next(socket, "end", 8_000);
      return socket.connected;
    },
    expect: (value, { requests }) => {
      assert.equal(value, true);
      assert.ok(requests.some(({ query }) => Number(query.sid) > NOISY_POLLING_SESSIONS));
    },
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
