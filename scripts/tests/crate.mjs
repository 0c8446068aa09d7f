import { cleanEnv } from "../lib/process.mjs";
import { add, cargoTest } from "./cargo-test.mjs";
import { nodeTests } from "./node.mjs";

/** The crate as somebody gets it from a registry: the code in its documentation, and the package. */
export async function crateTests() {
  return add(await documentationTests(), await nodeTests("tests/crate"));
}

// The code is compiled for wasm32 and not run: it needs a page and a server. Stable Rust would have a runner for it, and
// counts only what is a program of its own; what these settings take is behind -Z, which it accepts when it is told so.
const SETTINGS = { RUSTDOCFLAGS: "-Zunstable-options --no-run --merge-doctests=no", RUSTC_BOOTSTRAP: "1" };

function documentationTests() {
  const args = ["test", "--doc", "--target", "wasm32-unknown-unknown", "--target-dir", "target/unstable"];
  return cargoTest("cargo", args, { env: cleanEnv(SETTINGS) });
}
