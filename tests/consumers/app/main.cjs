require("../errors.js");
require("../exchange.js");
const io = require("socketio-wasm");

globalThis.exchanged = exchange(io);
