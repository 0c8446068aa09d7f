// Each page on each network: the counters come and go, by the transport that this network allows.

import assert from "node:assert/strict";
import { refuse, reset, swallow } from "../proxy.mjs";

const pages = [
  { name: "the demo page", path: "/", pathWithout: "/?no-websocket", showsTransport: true },
  { name: "the smallest page", path: "/minimal.html" },
];

const polling = { transport: "polling" };
const networks = [
  { name: "WebSocket", transport: "websocket", check: byWebSocket },
  { ...polling, name: "no WebSocket in the browser", removed: true, check: byPollingAlone },
  { ...polling, name: "WebSocket refused with 403", onUpgrade: refuse(403), check: byPollingAtOnce },
  { ...polling, name: "WebSocket reset", onUpgrade: reset, check: byPollingAtOnce },
  { ...polling, name: "WebSocket swallowed", onUpgrade: swallow, check: byPollingInTime },
];

/** Far below `fallbackDelay`: nobody has waited for it. */
const AT_ONCE = 1_000;

export default function fallback(scene) {
  for (const page of pages) {
    for (const network of networks) {
      const title = `${page.name}, ${network.name}: counters both ways`;
      // The demo page has a switch of its own for a browser without WebSocket.
      const scripts = network.removed && !page.pathWithout ? ["delete window.WebSocket;"] : [];
      const setting = { onUpgrade: network.onUpgrade, scripts };
      scene(title, setting, (world) => countersBothWays(world, page, network));
    }
  }
}

async function countersBothWays(world, page, network) {
  await world.page.open((network.removed && page.pathWithout) || page.path);
  await world.page.seeEvent("hello - 3");
  await world.server.printed("hey { counter: 3 }");
  await network.check(world);
  if (page.showsTransport) assert.equal(await shownTransport(world.page), network.transport);
}

function shownTransport(page) {
  return page.run(() => document.getElementById("transport").textContent);
}

function byWebSocket({ proxy }) {
  assert.equal(proxy.openWebSockets.length, 1);
  assert.equal(proxy.pollings.length, 0);
}

function byPollingAlone({ proxy }) {
  assert.equal(proxy.upgrades.length, 0, "a browser without WebSocket has asked for one");
  byPolling({ proxy });
}

function byPollingAtOnce({ proxy }) {
  const [first, second] = proxy.traffic;
  assert.ok(first.upgrade, "WebSocket was not tried first");
  assert.equal(second.transport, "polling");
  const wait = second.at - first.answeredAt;
  assert.ok(wait < AT_ONCE, `polling began ${Math.round(wait)} ms after WebSocket was refused`);
  byPolling({ proxy });
}

async function byPollingInTime({ proxy, page }) {
  const time = await page.connectedAfter();
  assert.ok(time < 4_000, `connected ${time} ms after the start of the page`);
  assert.ok(proxy.traffic[0].upgrade, "WebSocket was not tried first");
  byPolling({ proxy });
}

function byPolling({ proxy }) {
  assert.equal(proxy.openWebSockets.length, 0);
  const sent = proxy.pollings.map((entry) => entry.requestBody).join();
  const received = proxy.pollings.map((entry) => entry.responseBody).join();
  assert.ok(sent.includes('42["hey",{"counter":3}]'), "the page's counter did not go by polling");
  assert.ok(received.includes('42["hello",3]'), "the server's counter did not come by polling");
}
