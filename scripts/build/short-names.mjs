// wasm-opt gives the wasm's imports and exports names of one or two letters; here the glue learns them.
// The long ones carry hashes, which do not compress: about 1,000 bytes after brotli.

import { Problem } from "../lib/problem.mjs";

const MODULE = "./socketio_wasm_bg.js";
// wasm-opt calls every module by this name.
const SHORT_MODULE = "a";

// What wasm-bindgen says to those who give its glue a module in another way than it wants.
const DEPRECATED = /if \((\w+) !== undefined\) \{\s+if \(Object\.getPrototypeOf\(\1\) === Object\.prototype\) \{[^}]+\}[^}]+\}[^}]+\}\s+\}/g;

/** `map` is what `wasm-opt --minify-imports-and-exports-and-modules` prints. */
export function shortenGlue(glue, { imports, exports }) {
  const foreign = imports.find(([module]) => module !== MODULE);
  if (foreign) throw new Problem(`the wasm imports from ${foreign[0]}: only ${MODULE} is known here`);
  const short = new Map(exports);
  let text = replaceOnce(glue, `"${MODULE}"`, SHORT_MODULE);
  // wasm-bindgen copies the crate's own JavaScript; npm/ imports it from where it is, and once is enough.
  text = text.replace(/'\.\/snippets\/[^/]+\//g, "'../../");
  text = text.replace(DEPRECATED, "({$1} = $1)");
  for (const [, long, name] of imports) text = replaceOnce(text, `\n        ${long}:`, `\n        ${name}:`);
  return text.replace(/\bwasm\.(\w+)/g, (all, long) => (short.has(long) ? `wasm.${short.get(long)}` : all));
}

function replaceOnce(text, long, short) {
  const parts = text.split(long);
  const times = parts.length - 1;
  if (times !== 1) throw new Problem(`wasm-bindgen's glue has ${JSON.stringify(long)} ${times} times, not once`);
  return parts.join(short);
}
