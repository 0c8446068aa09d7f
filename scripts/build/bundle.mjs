// npm/*.js, the glue and the wasm to the files of dist/.

import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { cached } from "../lib/cached.mjs";
import { fromRoot, readJson } from "../lib/paths.mjs";
import { check, literal } from "./carry.mjs";
import { built } from "./wasm.mjs";

const dist = (name) => fromRoot("dist", name);
const { version } = readJson("package.json");
const banner = `/*! socketio-wasm ${version} | MIT OR Apache-2.0 */`;

const files = [
  { entry: "script.js", name: "socketio.min.js", format: "iife" },
  { entry: "esm.js", name: "socketio.esm.js", format: "esm" },
];

// Has the last word on a script's encoding, whatever the page or the server say:
// https://encoding.spec.whatwg.org/#decode. For modules too: by the specification they are UTF-8 in any case, but
// Chromium believes the server.
const BYTE_ORDER_MARK = "\uFEFF";

export const bundleStep = {
  title: "esbuild",
  run() {
    const own = ["bundle.mjs", "carry.mjs"].map((name) => fromRoot("scripts", "build", name));
    const sources = readdirSync(fromRoot("npm")).map((name) => fromRoot("npm", name));
    const packages = ["package.json", "package-lock.json"].map((name) => fromRoot(name));
    const inputs = [...sources, ...own, ...packages, built.wasm, built.glue];
    const outputs = [...files.map(({ name }) => dist(name)), dist("socketio.d.ts")];
    return cached("esbuild", { inputs, outputs }, bundleAll);
  },
};

async function bundleAll() {
  mkdirSync(dist(""), { recursive: true });
  const wasm = readFileSync(built.wasm);
  for (const file of files) writeFileSync(dist(file.name), await bundle(file, wasm));
  copyFileSync(fromRoot("npm", "index.d.ts"), dist("socketio.d.ts"));
}

async function bundle({ entry, format }, wasm) {
  // Only now: on a fresh machine this module is loaded before npm has installed esbuild.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [fromRoot("npm", entry)],
    bundle: true,
    write: false,
    minify: true,
    format,
    // The oldest browsers with the reference types and the 64-bit integers of the wasm have all of it.
    target: "es2020",
    charset: "utf8",
    define: { WASM_CHECK: String(check(wasm)) },
    mangleProps: /^(__wbg_ptr|__wrap|__destroy_into_raw|_wbg_cb_unref)$/,
    logLevel: "warning",
    // The glue's way to fetch the wasm, which is left out of the script a moment later.
    logOverride: { "empty-import-meta": "silent" },
  });
  // The wasm goes in last: esbuild would escape the control characters in it, which costs bytes.
  const code = outputFiles[0].text.trimEnd().split("WASM_TEXT");
  if (code.length !== 2) throw new Error(`WASM_TEXT is ${code.length - 1} times in npm/${entry}, not once`);
  return `${BYTE_ORDER_MARK}${banner}\n${code.join(literal(wasm))}\n`;
}
