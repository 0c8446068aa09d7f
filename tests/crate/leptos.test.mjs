// The guide's code for Leptos on a server, whose threads the browser does not have.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromRoot } from "../../scripts/lib/paths.mjs";
import { cleanEnv, run } from "../../scripts/lib/process.mjs";

test("what the guide keeps in a Leptos page may be dropped by any thread of a server", async () => {
  const what = ["test", "--locked", "--package", "socketio-wasm-example-leptos", "--test", "server"];
  const where = ["--manifest-path", fromRoot("examples", "Cargo.toml"), "--target-dir", fromRoot("target", "crate")];
  // Nobody looks into it by a debugger, and it is the most of what it takes on the disk.
  const env = cleanEnv({ CARGO_PROFILE_DEV_DEBUG: "false" });
  const { code, stdout, stderr } = await run("cargo", [...what, ...where], { env });
  assert.equal(code, 0, stdout + stderr);
});
