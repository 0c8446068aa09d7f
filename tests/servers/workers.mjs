// A cluster and its balancer, which end with the tests.

import { fileURLToPath } from "node:url";
import { freePort, start, stop } from "../e2e/process.mjs";
import { until } from "../e2e/wait.mjs";
import { startBalancer } from "./balancer.mjs";

const program = fileURLToPath(new URL("cluster.mjs", import.meta.url));

export async function startWorkers() {
  const ports = { a: await freePort(), b: await freePort(), c: await freePort() };
  const head = await start(process.execPath, [program], { env: { PORTS: JSON.stringify(ports) } });
  const workers = new Workers(head, ports);
  try {
    await workers.ready();
    workers.balancer = await startBalancer(ports);
    return workers;
  } catch (error) {
    await workers.close();
    throw error;
  }
}

class Workers {
  users = 0;

  constructor(head, ports) {
    Object.assign(this, { head, ports, killed: new Set() });
  }

  origin() {
    return `http://user-${(this.users += 1)}.localhost:${this.balancer.port}`;
  }

  kill(name) {
    const worker = this.#worker(name);
    this.killed.add(worker);
    process.kill(Number(worker), "SIGKILL");
  }

  /** Each worker is there, or its successor. */
  async ready() {
    for (const name of Object.keys(this.ports)) {
      await until(`worker ${name}`, () => {
        const worker = this.#worker(name);
        return worker && !this.killed.has(worker);
      });
    }
  }

  async mend() {
    await this.ready();
    for (const name of Object.keys(this.ports)) {
      await until(`worker ${name} in the balancer`, () => this.balancer.isUp(name));
    }
  }

  describe() {
    return this.head.output.slice(-2_000);
  }

  async close() {
    await this.balancer?.close();
    await stop(this.head);
  }

  /** The number of the process that was started last. */
  #worker(name) {
    return [...this.head.output.matchAll(/ready (\w) (\d+)\n/g)].findLast((match) => match[1] === name)?.[2];
  }
}
