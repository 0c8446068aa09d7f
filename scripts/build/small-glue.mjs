// wasm-bindgen's glue for a page that is to be small: names of one or two letters at the border to the wasm, where
// the long ones carry hashes, which do not compress; and of the modules that the wasm calls only what it calls.

import { Problem } from "../lib/problem.mjs";

const MODULE = "./page_bg.js";
// wasm-opt calls every module by this name.
const SHORT_MODULE = "a";

// One of wasm-bindgen's functions that only hands numbers to a function of the crate's own JavaScript, and that one's
// answer back. What they do to numbers is for those beyond 31 bits, and for booleans: JavaScript takes 0 and 1 as well.
const NUMBER = /arg\d+(?: >>> 0| !== 0)?/.source;
const DIRECT = new RegExp(
  `^ {8}(\\w+): function\\([^)]*\\) \\{\\s+(?:const ret = )?(\\w+)\\((?:${NUMBER}(?:, (?=arg))?)*\\);\\s+(?:return ret;\\s+)?\\},$`,
  "gm",
);
const WHOLE = /^import \* as (import\d+) from "([^"]+)"\n/gm;
const LIST = /return \{\s+__proto__: null,[^}]+\}/;
const FIRST = /(?<=const import0 = \{)\s+__proto__: null,/;

/** `map` is what `wasm-opt --minify-imports-and-exports-and-modules` prints. */
export function smallGlue(glue, { imports, exports }) {
  const own = new Map(imports.filter(([module]) => module === MODULE).map(([, long, short]) => [long, short]));
  const functions = new Set([...glue.matchAll(/^import \{ ([^}]+) \}/gm)].flatMap(([, names]) => names.split(", ")));
  const modules = new Map([...glue.matchAll(WHOLE)].map(([, name, path]) => [path, name]));
  const others = imports.filter(([module]) => module !== MODULE).map(([module, long, short]) => {
    if (!modules.has(module)) throw new Problem(`wasm-bindgen's glue does not import ${module}`);
    return `${short}: ${modules.get(module)}.${long},`;
  });
  if (!LIST.test(glue) || !FIRST.test(glue)) throw new Problem("wasm-bindgen's glue has no list of imports");
  const short = new Map(exports);
  return glue
    .replace(DIRECT, (all, long, callee) => (functions.has(callee) ? `        ${long}: ${callee},` : all))
    .replace(LIST, `return { ${SHORT_MODULE}: import0 }`)
    .replace(WHOLE, (line, name, path) => (modules.get(path) === name ? line : ""))
    .replace(/^ {8}(\w+)(?=: )/gm, (all, long) => (own.has(long) ? `        ${own.get(long)}` : all))
    .replace(FIRST, others.join(" "))
    .replace(/\bwasm\.(\w+)/g, (all, long) => (short.has(long) ? `wasm.${short.get(long)}` : all));
}
