import init, { io } from "./socketio.init.js";

globalThis.exchanged = init().then(() => exchange(io));
