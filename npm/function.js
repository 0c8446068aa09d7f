// `io` with the other names as its properties: `io.connect(url)`, `new io.Manager(url)`.

import { Engine, Fetch, io, Manager, NodeWebSocket, NodeXHR, protocol, Socket, Transport } from "./index.js";
import { WebSocket, XHR } from "./index.js";

// One by one: for `import * as names` esbuild makes an object with a getter for each.
Object.assign(io, { Engine, Fetch, Manager, NodeWebSocket, NodeXHR, Socket, Transport, WebSocket, XHR });
Object.assign(io, { connect: io, io, protocol });

export { io };
