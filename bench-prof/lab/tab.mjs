// One page in the browser: loads, runs what it is told, and says what it has cost.

import { inTime } from "../../tests/e2e/wait.mjs";

const DEADLINE = 60_000;

export class Tab {
  #devtools;
  #session;
  #close;

  constructor(devtools, session, close) {
    this.#devtools = devtools;
    this.#session = session;
    this.#close = close;
  }

  /** The Network domain stays off: it triples what a message over a WebSocket costs. */
  async prepare() {
    for (const domain of ["Page", "Performance", "HeapProfiler"]) await this.#send(`${domain}.enable`);
  }

  close() {
    return this.#close();
  }

  async load(url) {
    const loaded = new Promise((resolve) => this.#devtools.once(`Page.loadEventFired.${this.#session}`, resolve));
    const { errorText } = await this.#send("Page.navigate", { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    await inTime(`the page ${url}`, loaded, DEADLINE);
  }

  /** Evaluates an expression, awaits it, and answers its value. */
  async evaluate(expression) {
    const options = { expression, awaitPromise: true, returnByValue: true };
    const answer = await inTime(expression.slice(0, 100), this.#send("Runtime.evaluate", options), DEADLINE);
    return valueOf(answer);
  }

  /** Calls one of the page's functions: see bench/page/. */
  call(name, ...args) {
    return this.evaluate(`bench.${name}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`);
  }

  /** As `call`; answers `{ value, cpu, script }`: the main thread's time on the processor, and in scripts, in ms. */
  async measure(name, ...args) {
    await this.collectGarbage();
    const before = await this.#metrics();
    const value = await this.call(name, ...args);
    const after = await this.#metrics();
    const cost = (metric) => (after[metric] - before[metric]) * 1000;
    return { value, cpu: cost("ThreadTime"), script: cost("ScriptDuration") };
  }

  /** How many listeners the page's objects have, those of the browser's own left out. */
  async listeners() {
    return (await this.#metrics()).JSEventListeners;
  }

  async profiled(task) {
    await this.#send("Profiler.enable");
    await this.#send("Profiler.setSamplingInterval", { interval: 100 });
    await this.#send("Profiler.start");
    await task();
    return (await this.#send("Profiler.stop")).profile;
  }

  async collectGarbage() {
    await this.#send("HeapProfiler.collectGarbage");
  }

  /** Bytes of the JavaScript heap that are in use, and of all WebAssembly memories. */
  async memory() {
    // Twice: what was reachable only by way of something that a finalizer holds goes the second time.
    await this.collectGarbage();
    await this.collectGarbage();
    const { usedSize } = await this.#send("Runtime.getHeapUsage");
    return { heap: usedSize, wasm: await this.#wasmMemory() };
  }

  /** What is on the heap, as DevTools save it. */
  async snapshot() {
    const chunks = [];
    const add = ({ chunk }) => chunks.push(chunk);
    const event = `HeapProfiler.addHeapSnapshotChunk.${this.#session}`;
    this.#devtools.on(event, add);
    await this.#send("HeapProfiler.takeHeapSnapshot");
    this.#devtools.off(event, add);
    return JSON.parse(chunks.join(""));
  }

  async #wasmMemory() {
    const group = { objectGroup: "memories" };
    const { result } = await this.#send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype", ...group });
    const { objects } = await this.#send("Runtime.queryObjects", { prototypeObjectId: result.objectId, ...group });
    const sum = "function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0); }";
    const options = { objectId: objects.objectId, functionDeclaration: sum, returnByValue: true };
    const answer = await this.#send("Runtime.callFunctionOn", options);
    await this.#send("Runtime.releaseObjectGroup", group);
    return valueOf(answer);
  }

  async #metrics() {
    const { metrics } = await this.#send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }

  #send(method, params = {}) {
    return this.#devtools.send(method, params, this.#session);
  }
}

function valueOf({ result, exceptionDetails: failure }) {
  if (failure) throw new Error(`in the page: ${failure.exception?.description ?? failure.text}`);
  return result.value;
}
