// The other parser that servers use.

import { io } from "socketio-wasm";
import * as msgpack from "socket.io-msgpack-parser";
import byDefault from "socket.io-msgpack-parser";

io({ parser: msgpack });
io({ parser: byDefault });
