import { existsSync } from "node:fs";
import { join } from "node:path";
import { isOlder } from "../lib/is-older.mjs";
import { readJson } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";
import { must, run } from "../lib/process.mjs";

const TARGET = "wasm32-unknown-unknown";
const INSTALL = "install Rust by https://rustup.rs, open a new terminal and run this again";

export const rust = {
  title: "Rust",
  async run() {
    const cargo = await run("cargo", ["--version"]);
    if (cargo.code === 127) throw new Problem(`cargo was not found: ${INSTALL}`);
    if (cargo.code) throw new Problem(`cargo does not run (${firstLine(cargo.stderr)}): ${INSTALL}`);
    const version = (await rustc("--version")).split(" ")[1];
    const needed = readJson("scripts", "tools.json").rust;
    if (isOlder(version, needed)) {
      throw new Problem(`Rust ${version} is too old, ${needed} is needed: run rustup update stable`);
    }
    return version;
  },
};

export const wasmTarget = {
  title: `Rust target ${TARGET}`,
  async run(progress) {
    // Asked of rustc and not of rustup: a distribution's own Rust may have the target too.
    const folder = await rustc("--print", "target-libdir", "--target", TARGET);
    return existsSync(folder) ? "there" : add("target", TARGET, progress);
  },
};

export const rustSource = {
  title: "Rust's own source",
  async run(progress) {
    const lock = join(await rustc("--print", "sysroot"), "lib/rustlib/src/rust/library/Cargo.lock");
    return existsSync(lock) ? "there" : add("component", "rust-src", progress);
  },
};

/**
 * Rust of a version, beside the person's own. Answers the name for `rustup run`; where it is missing and cannot be
 * fetched, `{ missing }` says why.
 */
export async function toolchain(version, progress) {
  const name = /^\d+\.\d+$/.test(version) ? `${version}.0` : version;
  const found = await run("rustup", ["run", name, "rustc", "--print", "target-libdir", "--target", TARGET]);
  if (found.code === 0 && existsSync(found.stdout.trim())) return { name };
  progress(`rustup toolchain install ${name}`);
  const options = ["--profile", "minimal", "--target", TARGET, "--no-self-update"];
  const { code, stderr } = await run("rustup", ["toolchain", "install", name, ...options]);
  if (code === 127) return { missing: "there is no rustup" };
  return code ? { missing: firstLine(stderr.split("error: ").pop()) } : { name };
}

async function rustc(...args) {
  const { stdout } = await must("rustc", "rustc", args);
  return stdout.trim();
}

/** `rustup target add` and `rustup component add`. */
async function add(kind, name, progress) {
  progress(`rustup ${kind} add`);
  const { code, stderr } = await run("rustup", [kind, "add", name]);
  if (code === 127) throw new Problem(`Rust has no ${name}, and there is no rustup to add it: ${INSTALL}`);
  if (code) throw new Problem(`rustup ${kind} add ${name} failed: ${firstLine(stderr.split("error: ").pop())}`);
  return "installed";
}

const firstLine = (text) => text.trim().split("\n")[0];
