// The wasm's glue, made short. wasm-opt gives imports and exports names of one or two letters; here the glue learns
// them: the long ones carry hashes, which do not compress. And as only numbers cross the border, the wasm calls
// JavaScript's functions themselves, without wasm-bindgen's own around them, and needs none of its heap of objects.

import { Problem } from "../lib/problem.mjs";

const MODULE = "./socketio_wasm_bg.js";
// wasm-opt calls every module by this name.
const SHORT_MODULE = "a";

// One of wasm-bindgen's functions: what it calls is all that matters.
const IMPORT = /^ {8}(\w+): function\([^)]*\) \{\s+(?:const ret = )?([\w.]+)\(.*\);\s+(?:return ret;\s+)?\},$/gm;
// From the first function that objects need to the one that starts the wasm.
const OBJECTS = /\nfunction dropObject[^]+?(?=\nlet wasmModule)/;
// What wasm-bindgen says to those who give its glue a module in another way than it wants.
const DEPRECATED = /if \((\w+) !== undefined\) \{\s+if \(Object\.getPrototypeOf\(\1\) === Object\.prototype\) \{[^}]+\}[^}]+\}[^}]+\}\s+\}/g;

// What starts the wasm: wasm-bindgen's own takes it in more forms than the bytes of npm/load.js, and keeps more of it.
const START = /(?<=\nfunction initSync\(module\) \{)[^]+?(?=\n\}\n)/;
const DIRECT = "\n    wasm = new WebAssembly.Instance(new WebAssembly.Module(module), __wbg_get_imports()).exports;";

/** `map` is what `wasm-opt --minify-imports-and-exports-and-modules` prints. */
export function shortenGlue(glue, { imports, exports }) {
  const foreign = imports.find(([module]) => module !== MODULE);
  if (foreign) throw new Problem(`the wasm imports from ${foreign[0]}: only ${MODULE} is known here`);
  const called = new Map([...glue.matchAll(IMPORT)].map(([, name, callee]) => [name, callee]));
  const direct = imports.map(([, long, short]) => {
    if (!called.has(long)) throw new Problem(`wasm-bindgen's glue has no function that only calls another for ${long}`);
    return `${short}: ${called.get(long)}`;
  });
  const begin = glue.indexOf("function __wbg_get_imports");
  const end = glue.indexOf("\n}\n", begin);
  const border = `function __wbg_get_imports() {\n    return { ${SHORT_MODULE}: { ${direct.join(", ")} } };`;
  let text = glue.slice(0, begin) + border + glue.slice(end);
  if (!OBJECTS.test(text)) throw new Problem("wasm-bindgen's glue has no functions for objects");
  if (!START.test(text)) throw new Problem("wasm-bindgen's glue has no initSync(module)");
  text = text.replace(START, DIRECT).replace(OBJECTS, "");
  text = text.replace(/\s+cachedUint8ArrayMemory0 = null;/, "").replace(DEPRECATED, "({$1} = $1)");
  // wasm-bindgen copies the crate's own JavaScript; npm/ imports it from where it is, and once is enough.
  text = text.replace(/'\.\/snippets\/[^/]+\//g, "'../../");
  const short = new Map(exports);
  return text.replace(/\bwasm\.(\w+)/g, (all, long) => (short.has(long) ? `wasm.${short.get(long)}` : all));
}
