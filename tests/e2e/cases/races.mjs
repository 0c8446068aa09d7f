// WebSocket and polling finish at about the same time, again and again: whoever wins, there is one
// session, every event arrives once, and nothing is left after disconnect.

import assert from "node:assert/strict";
import { holdUntil } from "../proxy.mjs";
import { startTestServer } from "../test-server.mjs";
import { pause, until } from "../wait.mjs";

const FALLBACK_DELAY = 60;
/** How late the WebSocket handshake and each polling answer are, in milliseconds. */
const races = [];
for (const webSocket of [40, 60, 70, 80, 100, 140]) {
  for (const polling of [0, 15, 30, 60]) races.push({ webSocket, polling });
}

export default function race(scene) {
  scene(`${races.length} close races between the transports`, { server: startEchoServer }, allRaces);
  scene("disconnect at any moment of a race leaves no session", { server: startEchoServer }, abandoned);
}

async function startEchoServer() {
  const received = [];
  const server = await startTestServer((io) => {
    io.on("connection", (socket) => {
      socket.on("number", (number) => {
        received.push(number);
        socket.emit("number", number);
      });
    });
  });
  return Object.assign(server, { received });
}

async function allRaces({ page, proxy, server }) {
  await page.open("/library.html");
  const winners = [];
  for (const { webSocket, polling } of races) {
    proxy.onUpgrade = holdUntil(() => pause(webSocket));
    proxy.beforeAnswer = (entry) => entry.transport && pause(polling);
    const what = `WebSocket ${webSocket} ms, polling ${polling} ms late`;
    const { winner, numbers, connects } = await page.run(oneRace, FALLBACK_DELAY);
    assert.deepEqual(server.received.splice(0), [1, 2, 3], what);
    assert.deepEqual([numbers, connects], [[1, 2, 3], 1], what);
    await until(`no session left, ${what}`, () => server.io.engine.clientsCount === 0);
    winners.push(winner);
  }
  for (const transport of ["websocket", "polling"]) {
    assert.ok(winners.includes(transport), `${transport} never won: no race was close`);
  }
}

async function abandoned({ page, proxy, server }) {
  await page.open("/library.html");
  proxy.onUpgrade = holdUntil(() => pause(120));
  proxy.beforeAnswer = (entry) => entry.transport && pause(50);
  for (let delay = 0; delay <= 240; delay += 20) {
    await page.run(oneStart, FALLBACK_DELAY, delay);
    const handshakes = () => proxy.traffic.filter((entry) => !entry.sid);
    const over = () => handshakes().every((entry) => entry.closed);
    await until(`the end of all handshakes, after ${delay} ms`, over);
    await until(`no session left, after ${delay} ms`, () => server.io.engine.clientsCount === 0);
  }
}

/** In the page: connects, and disconnects before or after it is connected. */
async function oneStart(fallbackDelay, delay) {
  sessionStorage.clear();
  const socket = io({ forceNew: true, fallbackDelay });
  await new Promise((resolve) => setTimeout(resolve, delay));
  socket.disconnect();
}

/** In the page: connects, has three events come back, and disconnects. */
async function oneRace(fallbackDelay) {
  sessionStorage.clear();
  const socket = io({ forceNew: true, fallbackDelay });
  const numbers = [];
  let connects = 0;
  socket.on("connect", () => connects++);
  for (const number of [1, 2, 3]) socket.emit("number", number);
  await new Promise((resolve) => {
    socket.on("number", (number) => numbers.push(number) === 3 && resolve());
  });
  const winner = socket.io.engine.transport.name;
  socket.disconnect();
  return { winner, numbers, connects };
}
