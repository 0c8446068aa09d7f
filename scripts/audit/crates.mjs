// What cargo-deny says of the crates, by deny.toml: licences, crates that are there twice or not wanted, where they come
// from, and what is known against them.

import { Problem } from "../lib/problem.mjs";
import { cleanEnv, must, run } from "../lib/process.mjs";
import { findTool } from "../setup/cargo-tools.mjs";

const deny = async (...checks) => [await findTool("cargo-deny"), ["--locked", "check", ...checks]];

export const crateRules = {
  title: "crates: licences, doubles, origin",
  async run() {
    const [command, args] = await deny("licenses", "bans", "sources");
    await must("cargo deny check", command, args, { env: cleanEnv(), tail: 100 });
  },
};

export const crateAdvisories = {
  title: "crates: known vulnerabilities",
  async run(progress) {
    progress("fetching the RustSec database");
    const [command, args] = await deny("advisories");
    // Nobody is there to tell git a password.
    const { code, stderr } = await run(command, args, { env: cleanEnv({ GIT_TERMINAL_PROMPT: "0" }) });
    if (/failed to fetch advisory database/.test(stderr)) return "NOT ASKED: the RustSec database cannot be reached";
    if (code) throw new Problem("cargo deny check advisories failed: see the lines above", stderr);
    return "none";
  },
};
