// npm/*.js, the glue and the wasm to the files of dist/.

import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { cached } from "../lib/cached.mjs";
import { fromRoot, readJson } from "../lib/paths.mjs";
import { check, inWords, literal, WORD_MASK } from "./carry.mjs";
import { declarations, writeDeclarations } from "./declarations.mjs";
import { minified } from "./minify.mjs";
import { streamedGlue } from "./streamed-glue.mjs";
import { built } from "./wasm.mjs";

const dist = (name) => fromRoot("dist", name);
const { version } = readJson("package.json");
const banner = `/*! socketio-wasm ${version} | MIT OR Apache-2.0 */`;

/** The scripts. `wasm`: whether it rides inside. `includes`: packages that are in it, whose licences go with them. */
export const scripts = [
  { entry: "script.js", name: "socketio.min.js", format: "iife", wasm: true },
  { entry: "esm.js", name: "socketio.esm.js", format: "esm", wasm: true },
  { entry: "cjs.js", name: "socketio.cjs", format: "cjs", wasm: true },
  // For those who know no `exports` in package.json: Browserify and webpack 4 read no newer JavaScript.
  { entry: "cjs.js", name: "socketio.es2019.cjs", format: "cjs", wasm: true, target: ["es2019"] },
  { entry: "init.js", name: "socketio.init.js", format: "esm" },
  { entry: "outbox.js", name: "socketio.outbox.js", format: "esm" },
  { entry: "debug.js", name: "socketio.debug.js", format: "esm", wasm: true, debug: true, includes: ["debug", "ms"] },
  { entry: "debug-cjs.js", name: "socketio.debug.cjs", format: "cjs", wasm: true, debug: true, includes: ["debug", "ms"] },
];
const WASM = "socketio.wasm";

// What wasm-bindgen's classes call their own.
const GLUE = ["__wbg_ptr", "__wrap", "__destroy_into_raw", "_wbg_cb_unref"];
// Properties of what no page ever sees: the networks and transports of src/web/. No other object has any of these names.
const INNER = "staged flushed deadline partial wall names classes amount leave waiting poll".split(" ");

// The oldest with the reference types and the 64-bit integers of the wasm: they have all that is written here.
const BROWSERS = ["chrome115", "firefox79", "safari15.1"];

// Has the last word on a script's encoding, whatever the page or the server say:
// https://encoding.spec.whatwg.org/#decode. For modules too: by the specification they are UTF-8 in any case, but
// Chromium believes the server.
const BYTE_ORDER_MARK = "\uFEFF";

export const bundleStep = {
  title: "esbuild",
  run() {
    const names = ["bundle.mjs", "carry.mjs", "declarations.mjs", "minify.mjs", "streamed-glue.mjs"];
    const own = names.map((name) => fromRoot("scripts", "build", name));
    const sources = ["npm", "src"].flatMap(scriptsIn);
    const packages = ["package.json", "package-lock.json"].map((name) => fromRoot(name));
    const inputs = [...sources, ...own, ...packages, built.wasm, built.glue];
    const outputs = [...scripts.map(({ name }) => name), WASM, ...declarations].map(dist);
    return cached("esbuild", { inputs, outputs }, bundleAll);
  },
};

function scriptsIn(folder) {
  const names = readdirSync(fromRoot(folder), { recursive: true });
  return names.filter((name) => /\.(js|ts)$/.test(name)).sort().map((name) => fromRoot(folder, name));
}

async function bundleAll() {
  mkdirSync(dist(""), { recursive: true });
  const wasm = inWords(readFileSync(built.wasm));
  for (const script of scripts) writeFileSync(dist(script.name), await bundle(script, wasm));
  copyFileSync(built.wasm, dist(WASM));
  writeDeclarations();
}

async function bundle(script, wasm) {
  // Only now: on a fresh machine this module is loaded before npm has installed esbuild.
  const { build } = await import("esbuild");
  const { outputFiles } = await build(options(script, wasm));
  const { text } = outputFiles[0];
  // What is looked into should be readable; that takes the place of a source map.
  const code = (script.debug ? text : await minified(text, script)).trimEnd();
  const head = BYTE_ORDER_MARK + [banner, ...(script.includes ?? []).map(licence)].join("\n");
  return `${head}\n${script.wasm ? carryIn(code, wasm, script) : code}\n`;
}

function options({ entry, format, wasm: carries, target = BROWSERS, debug = false }, wasm) {
  return {
    entryPoints: [fromRoot("npm", entry)],
    bundle: true,
    write: false,
    // Terser takes it from there: see minify.mjs.
    minifySyntax: !debug,
    // minify.mjs puts the function around it: what is in it is named as what is at the top of a module.
    format: format === "iife" ? "esm" : format,
    target,
    charset: "utf8",
    define: { DEBUG: String(debug), WASM_CHECK: String(check(wasm)), WASM_MASK: String(WORD_MASK) },
    mangleProps: new RegExp(`^(${[...(debug ? [] : INNER), ...GLUE].join("|")}|\\$.+)$`),
    mangleCache: shortNames(),
    // package.json's `sideEffects` is about dist/: the sources here have effects.
    ignoreAnnotations: true,
    plugins: carries ? [] : [streamed],
    logLevel: "warning",
    // The glue's way to fetch the wasm, which is left out of the script a moment later; and `module`, which is what
    // CommonJS means by it.
    logOverride: { "empty-import-meta": "silent", "commonjs-variable-in-esm": "silent" },
  };
}

/**
 * Names for what begins with `$`: they begin so, too, as a page's own subclass could use any other. And a letter for each
 * of those that are on none of its objects.
 */
function shortNames() {
  const files = readdirSync(fromRoot("npm")).filter((name) => name.endsWith(".js"));
  const text = files.map((name) => readFileSync(fromRoot("npm", name), "utf8")).join("\n");
  const names = new Set(text.match(/(?<=[.\s])\$[a-zA-Z]\w+/g));
  const letters = INNER.map((name, at) => [name, (at + 10).toString(36)]);
  return Object.fromEntries([...[...names].map((name, at) => [name, `$${at.toString(36)}`]), ...letters]);
}

/** For a wasm that comes later: nothing is loaded at once, and the glue knows of that. */
const streamed = {
  name: "streamed",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]npm[\\/]load\.js$/ }, () => ({ contents: "" }));
    onLoad({ filter: /[\\/]glue\.js$/ }, ({ path }) => ({ contents: streamedGlue(readFileSync(path, "utf8")) }));
  },
};

/**
 * The wasm goes in last: esbuild would escape the control characters in it, which costs bytes.
 * And on a line of its own: nobody wants to see it beside an error.
 */
function carryIn(code, wasm, { entry }) {
  const parts = code.split("WASM_TEXT");
  if (parts.length !== 2) throw new Error(`WASM_TEXT is ${parts.length - 1} times in npm/${entry}, not once`);
  return parts.join(`\n${literal(wasm)}\n`);
}

function licence(name) {
  const folder = fromRoot("node_modules", name);
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = readFileSync(`${folder}/${file}`, "utf8").trim();
  return `/*! Includes ${name}:\n\n${text.replaceAll("*/", "* /")}\n*/`;
}
