// All names of the package; the entries of this folder give them their form.

import { Engine } from "./engine.js";
import { io } from "./io.js";
import { Manager } from "./manager.js";
import { Socket } from "./socket.js";
import { Fetch, Transport, WebSocketTransport, XHR } from "./transport.js";

export { Engine, Fetch, io, Manager, Socket, Transport, XHR };
export { XHR as NodeXHR, WebSocketTransport as NodeWebSocket, WebSocketTransport as WebSocket };

/** The revision of the Socket.IO protocol. */
export const protocol = 5;
