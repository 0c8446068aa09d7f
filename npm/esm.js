// The ES module: import { io } from "socketio-wasm".

export * from "./index.js";
export { io, io as connect, io as default } from "./function.js";

// Last: see there.
import "./load.js";
