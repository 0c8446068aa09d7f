// The CommonJS module: const io = require("socketio-wasm"), or const { io } = require("socketio-wasm").

import { io } from "./function.js";
import "./load.js";

// `default` is what `import io from "socketio-wasm"` becomes in compilers that know no other interoperation.
module.exports = Object.assign(io, { default: io });
