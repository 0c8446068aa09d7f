// The classic script: <script src="socketio.min.js"></script> gives the page `io`.

import { io } from "./function.js";
// Last: brotli does better when all the text is in one piece.
import "./load.js";

globalThis.io = io;
