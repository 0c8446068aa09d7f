// What the cases of one file share: a browser, and servers that are started for each, or once for all.

import { after, before, describe, test } from "node:test";
import { openBrowser } from "../e2e/browser.mjs";
import { Tabs } from "./tabs.mjs";

/** The ways over which a client reaches a node. */
export const ways = {
  websocket: { transports: ["websocket"] },
  polling: { transports: ["polling"] },
  upgrade: { transports: ["polling", "websocket"] },
};

/** `define(scene)` names the cases: `scene(title, body)`; `body({ servers, open })` opens a tab. */
export function suite(title, startServers, define) {
  describe(title, () => {
    let browser, servers;
    before(async () => {
      [browser, servers] = await Promise.all([openBrowser("chromium"), startServers()]);
    });
    after(() => Promise.all([browser?.close(), servers?.close()]));
    define((name, body) => test(name, { timeout: 60_000 }, (t) => run(t, browser.driver, servers, body)));
  });
}

async function run(t, driver, servers, body) {
  const tabs = new Tabs();
  const open = (origin) => tabs.add(driver, origin);
  try {
    await servers.mend();
    await body({ servers, open });
    for (const tab of tabs) await tab.checkErrors();
  } catch (error) {
    for (const tab of tabs) t.diagnostic(await tab.run(() => JSON.stringify(window.seen)).catch(String));
    t.diagnostic(servers.describe());
    throw error;
  } finally {
    await tabs.close();
  }
}
