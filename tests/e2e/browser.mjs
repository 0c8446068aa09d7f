// One WebDriver session in Chromium, Firefox or WebKitGTK: the driver is started here, nothing is downloaded.

import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { once } from "node:events";
import { Builder } from "selenium-webdriver";
import { findBrowsers } from "../../scripts/browsers.mjs";
import { freePort, ready, start, stop } from "./process.mjs";
import { inTime } from "./wait.mjs";

process.env.SE_OFFLINE = "true";

/** Why a browser cannot be had on this platform at all; undefined where it can. */
export function unsupported(name) {
  return findBrowsers()[name].unsupported;
}

function locate(name) {
  const found = findBrowsers()[name];
  const missing = found.missing.map(({ say, debian }) => say + (debian ? ` (Debian: ${debian})` : ""));
  if (missing.length === 0) return found;
  const lacks = `${name} cannot be tested here: no ${missing.join(", no ")}.`;
  throw new Error(`${lacks} Install it, or leave ${name} out of SOCKETIO_E2E_BROWSERS.`);
}

/**
 * Starts a browser; `close()` of the answer ends it with its driver and all it has left on the disk.
 * `more`: `driverArgs` are for Firefox's driver.
 */
export async function openBrowser(name, more = {}) {
  const found = locate(name);
  const folder = mkdtempSync(join(tmpdir(), "socketio-wasm-e2e-"));
  const clear = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once("exit", clear); // interrupted
  const children = [];
  const close = async () => {
    for (const child of children.reverse()) await stop(child);
    clear();
  };
  try {
    const driver = await kinds[name](found, folder, children, more);
    await driver.manage().setTimeouts({ script: 60_000, pageLoad: 60_000 });
    return { driver, close: () => driver.quit().finally(close) };
  } catch (error) {
    await close();
    throw error;
  }
}

const kinds = {
  async chromium(found, folder, children) {
    const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
    args.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
    args.push(`--user-data-dir=${join(folder, "profile")}`);
    const url = await startDriver(found.driver, [], children);
    const options = { binary: found.browser, args };
    return session(url, { browserName: "chrome", "goog:chromeOptions": options });
  },

  async firefox(found, folder, children, { driverArgs = [] }) {
    // The profile is made in the folder, so that nothing is left should the browser be killed.
    const url = await startDriver(found.driver, ["--profile-root", folder, ...driverArgs], children);
    const options = { binary: found.browser, args: ["-headless"] };
    return session(url, { browserName: "firefox", "moz:firefoxOptions": options });
  },

  async webkit(found, folder, children) {
    const display = await startDisplay(found.screen, children);
    const env = { DISPLAY: `:${display}`, XDG_CACHE_HOME: folder, XDG_DATA_HOME: folder };
    const url = await startDriver(found.driver, [], children, env);
    const options = { binary: found.browser, args: ["--automation"] };
    return session(url, { browserName: "MiniBrowser", "webkitgtk:browserOptions": options });
  },
};

async function startDriver(command, args, children, env) {
  const port = await freePort();
  const child = await start(command, [`--port=${port}`, ...args], { env });
  children.push(child);
  const url = `http://127.0.0.1:${port}`;
  await ready(child, url);
  return url;
}

function session(url, capabilities) {
  return new Builder().usingServer(url).withCapabilities(capabilities).build();
}

/** A screen for the one browser that has no headless mode. The X server picks a free number itself. */
async function startDisplay(command, children) {
  const args = ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"];
  const child = await start(command, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  children.push(child);
  const [number] = await inTime("a screen from Xvfb", once(child.stdio[3], "data"));
  return String(number).trim();
}
