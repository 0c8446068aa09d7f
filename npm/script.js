// The classic script: <script src="socketio.min.js"></script> gives the page `io`.

import "./load.js";
import { io } from "./function.js";

globalThis.io = io;
