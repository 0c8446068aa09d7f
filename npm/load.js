// Brings the wasm to life, which rides in this script as a text of one character per byte.
// `WASM_TEXT`, `WASM_MASK` and `WASM_CHECK` are put in by the build: see scripts/build/carry.mjs.

import { initSync } from "../target/npm/glue.js";

/* global WASM_TEXT, WASM_MASK, WASM_CHECK */

/** The text is in here and not an argument: what a module itself names is kept for as long as the page is. */
function start() {
  const text = WASM_TEXT;
  const bytes = new Uint8Array(text.length);
  let check = 0;
  // A loop, and a sum of 24 bits: it runs once, before the browser has compiled it well.
  for (let at = 0; at < text.length; at++) {
    bytes[at] = text.charCodeAt(at) ^ WASM_MASK;
    // The same sum as in scripts/build/carry.mjs. It depends on the order and on the length too.
    check = (check * 31 + bytes[at]) & 0xffffff;
  }
  // Seen when a server or a page says that the script is in another encoding than UTF-8.
  if (check !== WASM_CHECK) {
    throw new Error("socketio-wasm: the script arrived damaged; serve it as UTF-8 and unchanged");
  }
  initSync({ module: new WebAssembly.Module(bytes) });
}
start();
