// The classic script: <script src="socketio.min.js"></script> gives the page `io`.

import { io } from "./function.js";
// Last: see there.
import "./load.js";

globalThis.io = io;
