import { io } from "./socketio.esm.js";

globalThis.exchanged = exchange(io);
