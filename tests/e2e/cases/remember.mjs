// The transport that worked is remembered for the next visit in the same tab.

import assert from "node:assert/strict";
import { pass, swallow } from "../proxy.mjs";
import { startTestServer } from "../test-server.mjs";
import { until } from "../wait.mjs";

const AT_ONCE = 1_500; // below `fallbackDelay`, with room for loading the page on a slow machine

export default function remember(scene) {
  scene(
    "after a swallowed WebSocket the next visit connects at once, and finds the way back to WebSocket",
    { onUpgrade: swallow },
    async ({ page, proxy }) => {
      await page.open("/minimal.html");
      await page.seeEvent("connect");
      assert.ok(proxy.traffic[0].upgrade, "first visit: WebSocket first");

      const second = await nextVisit(page, proxy);
      assert.equal(second[0].transport, "polling", "second visit: polling first");
      const time = await page.connectedAfter();
      assert.ok(time < AT_ONCE, `second visit: connected after ${time} ms`);

      proxy.onUpgrade = pass;
      const third = await nextVisit(page, proxy);
      assert.equal(third[0].transport, "polling", "third visit: polling first");
      const probe = await until("the upgrade to WebSocket", () =>
        proxy.openWebSockets.find((entry) => third.includes(entry) || entry.at > third[0].at),
      );
      assert.ok(probe.sid, "third visit: WebSocket took over the polling session");
      await page.seeEvent("hello - 1");

      const fourth = await nextVisit(page, proxy);
      assert.ok(fourth[0].upgrade, "fourth visit: WebSocket first");
      assert.equal(fourth[0].sid, null);
    },
  );
  const setting = { server: startTestServer, onUpgrade: swallow };
  scene("after a cut the page comes back by the transport that worked", setting, comeBack);
}

async function comeBack({ page, proxy, server }) {
  await page.open("/library.html");
  await page.run(() => {
    window.connects = 0;
    io().on("connect", () => window.connects++);
  });
  await page.see("connected", () => window.connects === 1);
  const before = proxy.traffic.length;
  for (const session of server.sessions) session.close();
  await page.see("connected again", () => window.connects === 2);
  const [first] = proxy.traffic.slice(before).filter((entry) => !entry.sid);
  assert.equal(first.transport, "polling");
}

/** Loads the page again; answers what it has sent up to its `connect`. */
async function nextVisit(page, proxy) {
  const before = proxy.traffic.length;
  await page.reload();
  await page.seeEvent("connect");
  return proxy.traffic.slice(before);
}
