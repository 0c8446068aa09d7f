// The ES module: import { io } from "socketio-wasm".

import "./load.js";

export * from "./index.js";
export { io, io as connect, io as default } from "./function.js";
