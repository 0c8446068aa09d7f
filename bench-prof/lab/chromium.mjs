// One headless Chromium, spoken to by its DevTools protocol: a driver would run scripts of its own in the pages.

import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import connect from "chrome-remote-interface";
import { findBrowsers } from "../../scripts/browsers.mjs";
import { Problem } from "../../scripts/lib/problem.mjs";
import { start, stop } from "../../tests/e2e/process.mjs";
import { until } from "../../tests/e2e/wait.mjs";
import { Tab } from "./tab.mjs";

const FLAGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
  // Several pages are open at once, and none of them is to be slower for being behind another.
  ...["--disable-background-timer-throttling", "--disable-renderer-backgrounding"],
  "--disable-backgrounding-occluded-windows",
  // Else the first page after a pause would find a process waiting, and the others not.
  "--disable-features=SpareRendererForSitePerProcess",
];

export async function openChromium() {
  const { browser: command, missing } = findBrowsers().chromium;
  if (!command) throw new Problem(`the benchmark needs ${missing[0].say}`);
  const folder = mkdtempSync(join(tmpdir(), "socketio-wasm-bench-"));
  const clear = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once("exit", clear); // interrupted
  const child = await start(command, [...FLAGS, "--remote-debugging-port=0", `--user-data-dir=${folder}`]);
  const target = await until("Chromium's DevTools", () => /DevTools listening on (ws:\S+)/.exec(child.output)?.[1]);
  return new Chromium(child, await connect({ target, local: true }), clear);
}

class Chromium {
  #child;
  #devtools;
  #clear;

  constructor(child, devtools, clear) {
    this.#child = child;
    this.#devtools = devtools;
    this.#clear = clear;
  }

  async version() {
    return (await this.#devtools.Browser.getVersion()).product;
  }

  /** A page of its own: with its own process, connections and storage. */
  async open() {
    const { Target } = this.#devtools;
    const { browserContextId } = await Target.createBrowserContext();
    const { targetId } = await Target.createTarget({ url: "about:blank", browserContextId });
    const { sessionId } = await Target.attachToTarget({ targetId, flatten: true });
    const close = () => Target.disposeBrowserContext({ browserContextId });
    const tab = new Tab(this.#devtools, sessionId, close);
    await tab.prepare();
    return tab;
  }

  async close() {
    await this.#devtools.close();
    await stop(this.#child);
    this.#clear();
  }
}
