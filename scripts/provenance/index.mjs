// Whether the bytes of dist/ follow from the sources and the pinned tools, and from nothing else: not from the folder, the
// person, or what was compiled there before.

import { readFileSync } from "node:fs";
import { fromRoot, readJson } from "../lib/paths.mjs";
import { run } from "../lib/process.mjs";
import { runSteps } from "../lib/steps.mjs";
import { compare } from "./compare.mjs";
import { builtElsewhere } from "./elsewhere.mjs";

/** Builds elsewhere and compares with the files in `folder`. Prints both; answers the counts of equal and other files. */
export async function reportProvenance(folder = fromRoot("dist")) {
  let files;
  const build = {
    title: "the same build in another folder, from nothing",
    async run(progress) {
      files = await builtElsewhere(progress, (dist) => compare(folder, dist));
    },
  };
  await runSteps([build]);
  console.log(`\n  built with ${await tools()}\n`);
  for (const { name, bytes, sha256, difference } of files) {
    if (difference) console.log(`  NOT THE SAME  ${name}: ${difference}`);
    else console.log(`  the same  ${sha256}  ${String(bytes).padStart(7)} bytes  ${name}`);
  }
  const failed = files.filter(({ difference }) => difference).length;
  return { passed: files.length - failed, failed };
}

/** What the bytes depend on beside the sources. */
async function tools() {
  const { stdout } = await run("rustc", ["--version"]);
  const bindgen = /^name = "wasm-bindgen"\r?\nversion = "(.+)"/m.exec(readFileSync(fromRoot("Cargo.lock"), "utf8"))[1];
  const { devDependencies } = readJson("package.json");
  const packages = ["binaryen", "esbuild", "terser"].map((name) => `${name} ${devDependencies[name]}`);
  return [stdout.trim(), `wasm-bindgen ${bindgen}`, ...packages].join(", ");
}
