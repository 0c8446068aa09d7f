// HAProxy with the configuration of docs/servers.md: what is described there is what the tests run with.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { freePort, start, stop } from "../e2e/process.mjs";
import { until } from "../e2e/wait.mjs";
import { findServer } from "../../scripts/setup/servers.mjs";

const guide = readFileSync(new URL("../../docs/servers.md", import.meta.url), "utf8");

/** Without `sticky`, each request goes to another node. */
export async function startBalancer(ports, { sticky = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "socketio-wasm-balancer-"));
  const [port, control, file] = [await freePort(), join(folder, "control"), join(folder, "haproxy.cfg")];
  writeFileSync(file, `global\n  stats socket ${control} level admin\n${configuration(port, ports, sticky)}`);
  const child = await start(findServer("haproxy"), ["-db", "-f", file]);
  await until("the balancer", () => {
    if (child.exitCode !== null) throw new Error(`HAProxy ended:\n${child.output}`);
    return ask(control, "show info").catch(() => undefined);
  });
  return {
    port,
    /** Takes nodes out, whose connections are cut, as when they are to be replaced. */
    takeOut: (...names) => ask(control, names.flatMap(leave).join("; ")),
    putBack: (name) => ask(control, `set server nodes/${name} state ready`),
    isUp: async (name) => (await stateOf(control, name)).status === "UP",
    async close() {
      await stop(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(port, ports, sticky) {
  const [, written] = /```haproxy\n(.*?)```/s.exec(guide);
  const own = written
    .replace("bind :80", `bind 127.0.0.1:${port}`)
    .replace(/^( +server (\S+)) \S+/gm, (_, words, name) => `${words} 127.0.0.1:${ports[name]}`)
    .replace("inter 1s", "inter 200ms");
  if (sticky) return own;
  return own.replace("leastconn", "roundrobin").replace(/^ +cookie .*\n/m, "").replaceAll(/ cookie \w+/g, "");
}

const leave = (name) => [`set server nodes/${name} state maint`, `shutdown sessions server nodes/${name}`];

/** What HAProxy says of a node: the columns of its statistics. */
async function stateOf(control, name) {
  const [head, ...lines] = (await ask(control, "show stat")).split("\n").map((line) => line.split(","));
  const values = lines.find(([backend, server]) => backend === "nodes" && server === name);
  return Object.fromEntries(head.map((column, at) => [column, values[at]]));
}

async function ask(control, command) {
  const socket = net.connect(control);
  socket.end(`${command}\n`);
  return text(socket);
}
