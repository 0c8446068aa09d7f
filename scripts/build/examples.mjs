// The pages of examples/: cargo, wasm-bindgen, wasm-opt and esbuild, as a user of the crate builds a page of theirs.
// Nothing here needs more than stable Rust; the library's own scripts are made otherwise, in wasm.mjs.

import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { cached } from "../lib/cached.mjs";
import { wasmIn } from "../lib/cargo-artifact.mjs";
import { cargoProgress, progressEnv } from "../lib/cargo-progress.mjs";
import { fromRoot } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";
import { cleanEnv, must } from "../lib/process.mjs";
import { findTool } from "../setup/cargo-tools.mjs";

const source = (...parts) => fromRoot("examples", ...parts);
const BUILD = fromRoot("target", "examples-build");

/** The pages that the demo's server has, each in a folder of its name. */
const names = ["bare", "leptos", "yew", "dioxus", "mounting"];
const pages = names.map((name) => ({ name, folder: fromRoot("target", "examples", name) }));

/** The same pages with something else in place of the connection, to be weighed only. */
const others = [
  { name: "bare", variant: "without" },
  { name: "bare", variant: "serde", features: "serde" },
  { name: "bare", variant: "reference", features: "reference" },
  ...["leptos", "yew", "dioxus"].map((name) => ({ name, variant: "without" })),
].map((page) => ({ ...page, folder: `${BUILD}/pages/${page.name}-${page.variant}` }));

export const exampleSteps = pages.map(step);
export const comparisonSteps = others.map(step);

/** The files that a page downloads beside its HTML. `variant` is undefined for the page as it is shown. */
export function filesOf(name, variant) {
  const { folder } = [...pages, ...others].find((page) => page.name === name && page.variant === variant);
  return filesIn(folder);
}

const filesIn = (folder) => ({ script: `${folder}/main.js`, wasm: `${folder}/page_bg.wasm` });

function step(page) {
  const title = ["example", page.name, page.variant].filter(Boolean).join(" ");
  return {
    title,
    async run(progress) {
      const compiled = await compile(page, progress);
      const [bindgen, optimise] = [await findTool("wasm-bindgen"), fromRoot("node_modules/binaryen/bin/wasm-opt")];
      if (!existsSync(optimise)) throw new Problem("the npm package binaryen is missing: run npm ci");
      const { script, wasm } = filesIn(page.folder);
      const own = [fromRoot("scripts", "build", "examples.mjs"), fromRoot("package-lock.json")];
      const inputs = [compiled, bindgen, ...own, ...statics(page)];
      const io = { inputs, words: [page.folder], outputs: [script, wasm] };
      return cached(title, io, () => assemble(page, { compiled, bindgen, optimise }));
    },
  };
}

/** Answers the path of the wasm: asked of cargo, as it depends on the person's own configuration. */
async function compile({ name, variant, features = "" }, progress) {
  const what = `build --release --target wasm32-unknown-unknown --package socketio-wasm-example-${name}`;
  const choice = variant ? `--no-default-features --features=${features}` : "";
  const args = [...`${what} ${choice}`.trim().split(" "), "--message-format=json-render-diagnostics"];
  const env = cleanEnv({ ...progressEnv, CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? BUILD });
  const options = { env, cwd: source(), onLine: cargoProgress(progress) };
  const { stdout } = await must(`cargo build of examples/${name}`, "cargo", args, options);
  return wasmIn(stdout, `${name}-example.wasm`);
}

async function assemble(page, { compiled, bindgen, optimise }) {
  const { folder } = page;
  const { wasm } = filesIn(folder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const bound = `${BUILD}/bound/${page.name}-${page.variant ?? "page"}`;
  const words = ["--target", "web", "--no-typescript", "--out-dir", bound, "--out-name", "page", compiled];
  await must("wasm-bindgen", bindgen, words, { env: cleanEnv() });
  await must("wasm-opt", process.execPath, [optimise, ...OPTIMISE, `${bound}/page_bg.wasm`, "-o", wasm]);
  await bundle(bound, folder);
  for (const file of statics(page)) copyFileSync(file, file.replace(dirname(file), folder));
}

// What cargo's `strip` takes away wasm-bindgen and wasm-opt still need.
const OPTIMISE = ["--strip-debug", "--strip-producers", "--strip-target-features", "-Oz"];

/** wasm-bindgen's glue, the snippets of the crates and a call of it as one script; it finds the wasm beside it. */
async function bundle(bound, folder) {
  const { build } = await import("esbuild");
  await build({
    stdin: { contents: `import start from "./page.js";\nawait start();\n`, resolveDir: bound },
    outfile: filesIn(folder).script,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    logLevel: "warning",
    // The glue names the module of a snippet once for each function in it.
    logOverride: { "duplicate-object-key": "silent" },
  });
}

/** index.html, and what is beside it for all. */
function statics({ name }) {
  const common = readdirSync(source()).filter((file) => file.endsWith(".css"));
  return [source(name, "index.html"), ...common.map((file) => source(file))];
}
