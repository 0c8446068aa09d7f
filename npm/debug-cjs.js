// The same for CommonJS: require("socketio-wasm/debug").

import "./debug.js";
import { io } from "./function.js";

module.exports = Object.assign(io, { default: io });
