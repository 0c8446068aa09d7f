import { readdirSync } from "node:fs";
import { fromRoot } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";

/** Compiles tests/types: each file is one test. Lines that must not compile are marked there with @ts-expect-error. */
export async function typeTests() {
  const files = readdirSync(fromRoot("tests", "types")).filter((name) => name.endsWith(".ts"));
  const tsc = fromRoot("node_modules", "typescript", "bin", "tsc");
  const { code, stdout, stderr } = await run(process.execPath, [tsc, "--project", "tests/types"]);
  process.stdout.write(stdout + stderr);
  const bad = files.filter((name) => stdout.includes(`${name}(`));
  for (const name of files) console.log(`${bad.includes(name) ? "not ok" : "ok"} - ${name}`);
  // An error outside these files, in the declarations themselves, is a failure too.
  const failed = code === 0 ? 0 : Math.max(bad.length, 1);
  return { passed: files.length - bad.length, failed };
}
