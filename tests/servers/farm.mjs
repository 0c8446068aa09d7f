// Redis, three nodes and a balancer, which end with the tests.

import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient } from "redis";
import { freePort, start, stop } from "../e2e/process.mjs";
import { inTime, until } from "../e2e/wait.mjs";
import { findServer } from "../../scripts/setup/servers.mjs";
import { startBalancer } from "./balancer.mjs";
import { keyOfKept } from "./handlers.mjs";

const program = fileURLToPath(new URL("node.mjs", import.meta.url));

export async function startFarm(options) {
  const farm = new Farm();
  try {
    await farm.begin(options);
    return farm;
  } catch (error) {
    await farm.close();
    throw error;
  }
}

class Farm {
  ports = {};
  nodes = {};
  closing = [];
  users = 0;

  async begin(options) {
    await this.#startRedis();
    for (const name of ["a", "b", "c"]) this.ports[name] = await freePort();
    this.closing.push(() => Promise.all(Object.values(this.nodes).map(stop)));
    await Promise.all(Object.keys(this.ports).map((name) => this.startNode(name)));
    this.balancer = await startBalancer(this.ports, options);
    this.closing.push(() => this.balancer.close());
  }

  /** The balancer for somebody who was never there: to a browser, each host name has its own cookies. */
  origin() {
    return `http://user-${(this.users += 1)}.localhost:${this.balancer.port}`;
  }

  async startNode(name) {
    const env = { NAME: name, PORT: this.ports[name], REDIS_URL: this.redisUrl };
    this.nodes[name] = await start(process.execPath, [program], { env });
    await says(this.nodes[name], "ready");
  }

  /** `SIGKILL` is a crash; `SIGTERM` asks the node to end in good order. */
  async stopNode(name, signal) {
    const node = this.nodes[name];
    const gone = once(node, "exit");
    node.kill(signal);
    await inTime(`the end of node ${name}`, gone);
  }

  /** All nodes run and have clients, whatever was done to them. */
  async mend() {
    for (const [name, node] of Object.entries(this.nodes)) {
      if (node.exitCode !== null || node.signalCode !== null) await this.startNode(name);
      await this.balancer.putBack(name);
      await until(`node ${name} in the balancer`, () => this.balancer.isUp(name));
    }
  }

  /** How many polling sessions have a request at the node that waits. */
  async waiting(name) {
    const answer = await fetch(`http://127.0.0.1:${this.ports[name]}/waiting`);
    return Number(await answer.text());
  }

  /** What the nodes have kept for good, in that order. */
  async kept() {
    return this.redis.lRange(keyOfKept, 0, -1);
  }

  forget() {
    return this.redis.del(keyOfKept);
  }

  /** For the report of a failed test. */
  describe() {
    return Object.entries(this.nodes).map(([name, { output }]) => `--- node ${name}\n${output.slice(-1_000)}`).join("\n");
  }

  async close() {
    for (const close of this.closing.reverse()) await close();
  }

  async #startRedis() {
    const folder = mkdtempSync(join(tmpdir(), "socketio-wasm-redis-"));
    this.closing.push(() => rmSync(folder, { recursive: true, force: true }));
    const port = await freePort();
    const args = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder].map(String);
    const child = await start(findServer("redis-server"), args);
    this.closing.push(() => stop(child));
    await says(child, "Ready to accept connections");
    this.redisUrl = `redis://127.0.0.1:${port}`;
    this.redis = await createClient({ url: this.redisUrl }).connect();
    this.closing.push(() => this.redis.destroy());
  }
}

/** Waits for a line of a process. */
export function says(child, words) {
  return until(`"${words}" of ${child.spawnargs.join(" ")}`, () => {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended:\n${child.output}`);
    return child.output.includes(words);
  });
}
