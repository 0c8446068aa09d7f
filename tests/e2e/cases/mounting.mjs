// A component with a socket that comes and goes leaves nothing behind: no connection, no memory.
// In Chromium, which tells what it holds; the code is the same in every browser.

import assert from "node:assert/strict";
import { until } from "../wait.mjs";

const CYCLES = { first: 100, then: 900 };

/** More than the few objects that come and go; less than one for every tenth cycle. */
const OBJECT_TOLERANCE = 20;

/** What the engine adds by itself while it optimises code that runs often was up to 70 kB. */
const HEAP_TOLERANCE = 128 * 1024;

/** Keeps the wasm's memory, which the page does not show. */
const memoryRecorder = `const { instantiateStreaming } = WebAssembly;
WebAssembly.instantiateStreaming = async (...args) => {
  const result = await instantiateStreaming.apply(WebAssembly, args);
  window.wasmMemory = result.instance.exports.memory;
  return result;
};`;

export default function mounting(scene, browser) {
  if (browser !== "chromium") return;
  const title = "a component with a socket, mounted and unmounted 1,000 times, leaves memory as it was after 100";
  for (const state of ["connected", "connecting"]) {
    scene(`${title}: unmounted while ${state}`, { scripts: [memoryRecorder] }, (world) => leavesNothing(world, state));
  }
}

async function leavesNothing({ page, proxy }, state) {
  await page.open("/mounting/");
  await page.see("the button", () => document.getElementById("toggle"));
  await page.run(cycle, CYCLES.first, state);
  const before = await held(page, proxy);
  await page.run(cycle, CYCLES.then, state);
  const after = await held(page, proxy);
  assert.equal(after.wasm, before.wasm, "bytes of the wasm's memory");
  assert.equal(after.listeners, before.listeners, "listeners at browser objects");
  const [objects, heap] = ["objects", "heap"].map((name) => after[name] - before[name]);
  assert.ok(objects < OBJECT_TOLERANCE, `there are ${objects} more objects of JavaScript`);
  assert.ok(heap < HEAP_TOLERANCE, `JavaScript's heap has grown by ${heap} bytes`);
  if (state === "connected") assert.ok(proxy.upgrades.length >= CYCLES.first + CYCLES.then, "each has connected");
}

/** In the page: mounts, waits until the component shows the state, unmounts. */
async function cycle(times, state) {
  const toggle = document.getElementById("toggle");
  const shows = (expected) =>
    new Promise((resolve) => {
      const observer = new MutationObserver(look);
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      look();
      function look() {
        if (document.getElementById("state")?.textContent !== expected) return;
        observer.disconnect();
        resolve();
      }
    });
  for (let n = 0; n < times; n++) {
    toggle.click();
    await shows(state);
    toggle.click();
    await shows(undefined);
  }
}

/** What the page holds once its connections have ended and its garbage is gone. */
async function held(page, proxy) {
  await until("the end of every connection", () => proxy.openWebSockets.length === 0);
  const wasm = await page.run(() => window.wasmMemory.buffer.byteLength);
  const ask = (command, parameters = {}) => page.driver.sendAndGetDevToolsCommand(command, parameters);
  await ask("Performance.enable");
  // More than once: what the first finds to be garbage may have kept other garbage, and the last WebSocket may still connect.
  await until("the end of every WebSocket's object", async () => {
    await ask("HeapProfiler.collectGarbage");
    return (await count(ask, "WebSocket")) === 0;
  });
  await ask("HeapProfiler.collectGarbage");
  const { usedSize: heap } = await ask("Runtime.getHeapUsage");
  const { metrics } = await ask("Performance.getMetrics");
  const listeners = metrics.find(({ name }) => name === "JSEventListeners").value;
  return { wasm, heap, listeners, objects: await count(ask, "Object") };
}

/** How many objects of a class there are, closures among those of the class Object. */
async function count(ask, name) {
  const objectGroup = "counted";
  const { result } = await ask("Runtime.evaluate", { expression: `${name}.prototype`, objectGroup });
  const { objects } = await ask("Runtime.queryObjects", { prototypeObjectId: result.objectId, objectGroup });
  const functionDeclaration = "function () { return this.length; }";
  const answer = await ask("Runtime.callFunctionOn", { objectId: objects.objectId, functionDeclaration });
  await ask("Runtime.releaseObjectGroup", { objectGroup });
  return answer.result.value;
}
