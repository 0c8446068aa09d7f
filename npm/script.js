// The classic script: <script src="socketio.min.js"></script> gives the page `io`.

import "./shape.js";
import { Manager, Socket, io } from "../target/npm/glue.js";

globalThis.io = Object.assign(io, { Manager, Socket, connect: io, io });
