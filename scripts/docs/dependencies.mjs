// docs/dependencies.md: what is inside the npm package and the crate that is not their own, and its licences.
// Without versions: the lock files have them, and the page would change each day.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { scripts } from "../build/bundle.mjs";
import { fromRoot, readJson } from "../lib/paths.mjs";
import { must } from "../lib/process.mjs";
import { dependenciesPage } from "./dependencies-page.mjs";

const file = fromRoot("docs", "dependencies.md");
const TARGET = "wasm32-unknown-unknown";
const NPM = ["--no-default-features", "--features", "js"];

export const isCurrentList = (text) => readFileSync(file, "utf8") === text;

export const writeList = (text) => writeFileSync(file, text);

/** The text that docs/dependencies.md should have. */
export async function dependencyList() {
  const [npm, crate] = [await cratesWith(NPM), await cratesWith([])];
  const names = [...new Set([...npm.keys(), ...crate.keys()])].sort();
  const rows = names.map((name) => {
    const [inNpm, inCrate] = [npm.get(name), crate.get(name)];
    return { name, licence: (inNpm ?? inCrate).licence, npm: inNpm?.use, crate: inCrate?.use };
  });
  return dependenciesPage({ crates: rows, ...packages() });
}

/** What is in the files of the npm package and not its own: `{ name, licence, authors, folder }` of each. */
export async function included() {
  const crates = [...(await cratesWith(NPM))].filter(([, { use }]) => use === "inside");
  const npm = packages().included.map(({ name, licence }) => ({ name, licence, folder: fromRoot("node_modules", name) }));
  return [...crates.map(([name, crate]) => ({ name, ...crate })), ...npm];
}

/** The crates behind the library with these features: `licence`, and `use`, either "inside" or "compiling". */
async function cratesWith(features) {
  const args = ["metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET, ...features];
  const { packages: all, resolve } = JSON.parse((await must("cargo metadata", "cargo", args)).stdout);
  const packageOf = new Map(all.map((each) => [each.id, each]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const found = new Map();
  walk(resolve.root, "inside");
  found.delete(packageOf.get(resolve.root).name);
  return found;

  function walk(id, use) {
    const { name, license: licence, targets, authors, manifest_path: manifest } = packageOf.get(id);
    const isMacro = targets.some(({ kind }) => kind.includes("proc-macro"));
    const actual = isMacro ? "compiling" : use;
    const known = found.get(name);
    // What was seen as part of the page stays one, whoever else needs it.
    if (known && (known.use === "inside" || actual === "compiling")) return;
    found.set(name, { licence: inOneOrder(licence), use: actual, authors, folder: dirname(manifest) });
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) {
      if (kinds.some(({ kind }) => kind === null)) walk(pkg, actual);
      else if (kinds.some(({ kind }) => kind === "build")) walk(pkg, "compiling");
    }
  }
}

/** Of npm: what the package asks for, what a file of it has inside, and what builds and tests it. */
function packages() {
  const { dependencies = {}, devDependencies } = readJson("package.json");
  const { packages: locked } = readJson("package-lock.json");
  const licenceOf = (name) => locked[`node_modules/${name}`].license;
  const list = (names) => names.map((name) => ({ name, licence: licenceOf(name) }));
  const others = Object.entries(locked).map(([path, { license }]) => [path.slice("node_modules/".length), license]);
  return {
    dependencies: list(Object.keys(dependencies)),
    included: scripts.flatMap(({ name, includes = [] }) => list(includes).map((each) => ({ ...each, file: name }))),
    tools: list(Object.keys(devDependencies)),
    licences: [...new Set(others.slice(1).flatMap(([, licence]) => licence ?? []))].sort(),
    silent: others.slice(1).flatMap(([name, licence]) => (licence ? [] : name)),
  };
}

/** "Apache-2.0 OR MIT" and "MIT OR Apache-2.0" are the same. */
const inOneOrder = (licence) => licence.replace(/Apache-2\.0 OR MIT/, "MIT OR Apache-2.0");
