import "./exchange.js";
import "./answer.js";
import { io } from "./socketio.esm.js";

globalThis.io = io;
