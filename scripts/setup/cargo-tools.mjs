// Commands that cargo builds. One of the wanted version on PATH is used; otherwise it goes into .tools/, never into the
// person's own ~/.cargo.

import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { cargoProgress, progressEnv } from "../lib/cargo-progress.mjs";
import { fromRoot, readJson, which } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";
import { cleanEnv, must, run } from "../lib/process.mjs";

// A quick build: these run for seconds, and took minutes to optimise.
const QUICK = ["--debug", "--config", "profile.dev.debug=0"];

const tools = {
  // The command and the crate must be of one version. Without TLS: it talks to drivers on this machine only.
  "wasm-bindgen": { crate: "wasm-bindgen-cli", version: lockedVersion, args: ["--no-default-features"] },
  "wasm-pack": { crate: "wasm-pack", version: () => readJson("scripts/tools.json")["wasm-pack"], args: [] },
  "cargo-hack": {
    crate: "cargo-hack",
    version: () => readJson("scripts/tools.json")["cargo-hack"],
    args: [],
    // It takes its first word from cargo, as `cargo hack` hands it over.
    ask: ["hack", "--version"],
  },
  // Without what fetches over HTTP: git is there, and asks for the database of vulnerabilities.
  "cargo-deny": {
    crate: "cargo-deny",
    version: () => readJson("scripts/tools.json")["cargo-deny"],
    args: ["--no-default-features", "--locked"],
  },
  "cargo-fuzz": { crate: "cargo-fuzz", version: () => readJson("scripts/tools.json")["cargo-fuzz"], args: [] },
  // One that is there is taken in any version: it has to suit the Firefox beside it, not this package.
  geckodriver: { crate: "geckodriver", version: () => readJson("scripts/tools.json").geckodriver, args: [], any: true },
};

export const cargoTool = (name) => ({
  title: `${name} ${safeVersion(name)}`.trim(),
  async run(progress) {
    if (await findTool(name)) return "there";
    await install(tools[name], progress);
    if (!(await findTool(name))) throw new Problem(`${name} was installed into .tools/bin but does not run`);
    return "installed into .tools/";
  },
});

/** The first command of the wanted version: its path, or undefined. */
export async function findTool(name) {
  const { any, ask = ["--version"] } = tools[name];
  const version = tools[name].version();
  for (const file of [...which(name, [fromRoot(".tools", "bin")]), ...which(name)]) {
    const { code, stdout } = await run(file, ask);
    if (code === 0 && (any || stdout.split(/\s+/)[1] === version)) return file;
  }
  return undefined;
}

/** The environment for programs that look for these commands on PATH themselves. */
export async function toolsEnv(more) {
  const found = await Promise.all(Object.keys(tools).map(findTool));
  const folders = new Set(found.filter(Boolean).map((file) => dirname(file)));
  return cleanEnv({ PATH: [...folders, process.env.PATH].join(delimiter), ...more });
}

async function install({ crate, version, args }, progress) {
  // Not --locked: the lock file published with wasm-bindgen-cli 0.2.130 does not resolve.
  const what = ["install", crate, "--version", version(), "--root", fromRoot(".tools"), "--force"];
  const options = { env: cleanEnv(progressEnv), onLine: cargoProgress(progress) };
  await must(`cargo install ${crate}`, "cargo", [...what, ...QUICK, ...args], options);
}

function lockedVersion() {
  const file = fromRoot("Cargo.lock");
  const lock = existsSync(file) ? readFileSync(file, "utf8") : "";
  const version = /^name = "wasm-bindgen"\r?\nversion = "(.+)"/m.exec(lock)?.[1];
  if (!version) throw new Problem("Cargo.lock names no wasm-bindgen: restore it with git checkout Cargo.lock");
  return version;
}

function safeVersion(name) {
  try {
    return tools[name].version();
  } catch {
    return "";
  }
}
