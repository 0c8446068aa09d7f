// The ES module with the wasm beside it: import init, { io } from "socketio-wasm/init"; await init();
// The glue is made ready for it by scripts/build/streamed-glue.mjs.

import start from "../target/npm/glue.js";

export * from "./index.js";
export { io, io as connect } from "./function.js";

/**
 * Fetches and compiles the wasm at the same time. A second call waits for the first; after a failure it tries again.
 * Bundlers find the file by the expression here, which is relative to dist/.
 */
export default async function init(source = new URL("socketio.wasm", import.meta.url)) {
  try {
    await start({ module_or_path: source });
  } catch (cause) {
    // A server that has no such file may answer with a page: then the cause alone is about "magic words".
    const place = typeof source === "string" || source instanceof URL ? ` at ${source}` : "";
    throw new Error(`socketio-wasm: there is no wasm${place}: ${cause.message}`, { cause });
  }
}
