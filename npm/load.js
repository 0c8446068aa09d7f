// Brings the wasm to life, which rides in this script as a text of one character per byte.
// `WASM_TEXT`, `WASM_MASK` and `WASM_CHECK` are put in by the build: see scripts/build/carry.mjs.

import { fromBase64 } from "../src/web/host.js";
import { initSync } from "../target/npm/glue.js";
import { loadBy } from "./core.js";

/* global WASM_TEXT, WASM_MASK, WASM_CHECK */

function start(text) {
  let words;
  let check = 0;
  try {
    // There and back again in base64, as the browser itself does that; then four bytes at a time: this runs once, before
    // the browser has compiled it.
    words = new Int32Array(fromBase64(btoa(text)));
    // The same sum as in scripts/build/carry.mjs. It depends on the order and on the length too.
    for (let at = 0; at < words.length; at++) check = (check * 31 + (words[at] ^= WASM_MASK)) | 0;
  } catch {
    // Characters that are no bytes, or bytes that are no words.
  }
  // Seen when a server or a page says that the script is in another encoding than UTF-8.
  if (check !== WASM_CHECK) {
    throw new Error("socketio-wasm: the script arrived damaged; serve it as UTF-8 and unchanged");
  }
  try {
    initSync(words);
  } catch (error) {
    // Where a Content Security Policy forbids it, the browser names a wider permission than is needed.
    error.message = `socketio-wasm: no WebAssembly, for which a policy must have 'wasm-unsafe-eval': ${error.message}`;
    throw error;
  }
}

// The text is in a function: what a module itself names is kept for as long as the page is.
// Nothing but exports comes behind it: brotli does better.
loadBy(() => start(WASM_TEXT));
