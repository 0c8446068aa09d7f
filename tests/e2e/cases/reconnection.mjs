// Connections that end: who comes back, and who does not.

import assert from "node:assert/strict";
import { freePort } from "../process.mjs";
import { startTestServer } from "../test-server.mjs";
import { until } from "../wait.mjs";

const cases = {
  "the server cuts the line: the page comes back": { server: startEndingServer, body: cutByServer },
  "the network fails: the page comes back": { server: startEndingServer, body: cutByNetwork },
  "the server falls silent: ping timeout": { server: startPingingServer, body: silence },
  "the server sends the page away: it stays away": { server: startEndingServer, body: kicked },
};

export default function reconnection(scene) {
  for (const [title, { server, body }] of Object.entries(cases)) {
    for (const transport of ["websocket", "polling"]) {
      scene(`${title} (${transport})`, { server }, (world) => body(world, transport));
    }
  }
  scene("no server, then one: connect_error, then connect", { server: startTestServer }, serverComes);
}

function startEndingServer() {
  return startTestServer((io) => {
    io.on("connection", (socket) => {
      socket.on("drop", () => socket.conn.close());
      socket.on("kick", () => socket.disconnect());
    });
  });
}

async function cutByServer({ page }, transport) {
  await page.open("/library.html");
  await page.run(connect, "cut", transport);
  await page.see("connected", isConnected, "cut", 1);
  await page.run(() => void window.sockets.cut.emit("drop"));
  await page.see("connected again", isConnected, "cut", 2);
  const history = await page.run((name) => window.sockets[name].history, "cut");
  assert.deepEqual(kinds(history), ["connect", "disconnect", "connect"]);
  assert.equal(history[1][1], "transport close");
  assert.notEqual(history[0][1], history[2][1], "a new connection has a new id");
}

async function cutByNetwork({ page, proxy, server }, transport) {
  await page.open("/library.html");
  await page.run(connect, "cut", transport);
  await page.see("connected", isConnected, "cut", 1);
  // By polling: a GET waits at the server. It is the one that is cut.
  await until("an open connection", () => server.sessions[0].transport.writable);
  proxy.cut();
  await page.see("connected again", isConnected, "cut", 2);
  const history = await page.run((name) => window.sockets[name].history, "cut");
  const reason = transport === "polling" ? "transport error" : "transport close";
  assert.deepEqual(history[1], ["disconnect", reason]);
}

function startPingingServer() {
  return startTestServer(undefined, { pingInterval: 100, pingTimeout: 1_500 });
}

async function silence({ page, proxy, server }, transport) {
  let pongs = 0;
  server.io.engine.on("connection", (connection) => connection.on("heartbeat", () => pongs++));
  await page.open("/library.html");
  await page.run(connect, "pinged", transport);
  // In more time than the timeout: it is the pings that keep the connection.
  await until("20 answered pings", () => pongs >= 20);
  assert.equal(await page.run(() => window.sockets.pinged.history.length), 1);
  proxy.silent = true;
  await page.see("the end", () => window.sockets.pinged.history.length === 2);
  proxy.silent = false;
  await page.see("connected again", isConnected, "pinged", 2);
  const history = await page.run(() => window.sockets.pinged.history);
  assert.deepEqual(history[1], ["disconnect", "ping timeout"]);
}

async function kicked({ page, server }, transport) {
  await page.open("/library.html");
  await page.run(connect, "kicked", transport);
  await page.run(connect, "cut", transport);
  await page.see("both connected", () => window.sockets.kicked.connected && window.sockets.cut.connected);
  await page.run(() => void window.sockets.kicked.emit("kick"));
  await page.see("the end", () => window.sockets.kicked.history.length === 2);
  // The other connection, with the same options, is cut and comes back twice in the meantime.
  for (const times of [2, 3]) {
    await page.run(() => void window.sockets.cut.emit("drop"));
    await page.see("the other one connected again", isConnected, "cut", times);
  }
  const { history, connected, active } = await page.run(() => {
    const { history, connected, active } = window.sockets.kicked;
    return { history, connected, active };
  });
  assert.deepEqual(kinds(history), ["connect", "disconnect"]);
  assert.equal(history[1][1], "io server disconnect");
  assert.deepEqual([connected, active], [false, false]);
  assert.equal(server.io.engine.clientsCount, 1);
}

async function serverComes({ page, server }) {
  const port = await freePort();
  await page.open("/library.html");
  await page.run((url) => {
    const socket = (window.socket = io(url, { reconnectionDelay: 100, reconnectionDelayMax: 200 }));
    window.errors = [];
    socket.on("connect_error", (error) => window.errors.push(error instanceof Error && error.message));
  }, `http://127.0.0.1:${port}`);
  await page.see("two failures", () => window.errors.length >= 2);
  assert.equal(await page.run(() => window.socket.connected), false);
  const late = await startTestServer(undefined, { port });
  try {
    await page.see("connected", () => window.socket.connected);
    const errors = await page.run(() => window.errors);
    for (const message of errors) assert.match(message, /^(websocket|xhr poll) error$/);
    assert.equal(late.io.engine.clientsCount, 1);
    assert.equal(server.io.engine.clientsCount, 0);
    await page.leave();
  } finally {
    await late.close();
  }
}

/** In the page: a connection of its own, with a history of what happened to it. */
function connect(name, transport) {
  // An attempt that the silence swallows ends in time, too.
  const soon = { reconnectionDelay: 50, reconnectionDelayMax: 100, timeout: 3_000 };
  const socket = io({ transports: [transport], forceNew: true, ...soon });
  window.sockets = Object.assign(window.sockets || {}, { [name]: socket });
  socket.history = [];
  socket.on("connect", () => socket.history.push(["connect", socket.id]));
  socket.on("disconnect", (reason) => socket.history.push(["disconnect", reason]));
}

/** In the page: connected, for the given time. */
function isConnected(name, times) {
  const { connected, history } = window.sockets[name];
  return connected && history.filter(([kind]) => kind === "connect").length === times;
}

function kinds(history) {
  return history.map(([kind]) => kind);
}
