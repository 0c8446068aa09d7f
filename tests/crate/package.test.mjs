// The crate as cargo packs it: what is in the package, whether it could be published, and a page that depends on it.

import assert from "node:assert/strict";
import { cpSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { manifest } from "../../scripts/lib/manifest.mjs";
import { fromRoot } from "../../scripts/lib/paths.mjs";
import { cleanEnv, run } from "../../scripts/lib/process.mjs";

const target = fromRoot("target", "crate");
const { name, version } = await manifest();
const packed = join(target, "package", `${name}-${version}`);

async function cargo(...args) {
  const { code, stdout, stderr } = await run("cargo", args, { env: cleanEnv() });
  assert.equal(code, 0, `cargo ${args.join(" ")}\n${stderr}`);
  return { stdout, stderr };
}

/** While one works on it the tree has changes, which cargo would not pack without being told to. */
async function ifChanged() {
  const { stdout } = await run("git", ["status", "--porcelain"]);
  return stdout.trim() ? ["--allow-dirty"] : [];
}

const files = (folder) =>
  readdirSync(fromRoot(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(fromRoot().length).replaceAll("\\", "/"));

test("the package has the sources, the guide and the licences, and nothing of the npm package", async () => {
  const { stdout } = await cargo("package", "--list", ...(await ifChanged()));
  const listed = stdout.trim().split(/\r?\n/);
  const texts = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "docs/rust.md"];
  const ofCargo = ["Cargo.lock", "Cargo.toml", "Cargo.toml.orig"];
  const expected = [...texts, ...ofCargo, ...files("src")];
  // Says which commit it was: only where there is git.
  assert.deepEqual(listed.filter((file) => file !== ".cargo_vcs_info.json").sort(), expected.sort());
  assert.deepEqual(files("src").filter((file) => !/\.(rs|js)$/.test(file)), []);
  assert.ok(listed.includes("src/web/host.js"));
});

test("cargo publish finds nothing that is missing, and builds what it would send", async () => {
  rmSync(join(target, "package"), { recursive: true, force: true });
  const args = ["publish", "--dry-run", "--locked", "--target-dir", target, ...(await ifChanged())];
  const { stderr } = await cargo(...args);
  const warnings = stderr.match(/^warning: .*/gm) ?? [];
  // The tests stay behind on purpose, and nothing is sent.
  const asMeant = /ignoring test `\w+` as .* is not included|aborting upload due to dry run/;
  assert.deepEqual(warnings.filter((line) => !asMeant.test(line)), []);
});

for (const features of ["with its default features", "without features"]) {
  test(`a page that depends on the package builds, ${features}`, async () => {
    const page = join(target, "page");
    cpSync(fromRoot("tests/crate/page"), page, { recursive: true });
    // The versions of other crates that everything else is tested with.
    cpSync(fromRoot("Cargo.lock"), join(page, "Cargo.lock"));
    const without = features === "without features" ? ["--no-default-features"] : [];
    // The package in place of the registry's: a page depends on it by its version.
    const patch = ["--config", `patch.crates-io.${name}.path=${JSON.stringify(packed)}`];
    const wasm = ["--target", "wasm32-unknown-unknown", "--target-dir", target];
    await cargo("build", "--manifest-path", join(page, "Cargo.toml"), ...patch, ...wasm, ...without);
  });
}
