// The Rust library inside real browsers: wasm-pack builds the tests, and drives Chromium and Firefox over WebDriver.

import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { findBrowsers } from "../browsers.mjs";
import { fromRoot, readJson, root } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";
import { findTool, toolsEnv } from "../setup/cargo-tools.mjs";
import { add, cargoTest } from "./cargo-test.mjs";

const kinds = [
  { name: "chromium", flag: "--chrome", driverFlag: "--chromedriver", capability: "goog:chromeOptions" },
  { name: "firefox", flag: "--firefox", driverFlag: "--geckodriver", capability: "moz:firefoxOptions" },
];

// With all features the npm package's allocator is in place of std's, which pages in Rust have: the crate's own tests
// once more without, and without any feature.
const [chromium] = kinds;
const runs = [
  ...kinds.map((kind) => ({ ...kind, title: kind.name, features: ["--all-features"] })),
  { ...chromium, title: "chromium, default features", features: ["--test", "client"] },
  { ...chromium, title: "chromium, no features", features: ["--test", "client", "--no-default-features"] },
];

export async function browserTests() {
  const server = await startServer();
  try {
    const counts = [];
    for (const run of runs) counts.push(await testIn(run, server.url));
    return add(...counts);
  } finally {
    server.stop();
  }
}

async function testIn({ name, title, features, flag, driverFlag, capability }, url) {
  const { browser, driver } = findBrowsers()[name];
  const env = await toolsEnv({
    WASM_BINDGEN_TEST_WEBDRIVER_JSON: webdriverJson(name, capability, browser),
    // Seconds for all tests of one file; the default, 20, is short for timers that are really waited for.
    WASM_BINDGEN_TEST_TIMEOUT: "120",
    // Read by the tests when they are compiled: the real Socket.IO server.
    SOCKETIO_TEST_SERVER: url,
  });
  const args = ["test", "--headless", flag, "--mode", "no-install", driverFlag, driver, ...features];
  console.log(`\n${title}`);
  return cargoTest(await findTool("wasm-pack"), args, { env });
}

/** webdriver.json with the path of this machine's browser: Firefox is not always called `firefox`. */
function webdriverJson(name, capability, binary) {
  const { [capability]: options } = readJson("webdriver.json");
  const folder = fromRoot("target", "webdriver");
  mkdirSync(folder, { recursive: true });
  const file = fromRoot("target", "webdriver", `${name}.json`);
  writeFileSync(file, JSON.stringify({ [capability]: { ...options, binary } }));
  return file;
}

/** The demo's server on a free port. The tests' page has another origin: the server has to allow that. */
function startServer() {
  const options = { cwd: root, env: { ...process.env, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"] };
  const child = spawn(process.execPath, [fromRoot("www", "server.mjs")], options);
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (more) => {
      text += more;
      const url = /http:\/\/localhost:\d+/.exec(text)?.[0];
      if (url) resolve({ url, stop: () => child.kill() });
    });
    child.on("close", () => reject(new Problem(`www/server.mjs ended before it was ready`, text)));
  });
}
