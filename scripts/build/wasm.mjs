// Rust to an optimised wasm and its JavaScript glue: cargo, wasm-bindgen, wasm-opt.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cached } from "../lib/cached.mjs";
import { wasmIn } from "../lib/cargo-artifact.mjs";
import { cargoProgress, progressEnv } from "../lib/cargo-progress.mjs";
import { fromRoot } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";
import { cleanEnv, must } from "../lib/process.mjs";
import { findTool } from "../setup/cargo-tools.mjs";
import { withoutDeadExports, withoutDeadText } from "./dead-exports.mjs";
import { withRepeatingLocals } from "./locals.mjs";
import { shortenGlue } from "./short-names.mjs";

const target = (...parts) => fromRoot("target", "npm", ...parts);
const bound = { wasm: target("socketio_wasm_bg.wasm"), glue: target("socketio_wasm.js") };
const lean = target("socketio_lean.wasm");
export const built = { wasm: target("socketio.wasm"), glue: target("glue.js") };

const FEATURES = "bulk-memory sign-ext mutable-globals nontrapping-float-to-int";
const OPTIMISE = [
  ...FEATURES.split(" ").map((name) => `--enable-${name}`),
  ...["--strip-debug", "--strip-producers", "--strip-target-features"],
  // Below address 1024 is the end of the stack: all frames there are take 1,100 bytes of its 32 KiB. So what is added to an
  // address can be part of each access.
  "--low-memory-unused",
  // By trying: more bytes, but fewer after brotli. Control flow is made anew.
  ...["--flatten", "--rereloop", "--one-caller-inline-max-function-size=35"],
  ...["--always-inline-max-function-size=14", "-Oz", "--minify-imports-and-exports-and-modules"],
];

// Half of the size is in these. std is built anew, without the texts of panics that cannot happen here and for size;
// what that takes is behind -Z, which stable Rust accepts when it is told so.
const STD = "-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size";
const RUST_FLAGS = [
  "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
  // wasm-bindgen's table of objects is smaller in JavaScript than in the wasm, and runs in older browsers.
  "-Ctarget-feature=-reference-types,-multivalue",
  // Instead of 1 MiB: no recursion here goes deep.
  "-Clink-arg=-zstack-size=32768",
  // By trying: what is this short is shorter in the place of its call, after brotli 100 bytes in all.
  "-Cllvm-args=-inline-threshold=12",
].join(" ");

let compiled;

export const cargoStep = {
  title: "cargo build",
  async run(progress) {
    // Not in Cargo.toml: every page that has the crate would link a second wasm that nobody wants.
    const what = "rustc --crate-type cdylib --profile npm --lib --target wasm32-unknown-unknown --no-default-features --features js";
    const args = [...`${what} ${STD}`.split(" "), "--message-format=json-render-diagnostics"];
    const env = { ...cleanEnv(progressEnv), RUSTFLAGS: RUST_FLAGS, RUSTC_BOOTSTRAP: "1" };
    const options = { env, onLine: cargoProgress(progress) };
    const { stdout, stderr } = await must("cargo rustc", "cargo", args, options);
    const [, warnings] = /generated (\d+ warnings?)/.exec(stderr) ?? [];
    // Asked of cargo: where the file is depends on the environment and on the person's own configuration.
    compiled = wasmIn(stdout, "socketio_wasm.wasm");
    if (!compiled) throw new Problem("cargo build left no .wasm");
    return warnings;
  },
};

export const bindgenStep = {
  title: "wasm-bindgen",
  async run() {
    const command = await findTool("wasm-bindgen");
    const args = ["--target", "web", "--no-typescript", "--out-dir", target(), compiled];
    const io = { inputs: [compiled, command], words: args, outputs: [bound.wasm, bound.glue] };
    mkdirSync(target(), { recursive: true });
    return cached("wasm-bindgen", io, async () => {
      await must("wasm-bindgen", command, args, { env: cleanEnv() });
    });
  },
};

export const optimiseStep = {
  title: "wasm-opt",
  run() {
    const command = fromRoot("node_modules", "binaryen", "bin", "wasm-opt");
    if (!existsSync(command)) throw new Problem("the npm package binaryen is missing: run npm ci");
    const scripts = ["wasm.mjs", "dead-exports.mjs", "locals.mjs", "short-names.mjs", "wasm-bytes.mjs"];
    const own = scripts.map((name) => fromRoot("scripts", "build", name));
    const io = { inputs: [bound.wasm, bound.glue, command, ...own], outputs: [built.wasm, built.glue] };
    return cached("wasm-opt", io, async () => {
      writeFileSync(lean, withoutDeadText(withoutDeadExports(readFileSync(bound.wasm))));
      const args = [command, ...OPTIMISE, lean, "-o", built.wasm];
      const { stdout } = await must("wasm-opt", process.execPath, args);
      writeFileSync(built.wasm, withRepeatingLocals(readFileSync(built.wasm)));
      const glue = shortenGlue(readFileSync(bound.glue, "utf8"), JSON.parse(stdout));
      writeFileSync(built.glue, glue);
    });
  },
};
