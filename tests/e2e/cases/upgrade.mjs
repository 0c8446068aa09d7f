// Polling gives way to WebSocket in the middle of a stream of events each way:
// nothing lost, doubled or out of order.

import assert from "node:assert/strict";
import { holdUntil, passThenCut, refuse, swallow } from "../proxy.mjs";
import { startTestServer } from "../test-server.mjs";
import { until } from "../wait.mjs";

const EVENTS = 300;
/** That many go each way by polling before the upgrade may begin, and by WebSocket after it. */
const EACH_SIDE = 60;
const PACE = 5; // milliseconds between two events

export default function upgrade(scene) {
  const setting = { server: startCountingServer };
  scene("300 events each way while polling upgrades to WebSocket", setting, underLoad);
  const failures = { refused: refuse(502), swallowed: swallow, cut: passThenCut };
  for (const [name, onUpgrade] of Object.entries(failures)) {
    scene(`300 events each way while the upgrade is ${name}`, setting, (world) => failing(world, onUpgrade));
  }
}

/** Numbers its events, and keeps the numbers it gets with the transport that brought them. */
async function startCountingServer() {
  const seen = { up: [], transports: [], sent: 0 };
  const server = await startTestServer((io) => {
    io.on("connection", (socket) => {
      const timer = setInterval(() => socket.emit("down", seen.sent++), PACE);
      socket.on("up", (number) => {
        seen.up.push(number);
        seen.transports.push(socket.conn.transport.name);
      });
      socket.on("stop", (acknowledge) => {
        clearInterval(timer);
        acknowledge(seen.sent);
      });
    });
  });
  return Object.assign(server, { seen });
}

async function underLoad({ page, proxy, server }) {
  const { seen } = server;
  const byPolling = () => count(proxy, "responseBody", "down");
  proxy.onUpgrade = holdUntil(() =>
    until("events each way by polling", () => seen.up.length >= EACH_SIDE && byPolling() >= EACH_SIDE),
  );
  await page.open("/library.html");
  await page.run(startCounting, PACE);
  await until("events each way by WebSocket", () => {
    const upByWebSocket = seen.transports.filter((name) => name === "websocket").length;
    const downByWebSocket = seen.sent - byPolling();
    const enough = Math.min(seen.up.length, seen.sent) >= EVENTS;
    return enough && Math.min(upByWebSocket, downByWebSocket) >= EACH_SIDE;
  });
  const result = await page.run(stopCounting);

  assert.deepEqual(seen.up, upTo(result.up), "events from the page to the server");
  assert.deepEqual(result.down, upTo(seen.sent), "events from the server to the page");
  assert.ok(result.up >= EVENTS && seen.sent >= EVENTS);
  assert.ok(count(proxy, "requestBody", "up") >= EACH_SIDE, "few events went by polling");
  assert.ok(byPolling() < seen.sent, "no event came by WebSocket");
  assert.equal(result.connects, 1);
  assert.equal(proxy.openWebSockets.length, 1);
  assert.ok(proxy.openWebSockets[0].sid, "the WebSocket took over the polling session");
}

/** Polling goes on as if nothing had been tried. */
async function failing({ page, proxy, server }, onUpgrade) {
  const { seen } = server;
  proxy.onUpgrade = onUpgrade;
  await page.open("/library.html");
  await page.run(startCounting, PACE);
  await until("events each way", () => Math.min(seen.up.length, seen.sent) >= EVENTS);
  const result = await page.run(stopCounting);
  assert.equal(proxy.upgrades.length, 1);
  assert.deepEqual(seen.up, upTo(result.up), "events from the page to the server");
  assert.deepEqual(result.down, upTo(seen.sent), "events from the server to the page");
  assert.deepEqual([...new Set(seen.transports)], ["polling"]);
  assert.equal(result.connects, 1);
}

/** In the page: emits numbered events at a steady pace and keeps those that come. */
function startCounting(pace) {
  const socket = io({ transports: ["polling", "websocket"] });
  const counting = (window.counting = { socket, up: 0, down: [], connects: 0 });
  socket.on("connect", () => counting.connects++);
  socket.on("down", (number) => counting.down.push(number));
  counting.timer = setInterval(() => socket.emit("up", counting.up++), pace);
}

/** In the page: an acknowledgement comes after all events sent before it. */
async function stopCounting() {
  const { counting } = window;
  clearInterval(counting.timer);
  await new Promise((resolve) => counting.socket.emit("stop", resolve));
  const { up, down, connects } = counting;
  return { up, down, connects };
}

/** How many events of a name went through the bodies of polling requests. */
function count(proxy, body, event) {
  const text = proxy.pollings.map((entry) => entry[body]).join("");
  return text.split(`42["${event}",`).length - 1;
}

function upTo(end) {
  return Array.from({ length: end }, (_, number) => number);
}
