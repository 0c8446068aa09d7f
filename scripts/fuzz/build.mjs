// The fuzz targets, by cargo-fuzz. Without a sanitizer, as the code has nothing unsafe: so stable Rust will do.

import { readdirSync } from "node:fs";
import { cargoProgress, progressEnv } from "../lib/cargo-progress.mjs";
import { fromRoot } from "../lib/paths.mjs";
import { cleanEnv, must } from "../lib/process.mjs";
import { findTool } from "../setup/cargo-tools.mjs";

const BUILD = fromRoot("target", "fuzz");

/** What there is to be fuzzed. */
export const targets = readdirSync(fromRoot("fuzz", "fuzz_targets")).map((file) => file.replace(/\.rs$/, ""));

export const fuzzBuild = {
  title: "the fuzz targets",
  async run(progress) {
    const tool = await findTool("cargo-fuzz");
    const args = ["fuzz", "build", "--sanitizer", "none", "--target-dir", BUILD];
    const env = cleanEnv({ ...progressEnv, CARGO_TARGET_DIR: BUILD });
    await must("cargo fuzz build", tool, args, { env, onLine: cargoProgress(progress), tail: 100 });
  },
};

/** The program of a target, once it is built. */
export async function programOf(target) {
  const { stdout } = await must("rustc", "rustc", ["--version", "--verbose"]);
  const host = /^host: (.+)$/m.exec(stdout)[1];
  return fromRoot("target", "fuzz", host, "release", target);
}
