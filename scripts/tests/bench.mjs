import { parseOptions } from "../../bench/options.mjs";
import { add } from "./cargo-test.mjs";
import { nodeTests } from "./node.mjs";

/** What `--check` says of figures, and then what it says of these ones. */
export async function benchTests() {
  // Only now: on a fresh machine npm has just installed what it imports.
  const { bench } = await import("../../bench/main.mjs");
  const counts = await nodeTests("bench/tests");
  const failed = await bench(parseOptions(["--quick", "--check", "--as-built"]));
  return add(counts, { passed: 1 - failed, failed, skipped: 0 });
}
