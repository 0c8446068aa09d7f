// One run: a server, a network and a client of its own, while the script of a fault goes on.

import { inTime, pause, until } from "../e2e/wait.mjs";
import { Network, pass } from "./network.mjs";
import { endClient, setHost, startClient, stopEmitting } from "./page.mjs";
import { randomOf } from "./random.mjs";
import { RunServer } from "./server.mjs";
import { traceOf } from "./trace.mjs";

export const transports = {
  websocket: ["websocket"],
  polling: ["polling"],
  upgrade: ["polling", "websocket"],
};

/** Short waits: a minute of a real page is some seconds here. */
export const CLIENT = {
  reconnectionDelay: 100,
  reconnectionDelayMax: 500,
  timeout: 3_000,
  // Infinity, but for JSON, which has none.
  retries: Number.MAX_SAFE_INTEGER,
  ackTimeout: 2_000,
};

/** After a fault, all that waits is sent within this time. The answer to CONNECT alone may take 45 s. */
const REST = 75_000;
const AFTER = 1_000;

/** Runs a fault by one transport, `setting.recovery` or not, and answers what the page, the server and the network saw. */
export async function runFault(fault, setting, { page, glances, seed }) {
  const name = ownName([fault.name, setting.transport, setting.recovery ? "recovery" : "plain"].join(", "));
  const run = new Run(name, fault, setting, { page, glances, random: randomOf(seed, name) });
  try {
    await run.start();
    await fault.script(run);
    await run.settle();
    return run.record(await run.end());
  } catch (error) {
    throw Object.assign(error, { trace: await run.trace(error) });
  } finally {
    await run.close();
  }
}

const rounds = new Map();

/** A run that is repeated has another name, and other chances. */
function ownName(name) {
  rounds.set(name, (rounds.get(name) ?? 0) + 1);
  return `${name}, ${rounds.get(name)}`;
}

class Run {
  /** When the network was broken, by Date.now(): `{ from, to }`. */
  troubles = [];

  constructor(name, fault, { transport, recovery }, { page, glances, random }) {
    Object.assign(this, { name, fault, transport, page, glances, random });
    const { every = 100, size = 20 } = fault;
    this.every = every;
    this.size = size;
    this.server = new RunServer({ recovery, options: fault.server, every, size });
    this.options = { ...CLIENT, ...fault.client, transports: transports[transport] };
  }

  async start() {
    await this.server.start();
    this.network = new Network({ host: "127.0.0.1", port: this.server.server.port });
    await this.network.start();
    await this.fault.prepare?.(this);
    const { name, every, size, options, network } = this;
    const url = this.fault.url?.(network) ?? network.origin;
    await this.page.run(startClient, { name, url, every, size, options });
    this.started = true;
  }

  /** Breaks the network for some time; `begin` answers what mends it. */
  async trouble(ms, begin) {
    const from = Date.now();
    const mend = await begin(this);
    await pause(ms);
    await mend?.();
    this.troubles.push({ from, to: Date.now() });
  }

  /** Breaks it at one blow: from then on it is well again. */
  async blow(strike) {
    const from = Date.now();
    await inTime("the blow", strike(this), REST);
    this.troubles.push({ from, to: Date.now() });
  }

  /** Resolves with what is seen of the page once it is connected, for that time at least. */
  connected(times = 1) {
    const isConnected = ({ connected, connects }) => connected && connects >= times;
    return this.glances.see(this.name, `connected ${times} times`, isConnected, REST);
  }

  /** Breaks the connection: a request that was cut may be sent again by the browser, which is refused. */
  async lose() {
    this.network.onRequest = () => "reset";
    this.network.cut();
    await this.glances.see(this.name, "the connection lost", ({ connected }) => !connected, REST);
    this.network.onRequest = pass;
  }

  setHost(host) {
    return this.page.run(setHost, this.name, host);
  }

  pause(ms) {
    return pause(ms);
  }

  /** All is well now: some more is emitted, and all of it is answered. */
  async settle() {
    await this.glances.see(this.name, "all connected", ({ settled }) => settled, REST);
    await pause(AFTER);
    await this.page.run(stopEmitting, this.name);
    this.server.stopEmitting();
    await this.glances.see(this.name, "all answered", ({ settled, waiting }) => settled && !waiting, REST);
    await until("the last events at both ends", () => this.server.over().then(() => true, () => false));
  }

  async end() {
    this.started = false;
    return this.page.run(endClient, this.name);
  }

  record(seen) {
    const { server, network, troubles, options } = this;
    const { came, handled, notes, ticks } = server;
    return { ...seen, came, handled, notes, emitted: ticks, requests: network.requests, troubles, options };
  }

  /** What happened, for the report of a failure. */
  async trace(error) {
    const { history } = await this.end().catch(() => ({ history: [] }));
    return traceOf(error, { history, requests: this.network?.requests ?? [], troubles: this.troubles });
  }

  async close() {
    if (this.started) await this.page.run(endClient, this.name).catch(() => {});
    await this.network?.close();
    await this.server.close();
  }
}
