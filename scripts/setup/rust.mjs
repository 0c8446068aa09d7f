import { existsSync } from "node:fs";
import { join } from "node:path";
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
    const { stdout } = await must("rustc --version", "rustc", ["--version"]);
    const version = stdout.split(" ")[1];
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
    const { stdout } = await must("rustc", "rustc", ["--print", "target-libdir", "--target", TARGET]);
    if (existsSync(stdout.trim())) return "there";
    progress("rustup target add");
    const { code, stderr } = await run("rustup", ["target", "add", TARGET]);
    if (code === 127) throw new Problem(`Rust has no ${TARGET}, and there is no rustup to add it: ${INSTALL}`);
    if (code) throw new Problem(`rustup target add ${TARGET} failed: ${firstLine(stderr.split("error: ").pop())}`);
    return "installed";
  },
};

export const rustSource = {
  title: "Rust's own source",
  async run(progress) {
    const { stdout } = await must("rustc", "rustc", ["--print", "sysroot"]);
    if (existsSync(join(stdout.trim(), "lib/rustlib/src/rust/library/Cargo.lock"))) return "there";
    progress("rustup component add");
    const { code, stderr } = await run("rustup", ["component", "add", "rust-src"]);
    if (code === 127) throw new Problem(`Rust's source is missing, and there is no rustup to add it: ${INSTALL}`);
    if (code) throw new Problem(`rustup component add rust-src failed: ${firstLine(stderr.split("error: ").pop())}`);
    return "installed";
  },
};

const firstLine = (text) => text.trim().split("\n")[0];

function isOlder(version, than) {
  const [a, b] = [version, than].map((text) => text.split(/[.-]/).map(Number));
  return a[0] !== b[0] ? a[0] < b[0] : a[1] < (b[1] ?? 0);
}
