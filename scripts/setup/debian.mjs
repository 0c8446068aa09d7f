// Programs of Debian that the tests need: installed as root or with a `sudo` that asks nothing, else named.

import { which } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";
import { must, run } from "../lib/process.mjs";

/** `missing`: a list of `{ say, debian }`; `beside`: packages that they need and don't ask for themselves. */
export async function installDebian(missing, progress, beside = []) {
  const packages = [...new Set(missing.map(({ debian }) => debian))];
  if (packages.length === 0) return "there";
  const apt = await aptGet();
  if (!apt) throw new Problem(say(missing));
  await install(apt, packages, progress, { missing, beside });
  return "installed";
}

export function say(programs) {
  const list = programs.map(({ say: name, debian }) => (debian ? `${name} (Debian: ${debian})` : name));
  return `the tests need ${list.join(", ")}: install and run this again`;
}

/** How to call apt-get as root without a question, or undefined where that is not possible. */
async function aptGet() {
  if (!which("apt-get").length) return undefined;
  if (process.getuid() === 0) return ["apt-get"];
  const { code } = await run("sudo", ["-n", "true"]);
  return code === 0 ? ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"] : undefined;
}

async function install([command, ...apt], packages, progress, { missing, beside }) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  progress("apt-get update");
  await must("apt-get update", command, [...apt, "update"], { env });
  // Distributions differ in what they have under these names; what is not there is named afterwards.
  const known = [];
  for (const name of packages) if ((await run("apt-cache", ["show", name])).code === 0) known.push(name);
  if (!known.length) throw new Problem(say(missing));
  const args = ["install", "-y", "--no-install-recommends", "-o", "APT::Status-Fd=1", ...known, ...beside];
  await must(`apt-get install ${known.join(" ")}`, command, [...apt, ...args], { env, onLine: aptProgress(progress) });
}

/** apt's machine-readable lines: https://manpages.debian.org/apt-get, APT::Status-Fd. */
function aptProgress(progress) {
  return (line) => {
    const [, kind, percent] = /^(dl|pm)status:[^:]*:([\d.]+):/.exec(line) ?? [];
    if (kind) progress(`${kind === "dl" ? "downloading" : "unpacking"} ${Math.round(percent)} %`);
  };
}
