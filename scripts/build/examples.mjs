// The pages of examples/: cargo, wasm-bindgen, wasm-opt and esbuild, as a user of the crate builds a page of theirs. The
// library's own scripts are made otherwise, in wasm.mjs; one page as these are, to show how small it gets.

import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { cached } from "../lib/cached.mjs";
import { wasmIn } from "../lib/cargo-artifact.mjs";
import { cargoProgress, progressEnv } from "../lib/cargo-progress.mjs";
import { fromRoot } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";
import { cleanEnv, must } from "../lib/process.mjs";
import { findTool } from "../setup/cargo-tools.mjs";
import { withoutDeadShims } from "./dead-shims.mjs";
import { minified } from "./minify.mjs";
import { smallGlue } from "./small-glue.mjs";

const source = (...parts) => fromRoot("examples", ...parts);
const BUILD = fromRoot("target", "examples-build");

/** The pages that the demo's server has, each in a folder of its name. */
const names = ["bare", "leptos", "yew", "dioxus", "mounting"];
const shown = (folder) => fromRoot("target", "examples", folder);
const pages = [
  ...names.map((name) => ({ name, folder: shown(name) })),
  { name: "bare", variant: "small", features: "socket,small", small: true, folder: shown("bare-small") },
];

/** The same pages with something else in place of the connection, to be weighed only. */
const others = [
  { name: "bare", variant: "without", features: "" },
  { name: "bare", variant: "serde", features: "serde" },
  { name: "bare", variant: "reference", features: "reference" },
  { name: "bare", variant: "small-without", features: "small", small: true },
  { name: "bare", variant: "small-reference", features: "reference,small", small: true },
  ...["leptos", "yew", "dioxus"].map((name) => ({ name, variant: "without", features: "" })),
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
      const scripts = ["examples.mjs", "dead-shims.mjs", "minify.mjs", "small-glue.mjs", "wasm-bytes.mjs"].map((name) => fromRoot("scripts", "build", name));
      const own = [...scripts, fromRoot("package-lock.json")];
      const inputs = [compiled, bindgen, ...own, ...statics(page)];
      const io = { inputs, words: [page.folder], outputs: [script, wasm] };
      return cached(title, io, () => assemble(page, { compiled, bindgen, optimise }));
    },
  };
}

// What a page has by default of std, of panics and their texts is left out, and std is built anew for size. These are
// behind -Z, which stable Rust accepts when it is told so.
const SMALL = {
  std: "-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size",
  env: {
    RUSTC_BOOTSTRAP: "1",
    RUSTFLAGS: [
      "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
      "-Ctarget-feature=-reference-types,-multivalue",
    ].join(" "),
  },
};

/** Answers the path of the wasm: asked of cargo, as it depends on the person's own configuration. */
async function compile({ name, features, small }, progress) {
  const what = `build --release --target wasm32-unknown-unknown --package socketio-wasm-example-${name}`;
  const choice = features === undefined ? "" : `--no-default-features --features=${features}`;
  const args = `${what} ${choice} ${small ? SMALL.std : ""}`.split(" ").filter(Boolean);
  const folder = process.env.CARGO_TARGET_DIR ?? BUILD;
  const own = small ? { ...SMALL.env, CARGO_TARGET_DIR: `${folder}/small` } : { CARGO_TARGET_DIR: folder };
  args.push("--message-format=json-render-diagnostics");
  const options = { env: { ...cleanEnv(progressEnv), ...own }, cwd: source(), onLine: cargoProgress(progress) };
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
  if (page.small) writeFileSync(`${bound}/page_bg.wasm`, withoutDeadShims(readFileSync(`${bound}/page_bg.wasm`)));
  const passes = page.small ? OPTIMISE_SMALL : OPTIMISE;
  const optimised = [optimise, ...passes, `${bound}/page_bg.wasm`, "-o", wasm];
  const { stdout } = await must("wasm-opt", process.execPath, optimised);
  if (page.small) shorten(`${bound}/page.js`, JSON.parse(stdout));
  await bundle(page, bound);
  for (const file of statics(page)) copyFileSync(file, file.replace(dirname(file), folder));
}

// What cargo's `strip` takes away wasm-bindgen and wasm-opt still need.
const STRIP = ["--strip-debug", "--strip-producers", "--strip-target-features"];
const OPTIMISE = [...STRIP, "-Oz"];
// By trying: as in wasm.mjs.
const OPTIMISE_SMALL = [
  ...[...STRIP, "--flatten", "--rereloop", "--skip-pass=local-cse", "-Oz", "-Oz"],
  "--minify-imports-and-exports-and-modules",
];

function shorten(file, map) {
  writeFileSync(file, smallGlue(readFileSync(file, "utf8"), map));
}

/** wasm-bindgen's glue, the snippets of the crates and a call of it as one script; it finds the wasm beside it. */
async function bundle({ folder, small = false }, bound) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    stdin: { contents: `import start from "./page.js";\nawait start();\n`, resolveDir: bound },
    write: false,
    bundle: true,
    minify: !small,
    minifySyntax: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    logLevel: "warning",
    // The glue names the module of a snippet once for each function in it.
    logOverride: { "duplicate-object-key": "silent" },
  });
  const { text } = outputFiles[0];
  writeFileSync(filesIn(folder).script, small ? await minified(text, { format: "esm" }) : text);
}

/** index.html, and what is beside it for all. */
function statics({ name }) {
  const common = readdirSync(source()).filter((file) => file.endsWith(".css"));
  return [source(name, "index.html"), ...common.map((file) => source(file))];
}
