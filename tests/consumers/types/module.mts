// A program of ES modules.

import whole, { Manager, Socket, connect, io, protocol, type ManagerOptions } from "socketio-wasm";
import init, { io as ioAfterInit } from "socketio-wasm/init";
import { io as ioThatLogs } from "socketio-wasm/debug";

const options: Partial<ManagerOptions> = { reconnection: false };
export const sockets: Socket[] = [whole("/"), connect("/"), io("/", options), ioThatLogs("/")];
export const manager: Manager = io("/").io;
export const revision: 5 = protocol;

await init();
await init(new URL("socketio.wasm", "https://example.com"));
await init(fetch("socketio.wasm"));
await init(new Uint8Array());
export const socket: Socket = ioAfterInit("/");
