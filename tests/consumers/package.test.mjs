// The packed package, looked at by those who know how packages go wrong.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { parse } from "acorn";
import * as esbuild from "esbuild";
import { publint } from "publint";
import { fromRoot } from "../../scripts/lib/paths.mjs";
import { run } from "../../scripts/lib/process.mjs";
import { here, output } from "./bundlers.mjs";

const installed = here("node_modules/socketio-wasm");

test("publint finds nothing to improve", async () => {
  const { messages } = await publint({ pkgDir: installed, level: "suggestion", strict: true, pack: false });
  assert.deepEqual(messages, []);
});

test("every way to resolve the package gets types that fit", async () => {
  const [tarball] = readdirSync(output("packed"));
  const { problems } = await checkPackage(
    createPackageFromTarballData(new Uint8Array(readFileSync(`${output("packed")}/${tarball}`))),
  );
  // Two entries are ES modules only; a resolution from before `exports` sees none but the main one.
  const meant = ({ kind, entrypoint, resolutionKind }) =>
    (kind === "CJSResolvesToESM" && ["./init", "./outbox"].includes(entrypoint)) ||
    (kind === "NoResolution" && resolutionKind === "node10" && entrypoint !== ".");
  assert.deepEqual(problems.filter((problem) => !meant(problem)), []);
});

test("programs in TypeScript compile, as ES modules and as CommonJS", async () => {
  const tsc = fromRoot("node_modules", "typescript", "bin", "tsc");
  const { stdout, stderr } = await run(process.execPath, [tsc, "--project", here("types")]);
  assert.equal(stdout + stderr, "");
});

test("an app that imports it and uses nothing of it carries nothing of it", async () => {
  const stdin = { contents: 'import { io } from "socketio-wasm"; import "socketio-wasm/init"; import "socketio-wasm/outbox";', resolveDir: here(".") };
  const { outputFiles } = await esbuild.build({ stdin, bundle: true, minify: true, write: false, logLevel: "silent" });
  assert.equal(outputFiles[0].text.trim(), "(()=>{})();");
});

test("what knows no `exports`, as Browserify and webpack 4, gets JavaScript that it can read", async () => {
  const { main, module } = JSON.parse(readFileSync(`${installed}/package.json`, "utf8"));
  assert.equal(module, undefined);
  const text = readFileSync(`${installed}/${main}`, "utf8");
  parse(text, { ecmaVersion: 2019 });
});

test("an app that imports the classic script for its effect gets it", async () => {
  const stdin = { contents: 'import "socketio-wasm/dist/socketio.min.js";', resolveDir: here(".") };
  const { outputFiles } = await esbuild.build({ stdin, bundle: true, minify: true, write: false });
  assert.ok(outputFiles[0].contents.length > 20_000);
});
