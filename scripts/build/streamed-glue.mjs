// The glue for socketio-wasm/init, where the wasm comes later: until then every use says so, in place of a TypeError.

import { Problem } from "../lib/problem.mjs";

const EARLY = `new Proxy({}, {
    get() {
        throw new Error("socketio-wasm: not ready, \`await init()\` comes first");
    },
})`;

/** [what wasm-bindgen writes, what it has to be, how often]. */
const changes = [
  ["wasmInstance, wasm;", `wasmInstance, wasm = ${EARLY};`, 1],
  ["if (wasm !== undefined) return wasm;", "if (wasmInstance) return wasm;", 1],
  // npm/init.js says where the file is. Bundlers would look for this one.
  ["new URL('socketio_wasm_bg.wasm', import.meta.url)", "undefined", 1],
];

export function streamedGlue(glue) {
  return changes.reduce((text, [from, to, times]) => {
    const parts = text.split(from);
    if (parts.length === times + 1) return parts.join(to);
    throw new Problem(`wasm-bindgen's glue has ${JSON.stringify(from)} ${parts.length - 1} times, not ${times}`);
  }, glue);
}
