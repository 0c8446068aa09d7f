// Takes the README's pictures of the demo page, light and dark, from the built library: `node scripts/screenshot.mjs`.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Builder } from "selenium-webdriver";
import { Options, ServiceBuilder } from "selenium-webdriver/chrome.js";
import { findBrowsers } from "./browsers.mjs";
import { fromRoot } from "./lib/paths.mjs";

const size = { width: 1280, height: 800 };
// Enough seconds for a chart that says something, few enough for `connect` to be in the list still.
const lastEvent = "hello - 9";
// The longest that a message is on its way across the picture; half of it shows the label in the middle.
const travelTime = 900;

const pictures = [
  { file: "demo.png", scheme: "light" },
  { file: "demo-dark.png", scheme: "dark" },
];

const profile = mkdtempSync(join(tmpdir(), "socketio-wasm-screenshot-"));
const server = spawn(process.execPath, [fromRoot("www", "server.mjs")], {
  env: { ...process.env, PORT: "0" },
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const address = await printedAddress(server);
  mkdirSync(fromRoot("docs"), { recursive: true });
  for (const { file, scheme } of pictures) {
    const png = await takePicture(address, scheme);
    writeFileSync(fromRoot("docs", file), png);
    console.log(`docs/${file}: ${Math.round(png.length / 1000)} kB`);
  }
} finally {
  server.kill();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

async function printedAddress(server) {
  const line = once(createInterface(server.stdout), "line").then(([text]) => text);
  const end = once(server, "exit").then(() => Promise.reject(new Error("the server did not start")));
  const address = (await Promise.race([line, end])).match(/http:\S+/)[0];
  end.catch(() => {}); // from here on its end is ours
  server.stdout.resume();
  return address;
}

async function takePicture(address, scheme) {
  const driver = await openChromium(scheme);
  try {
    await driver.sendDevToolsCommand("Emulation.setDeviceMetricsOverride", { ...size, deviceScaleFactor: 1, mobile: false });
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    await driver.sendDevToolsCommand("Emulation.setEmulatedMedia", { features });
    await driver.get(address);
    await driver.manage().setTimeouts({ script: 60_000 });
    await driver.executeAsyncScript(waitForMiddle, lastEvent, travelTime);
    return Buffer.from(await driver.takeScreenshot(), "base64");
  } finally {
    await driver.quit();
  }
}

function openChromium(scheme) {
  const { browser, driver } = findBrowsers().chromium;
  const options = new Options();
  options.setChromeBinaryPath(browser);
  options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run");
  options.addArguments("--disable-background-networking", "--disable-component-update", "--disable-sync");
  options.addArguments("--hide-scrollbars", `--user-data-dir=${join(profile, scheme)}`);
  return new Builder()
    .forBrowser("chrome")
    .setChromeOptions(options)
    .setChromeService(new ServiceBuilder(driver))
    .build();
}

// Runs in the page: waits for the event, then stops both messages where they are best seen.
function waitForMiddle(event, travelTime, done) {
  const look = () => {
    if (!document.getElementById("events").textContent.includes(event)) return requestAnimationFrame(look);
    for (const animation of document.getAnimations()) {
      animation.pause();
      animation.currentTime = travelTime * 0.4;
    }
    return requestAnimationFrame(() => requestAnimationFrame(() => done()));
  };
  look();
}
