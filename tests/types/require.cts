// CommonJS: the module is the function itself, and has all names as properties.

import byDefault, { connect, Manager, Socket as Named, type SocketOptions } from "socketio-wasm";
import io = require("socketio-wasm");

const socket: io.Socket<{ hello: (counter: number) => void }> = io("https://example.com");
socket.on("hello", (counter) => counter.toFixed());

const same: typeof io.io = io;
same === connect;
byDefault === io.connect;
new io.Manager() satisfies Manager;
socket satisfies Named;

const options: SocketOptions & Partial<io.ManagerOptions> = { retries: 1, path: "/ws" };
io(options);
const reason: io.Socket.DisconnectReason = "ping timeout";
io.protocol satisfies 5;

class Pigeon extends io.Transport {
  get name() {
    return "pigeon";
  }
  doOpen() {}
  doClose() {}
  write() {}
}
io({ transports: [io.WebSocket, Pigeon] });

// @ts-expect-error: the browser has it, this package does not
io.WebTransport;
// @ts-expect-error: not a reason there is
const tired: io.Socket.DisconnectReason = "tired";

// What stands in for the function, in tests, needs none of the names.
interface Mock {
  (...args: any[]): any;
  mockReturnValue(value: unknown): this;
}
(connect as Mock).mockReturnValue(socket);
const other: typeof connect = (...args: any[]) => socket as any;
other("https://example.com");
