// Acknowledgements, namespaces and large amounts of data, against a real server.

import assert from "node:assert/strict";
import { startTestServer } from "../test-server.mjs";
import { until } from "../wait.mjs";

const LIMIT = 300_000;
const BIG = 100_000;
const BIG_EVENTS = 40;

export default function messages(scene) {
  for (const transport of ["websocket", "polling"]) {
    scene(`acknowledgements both ways by ${transport}`, { server: startAckServer }, (world) =>
      acknowledgements(world, transport),
    );
    scene(`a namespace that asks for a token, by ${transport}`, { server: startAdminServer }, (world) =>
      token(world, transport),
    );
  }
  scene("4 MB in one go by polling: no request above the limit", { server: startBigServer }, manyBig);
}

async function acknowledgements({ page, server }, transport) {
  await page.open("/library.html");
  assert.deepEqual(await page.run(askAndAnswer, transport), ["pong", { n: 2 }]);
  await until("the answer at the server", () => server.answers.length > 0);
  assert.deepEqual(server.answers, ["the answer", [1, "two"], null]);
}

async function token({ page }, transport) {
  await page.open("/library.html");
  assert.deepEqual(await page.run(visit, transport, { token: "secret" }), { welcome: "admin" });
  const refused = { message: "not authorized", data: { code: "E_AUTH" }, active: false };
  assert.deepEqual(await page.run(visit, transport, { token: "wrong" }), refused);
  assert.deepEqual(await page.run(visit, transport, null), refused);
}

async function startAckServer() {
  const answers = [];
  const server = await startTestServer((io) => {
    io.on("connection", (socket) => {
      socket.on("ping-ack", (n, acknowledge) => acknowledge("pong", { n: n + 1 }));
      socket.emit("question", "?", (...args) => answers.push(...args));
    });
  });
  return Object.assign(server, { answers });
}

/** In the page. */
function askAndAnswer(transport) {
  const socket = io({ transports: [transport] });
  socket.on("question", (text, answer) => answer("the answer", [1, "two"], undefined));
  return new Promise((resolve) => socket.emit("ping-ack", 1, (...args) => resolve(args)));
}

function startAdminServer() {
  return startTestServer((io) => {
    const admin = io.of("/admin");
    admin.use((socket, next) => {
      if (socket.handshake.auth.token === "secret") return next();
      return next(Object.assign(new Error("not authorized"), { data: { code: "E_AUTH" } }));
    });
    admin.on("connection", (socket) => socket.emit("welcome", "admin"));
  });
}

/** In the page. */
function visit(transport, auth) {
  const socket = io("/admin", { transports: [transport], forceNew: true, auth: auth || undefined });
  return new Promise((resolve) => {
    socket.on("welcome", (welcome) => resolve({ welcome }));
    socket.on("connect_error", ({ message, data }) => resolve({ message, data, active: socket.active }));
  });
}

async function startBigServer() {
  const received = [];
  const receive = (n, text) => received.push([n, text.length]);
  const server = await startTestServer(
    (io) => io.on("connection", (socket) => socket.on("big", receive)),
    { maxHttpBufferSize: LIMIT },
  );
  return Object.assign(server, { received });
}

async function manyBig({ page, proxy, server }) {
  await page.open("/library.html");
  await page.run(emitBig, BIG_EVENTS, BIG);
  await until("all events at the server", () => server.received.length >= BIG_EVENTS);
  const expected = Array.from({ length: BIG_EVENTS }, (_, n) => [n, BIG]);
  assert.deepEqual(server.received, expected);
  const sizes = proxy.pollings.map((entry) => entry.requestBody.length);
  assert.ok(Math.max(...sizes) <= LIMIT, `bodies of ${sizes} bytes`);
  assert.ok(Math.max(...sizes) > BIG * 2, `two events fit into one request, but bodies were ${sizes}`);
  assert.equal(await page.run(() => window.connects), 1, "the connection did not last");
}

/** In the page. */
function emitBig(count, size) {
  const socket = io({ transports: ["polling"] });
  window.connects = 0;
  socket.on("connect", () => window.connects++);
  for (let n = 0; n < count; n++) socket.emit("big", n, "x".repeat(size));
}
