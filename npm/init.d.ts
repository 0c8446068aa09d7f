// socketio-wasm/init: the same names, after the wasm has come.

export * from "./socketio.js";

/** Where the wasm is: its address, the answer to a request for it, its bytes, or what they were compiled to. */
export type WasmSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Fetches and compiles the wasm; nothing else of this module may be used before. Default: `socketio.wasm` beside the
 * script. A second call waits for the first. Rejects when the file cannot be had or is no wasm.
 */
export default function init(source?: WasmSource | Promise<WasmSource>): Promise<void>;
