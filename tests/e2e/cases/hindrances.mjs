// Browsers and policies that are in the way: the page connects at once all the same, and sees no error.

import assert from "node:assert/strict";
import { startTestServer } from "../test-server.mjs";

const AT_ONCE = 1_500; // below `fallbackDelay`, with room for a slow machine

const forbidden = `Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("forbidden", "SecurityError"); }
});`;
const full = `Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };`;

const hindrances = {
  "WebSocket throws": { script: "window.WebSocket = class { constructor() { throw new Error('no'); } };" },
  "WebSocket is undefined": { script: "window.WebSocket = undefined;" },
  "WebSocket is forbidden by the page's policy": { path: "/policy.html" },
  "storage is forbidden": { script: forbidden, transport: "websocket" },
  "storage is full": { script: full, transport: "websocket" },
};

export default function hinder(scene) {
  for (const [title, hindrance] of Object.entries(hindrances)) {
    const { script = "", path = "/library.html", transport = "polling" } = hindrance;
    const setting = { server: startTestServer, scripts: [script] };
    scene(`${title}: connected at once by ${transport}`, setting, async ({ page, server }) => {
      await page.open(path);
      const { time, name, errors } = await page.run(connect);
      assert.deepEqual(errors, []);
      assert.equal(name, transport);
      assert.ok(time < AT_ONCE, `connected after ${time} ms`);
      assert.equal(server.io.engine.clientsCount, 1);
    });
  }
}

/** In the page. */
function connect() {
  const begin = performance.now();
  const socket = io();
  const errors = [];
  socket.on("connect_error", (error) => errors.push(error.message));
  return new Promise((resolve) => {
    socket.on("connect", () => {
      resolve({ time: performance.now() - begin, name: socket.io.engine.transport.name, errors });
    });
  });
}
