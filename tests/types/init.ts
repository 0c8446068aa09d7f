// The module whose wasm comes later has the same names; its default is what starts it.

import init, { io, type Socket } from "socketio-wasm/init";
import { io as debugging } from "socketio-wasm/debug";

await init();
await init(new URL("socketio.wasm", "https://example.com"));
await init(fetch("/socketio.wasm"));

const socket: Socket<{ hello: (counter: number) => void }> = io();
socket.on("hello", (counter) => counter.toFixed());
debugging("https://example.com") satisfies Socket;

// @ts-expect-error: not a place where a wasm can be
await init(null);
