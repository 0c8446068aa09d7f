// What tests/servers runs beside `socket.io`: a load balancer, and Redis between the nodes.

import { delimiter } from "node:path";
import { which } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";
import { installDebian, say } from "./debian.mjs";

const wanted = {
  haproxy: { say: "HAProxy", debian: "haproxy" },
  "redis-server": { say: "Redis", debian: "redis-server" },
};

// Debian's HAProxy is where only root looks.
const folders = [...process.env.PATH.split(delimiter), "/usr/sbin", "/usr/local/sbin"];

/** The path of a server; undefined where it isn't installed. */
export const findServer = (name) => which(name, folders)[0];

export const servers = {
  title: "HAProxy, Redis",
  async run(progress) {
    const note = await installDebian(missing(), progress);
    if (missing().length) throw new Problem(say(missing()));
    return note;
  },
};

function missing() {
  return Object.keys(wanted).filter((name) => !findServer(name)).map((name) => wanted[name]);
}
