// Child processes that end with the tests, together with all they have started themselves.

import { spawn } from "node:child_process";
import net from "node:net";
import { once } from "node:events";
import { inTime, until } from "./wait.mjs";

const running = new Set();

// Nothing must outlive the tests, however they end.
process.on("exit", () => running.forEach((child) => signal(child, "SIGKILL")));
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(name, () => process.exit(1));

/** Starts a command in a process group of its own; its last output is kept in `child.output`. */
export async function start(command, args, { env = {}, stdio = ["ignore", "pipe", "pipe"] } = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio, detached: true });
  child.output = "";
  const keep = (chunk) => (child.output = (child.output + chunk).slice(-100_000));
  child.stdout?.setEncoding("utf8").on("data", keep);
  child.stderr?.setEncoding("utf8").on("data", keep);
  await once(child, "spawn"); // rejects when there is no such command
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** Ends a process and those it has started. */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  signal(child, "SIGTERM");
  await inTime(`the end of ${child.spawnfile}`, gone, 5_000).catch(() => {});
  signal(child, "SIGKILL"); // what is left of its group
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // the whole group is gone
  }
}

export async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Waits for a WebDriver server that says it is ready. */
export async function ready(child, url) {
  await until(`${child.spawnfile} at ${url}`, async () => {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended:\n${child.output}`);
    const answer = await fetch(`${url}/status`).catch(() => null);
    return answer?.ok;
  });
}
