import "../errors.js";
import "../exchange.js";
import init, { io } from "socketio-wasm/init";

const server = new URLSearchParams(location.search).get("server") ?? undefined;
globalThis.exchanged = init().then(() => exchange(io, server));
