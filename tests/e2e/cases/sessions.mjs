// Whatever happens while the transports race, the server has one session for the page, and none after it.

import assert from "node:assert/strict";
import { holdUntil, refuse, swallow } from "../proxy.mjs";
import { startTestServer } from "../test-server.mjs";
import { until } from "../wait.mjs";

export default function sessions(scene) {
  const server = startReceivingServer;
  const after = "one session, and none after disconnect";
  scene(`WebSocket refused: ${after}`, { server, onUpgrade: refuse(403) }, oneSession);
  scene(`WebSocket swallowed: ${after}`, { server, onUpgrade: swallow }, oneSession);
  scene("disconnect before WebSocket opens: no session", { server }, earlyDisconnect);
  scene("a WebSocket that opens after polling has won is closed", { server }, lateWebSocket);
  scene("a polling session that comes after WebSocket has won is closed", { server }, latePolling);
}

async function startReceivingServer() {
  const received = [];
  const server = await startTestServer((io) => {
    io.on("connection", (socket) => socket.on("number", (number) => received.push(number)));
  });
  return Object.assign(server, { received });
}

async function oneSession({ page, server }) {
  await connect(page);
  assert.equal(server.io.engine.clientsCount, 1);
  await until("events emitted before the connection", () => server.received.length >= 3);
  await page.run(() => void window.socket.disconnect());
  await until("no session left at the server", () => server.io.engine.clientsCount === 0);
  assert.deepEqual(server.received, [1, 2, 3]);
  assert.deepEqual(await page.run(() => window.errors), [], "connect_error");
}

async function earlyDisconnect({ page, proxy, server }) {
  let release;
  const disconnected = new Promise((resolve) => (release = resolve));
  proxy.onUpgrade = holdUntil(() => disconnected);
  await page.open("/library.html");
  await page.run(start);
  await until("a WebSocket handshake", () => proxy.upgrades.length === 1);
  await page.run(() => void window.socket.disconnect());
  release();
  await until("the end of the WebSocket", () => proxy.upgrades[0].closed);
  await until("no session at the server", () => server.io.engine.clientsCount === 0);
  assert.equal(proxy.pollings.length, 0);
}

async function lateWebSocket({ page, proxy, server }) {
  proxy.onUpgrade = holdUntil(() => connected(server));
  await connect(page);
  await until("the end of the late WebSocket", () => proxy.upgrades[0].closed);
  await until("one session at the server", () => server.io.engine.clientsCount === 1);
  assert.equal(await page.run(() => window.socket.io.engine.transport.name), "polling");
}

async function latePolling({ page, proxy, server }) {
  const open = connected(server);
  const pollingAnswered = new Promise((resolve) => {
    proxy.beforeAnswer = (entry) => {
      if (entry.transport !== "polling") return undefined;
      resolve(); // the server has made a session by now: the page will hear of it too late
      return open;
    };
  });
  proxy.onUpgrade = holdUntil(() => pollingAnswered);
  await connect(page);
  assert.equal(await page.run(() => window.socket.io.engine.transport.name), "websocket");
  await until("one session at the server", () => server.io.engine.clientsCount === 1);
  assert.equal(proxy.openWebSockets.length, 1);
}

function connected(server) {
  return new Promise((resolve) => server.io.once("connection", resolve));
}

async function connect(page) {
  await page.open("/library.html");
  await page.run(start);
  await page.see("connected", () => window.socket.connected);
}

/** In the page: a connection, and events that are emitted before it is there. */
function start() {
  const socket = (window.socket = io());
  window.errors = [];
  socket.on("connect_error", (error) => window.errors.push(error.message));
  for (const number of [1, 2, 3]) socket.emit("number", number);
}
