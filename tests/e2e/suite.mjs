// All cases in one browser: one session for all of them; a server and a proxy of its own for each.

import { after, before, describe, test } from "node:test";
import { openBrowser, unsupported } from "./browser.mjs";
import { startDemoServer } from "./demo-server.mjs";
import { Page, headOf } from "./page.mjs";
import { startProxy } from "./proxy.mjs";
import api from "./cases/api.mjs";
import binary from "./cases/binary.mjs";
import demo from "./cases/demo.mjs";
import examples from "./cases/examples.mjs";
import fallback from "./cases/fallback.mjs";
import hindrances from "./cases/hindrances.mjs";
import lifecycle from "./cases/lifecycle.mjs";
import messages from "./cases/messages.mjs";
import mounting from "./cases/mounting.mjs";
import outbox from "./cases/outbox.mjs";
import outboxData from "./cases/outbox-data.mjs";
import outboxHoles from "./cases/outbox-holes.mjs";
import outboxLimits from "./cases/outbox-limits.mjs";
import outboxTabs from "./cases/outbox-tabs.mjs";
import races from "./cases/races.mjs";
import reconnection from "./cases/reconnection.mjs";
import remember from "./cases/remember.mjs";
import sessions from "./cases/sessions.mjs";
import upgrade from "./cases/upgrade.mjs";

const cases = [
  api,
  fallback,
  hindrances,
  remember,
  sessions,
  races,
  upgrade,
  binary,
  messages,
  reconnection,
  lifecycle,
  demo,
  examples,
  mounting,
  outbox,
  outboxData,
  outboxHoles,
  outboxLimits,
  outboxTabs,
];

/** SOCKETIO_E2E_BROWSERS, such as "chromium,firefox", limits the browsers. */
const wanted = process.env.SOCKETIO_E2E_BROWSERS?.split(",").map((name) => name.trim());

export function runIn(name) {
  const skip = wanted && !wanted.includes(name) ? "not in SOCKETIO_E2E_BROWSERS" : unsupported(name);
  describe(name, { skip }, () => {
    let browser;
    // Firefox itself is told to lose the network.
    before(async () => (browser = await openBrowser(name, { driverArgs: ["--allow-system-access"] })));
    after(() => browser?.close());
    const scene = (title, setting, body) => defineScene(title, setting, body, () => browser.driver);
    for (const define of cases) define(scene, name);
  });
}

/**
 * A test on a page behind the proxy. `setting`: `server` starts the server (the demo's own unless told),
 * `onUpgrade` is what becomes of WebSocket handshakes, `scripts` run in the page before its own.
 */
function defineScene(title, setting, body, driver) {
  const { server: startServer = startDemoServer, onUpgrade, scripts = [] } = setting;
  test(title, { timeout: 90_000 }, async (t) => {
    const closing = [];
    try {
      const server = await startServer();
      closing.push(server);
      const proxy = await startProxy(server.origin, { onUpgrade, head: headOf(scripts) });
      closing.push(proxy);
      const page = new Page(driver(), proxy);
      closing.push({ close: () => driver().get("about:blank") });
      await body({ page, proxy, server }).catch(async (error) => {
        const description = await describeScene(page, proxy, server);
        for (const line of description.split("\n")) t.diagnostic(line);
        throw error;
      });
      await page.checkErrors();
    } finally {
      for (const part of closing.reverse()) await part.close();
    }
  });
}

async function describeScene(page, proxy, server) {
  const shown = await page.describe().catch(String);
  const line = ({ method, path, transport, sid, upgrade, status, closed }) => {
    const parts = [method, path, transport, sid, upgrade && "upgrade", status, closed && "closed"];
    return parts.filter(Boolean).join(" ");
  };
  const traffic = proxy.log.slice(-40).map(line).join("\n");
  return `--- page\n${shown}\n--- proxy\n${traffic}\n--- server\n${server.output.slice(-2_000)}`;
}
