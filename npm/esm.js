// The ES module: import { io } from "socketio-wasm".

import "./shape.js";
import { io } from "../target/npm/glue.js";

export { Manager, Socket, io } from "../target/npm/glue.js";
export { io as connect, io as default };

/** The revision of the Socket.IO protocol. */
export const protocol = 5;
