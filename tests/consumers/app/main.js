import "../errors.js";
import "../exchange.js";
import { io } from "socketio-wasm";

// A development server is not the Socket.IO server: its page is told where that is.
const server = new URLSearchParams(location.search).get("server") ?? undefined;
globalThis.exchanged = exchange(io, server);
