// Brings the wasm to life, which rides in this script as a text of one character per byte.
// `WASM_TEXT`, `WASM_MASK` and `WASM_CHECK` are put in by the build: see scripts/build/carry.mjs.

import { initSync } from "../target/npm/glue.js";

/* global WASM_TEXT, WASM_MASK, WASM_CHECK */

function start(text) {
  let check = 0;
  const bytes = Uint8Array.from(text, (character) => {
    const byte = character.charCodeAt() ^ WASM_MASK;
    // The same sum as in scripts/build/carry.mjs. It depends on the order and on the length too.
    check = (check * 31 + byte) | 0;
    return byte;
  });
  // Seen when a server or a page says that the script is in another encoding than UTF-8.
  if (check !== WASM_CHECK) {
    throw new Error("socketio-wasm: the script arrived damaged; serve it as UTF-8 and unchanged");
  }
  initSync({ module: new WebAssembly.Module(bytes) });
}
start(WASM_TEXT);
