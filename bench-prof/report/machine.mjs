// Under which conditions a run took place.

import { cpus, platform, release, totalmem } from "node:os";
import { run } from "../../scripts/lib/process.mjs";
import { versions } from "../lab/clients.mjs";

export async function describeRun(lab, { rounds, quick }) {
  const [{ model }] = cpus();
  return {
    date: new Date().toISOString(),
    commit: await commit(),
    machine: {
      processor: model.trim(),
      cores: cpus().length,
      memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
      system: `${platform()} ${release()}`,
    },
    browser: lab.browserVersion,
    node: process.versions.node,
    versions: versions(),
    rounds,
    quick,
  };
}

async function commit() {
  const head = await run("git", ["rev-parse", "--short=12", "HEAD"]);
  const status = await run("git", ["status", "--short"]);
  if (head.code !== 0) return "unknown";
  return head.stdout.trim() + (status.stdout.trim() ? ", with changes" : "");
}
