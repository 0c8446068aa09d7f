// The ES module that says what it does: import { io } from "socketio-wasm/debug", and localStorage.debug = "*".

import createDebug from "debug";
import { writeTo } from "./debug-log.js";

const writers = {};
writeTo((namespace, ...words) => {
  writers[namespace] ??= createDebug(namespace);
  writers[namespace](...words);
});

export * from "./esm.js";
export { default } from "./esm.js";
