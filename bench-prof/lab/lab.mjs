// The server, the browser and the pages of a run.

import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { start, stop } from "../../tests/e2e/process.mjs";
import { until } from "../../tests/e2e/wait.mjs";
import { openChromium } from "./chromium.mjs";
import { writeClients } from "./clients.mjs";

export async function openLab() {
  const folder = mkdtempSync(join(tmpdir(), "socketio-wasm-bench-"));
  const lab = new Lab(folder);
  process.once("exit", () => lab.clear()); // interrupted
  try {
    await lab.open();
  } catch (error) {
    await lab.close();
    throw error;
  }
  return lab;
}

class Lab {
  #folder;
  #server;
  #browser;
  #pages = new Map();

  constructor(folder) {
    this.#folder = folder;
  }

  async open() {
    this.sizes = await writeClients(this.#folder);
    const script = fileURLToPath(new URL("server.mjs", import.meta.url));
    this.#server = await start(process.execPath, [script, this.#folder]);
    const address = () => /^\{.*\}$/m.exec(this.#server.output)?.[0] ?? this.#ended();
    Object.assign(this, JSON.parse(await until("the server's address", address)));
    this.#browser = await openChromium();
    this.browserVersion = await this.#browser.version();
  }

  #ended() {
    if (this.#server.exitCode !== null) throw new Error(`the server ended:\n${this.#server.output}`);
  }

  /**
   * The page of a client that stays open for the whole run: so that each client has its code compiled as well as the
   * others, and that turns follow one another at once. `kind`: "line", to the server, or "stand-in".
   */
  async page(client, kind = "line") {
    const key = `${client} ${kind}`;
    if (!this.#pages.has(key)) this.#pages.set(key, await this.freshPage(client, kind));
    return this.#pages.get(key);
  }

  /** A page that nothing has happened in yet: to be closed. */
  async freshPage(client, kind = "line") {
    const tab = await this.#browser.open();
    await tab.load(`${this.origin}/page/page.html?client=${client}${kind === "stand-in" ? "&stand-in" : ""}`);
    await tab.evaluate("bench.ready()");
    return tab;
  }

  /** An empty tab, in a process that nothing was loaded in. */
  freshTab() {
    return this.#browser.open();
  }

  /** What is said about a figure that could not be had. */
  get output() {
    return this.#server?.output ?? "";
  }

  async close() {
    await this.#browser?.close();
    if (this.#server) await stop(this.#server);
    this.clear();
  }

  clear() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
