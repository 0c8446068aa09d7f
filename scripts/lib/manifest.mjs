import { must } from "./process.mjs";

/** What Cargo.toml says of the crate, in cargo's own reading: `rust_version`, `metadata`, … */
export async function manifest() {
  const { stdout } = await must("cargo metadata", "cargo", ["metadata", "--no-deps", "--format-version", "1"]);
  return JSON.parse(stdout).packages.find(({ name }) => name === "socketio-wasm");
}
