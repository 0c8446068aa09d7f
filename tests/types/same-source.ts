// What people write against socket.io-client. This file is compiled twice: with this package's types, and with the
// reference's under this package's name.

import io, { connect, io as named, Manager, protocol, Socket } from "socketio-wasm";
import type {
  DisconnectDescription,
  ExtendedError,
  ManagerOptions,
  ManagerReservedEvents,
  SocketOptions,
  SocketReservedEvents,
} from "socketio-wasm";
import { Fetch, NodeWebSocket, NodeXHR, WebSocket, XHR } from "socketio-wasm";

interface ServerToClient {
  noArg: () => void;
  basic: (a: number, b: string, c: { d: number }) => void;
  withAck: (text: string, answer: (value: number) => void) => void;
}

interface ClientToServer {
  hello: (name: string) => void;
  ask: (text: string, done: (value: number) => void) => void;
  message: (text: string) => void;
}

const socket: Socket<ServerToClient, ClientToServer> = io("https://example.com/room", {
  auth: { token: "a" },
  query: { b: "c" },
  transports: ["websocket", "polling"],
});

socket.on("connect", () => socket.id?.length);
socket.on("connect_error", (err) => err.data satisfies unknown);
socket.on("connect_error", (err: ExtendedError) => err.message);
socket.on("connect_error", (err: Error) => err.message);
socket.on("disconnect", (reason: Socket.DisconnectReason, details?: DisconnectDescription) => {
  if (details && !(details instanceof Error)) console.log(reason, details.description.length, details.context);
});
socket.on("disconnect", (reason: string) => reason);
socket.on("noArg", () => {});
socket.on("basic", (a, b, { d }) => [a.toFixed(), b.length, d.toFixed()]);
socket.once("withAck", async (text, answer) => answer(text.length));
socket.off("basic").off("connect").off();
socket.removeAllListeners("basic").removeListener("noArg");
socket.listeners("basic").length;
socket.hasListeners("noArg") satisfies boolean;

socket.emit("hello", "world").emit("ask", "?", (value) => value.toFixed());
socket.volatile.emit("hello", "world");
socket.compress(true).emit("hello", "world");
socket.timeout(5000).emit("ask", "?", (err, value) => (err ? err.message : value.toFixed()));
socket.timeout(5000).emit("ask", "?", (err: Error, value: number) => value);
socket.emitWithAck("ask", "?").then((value) => value.toFixed());
socket.send("text");

socket.onAny((event, ...args) => console.log(event, args));
socket.onAny((event: string, ...args: any[]) => console.log(event, args));
socket.onAny((event: keyof ServerToClient) => console.log(event));
socket.prependAny(() => {}).offAny();
socket.onAnyOutgoing((event, ...args) => console.log(event, args)).offAnyOutgoing();
const catchers: ((...args: any[]) => void)[] = socket.listenersAny().concat(socket.listenersAnyOutgoing());

socket.auth = { token: "d" };
socket.auth = (cb) => cb({ token: "e" });
socket.sendBuffer = [];
console.log(socket.active, socket.connected, socket.disconnected, socket.recovered, socket.receiveBuffer.length);
socket.connect().open().disconnect().close();

socket.io.on("reconnect_attempt", (attempt) => attempt.toFixed());
socket.io.on("reconnect_error", (err: Error) => err.message);
socket.io.on("close", (reason: string) => reason);
socket.io.opts.transports = ["polling"];
socket.io.opts.query = { b: "f" };
socket.io.reconnection(false).reconnectionDelay(10).timeout(100).open((err) => err?.message);
socket.io.reconnectionAttempts() satisfies number;
socket.io.engine.on("upgrade", (transport) => transport.name);
socket.io.engine.on("packet", ({ type, data }) => console.log(type, data));
socket.io.engine.on("close", (reason) => reason);
socket.io.engine.once("drain", () => socket.io.engine.transport.name);
socket.io.engine.close();

// The usual shapes around it
let current: ReturnType<typeof io> | null = null;
current = io();
current.on("anything", (value) => value.deep.inside);
current = socket;
const untyped: Socket = socket;
const typed: Socket<ServerToClient, ClientToServer> = untyped;
const options: Partial<ManagerOptions & SocketOptions> = { autoConnect: false, ackTimeout: 1000, retries: 2 };
const fromVariable = { transports: ["websocket"], path: "/ws" };
named(options).connect();
connect("/admin", fromVariable).emit("anything", 1, [2], { three: 3 });
io(undefined, { forceNew: true });

const manager = new Manager("https://example.com", { reconnectionDelayMax: 10000 });
const admin: Socket<ServerToClient, ClientToServer> = manager.socket("/admin", { auth: { token: "g" } });
io({ transports: [Fetch, WebSocket] });
io({ transports: [NodeXHR, NodeWebSocket] });
console.log(protocol, XHR, catchers, typed, admin);

class Store<Listen extends Record<string, any>, Emit extends Record<string, any>> {
  readonly socket: Socket<Listen, Emit> = io({ autoConnect: false });

  send<Name extends keyof Emit & string>(name: Name, ...args: Parameters<Emit[Name]>) {
    this.socket.emit(name, ...args);
  }
}
new Store<ServerToClient, ClientToServer>().send("hello", "world");

// What tests and wrappers make of it
function waitFor(one: ServerSide | Socket, event: string) {
  return new Promise((resolve) => one.once(event, resolve));
}
interface ServerSide {
  once<Name extends string>(event: Name, listener: (...args: any[]) => void): this;
}
const fake: Partial<Socket> = { id: "me", connected: true, emit: (event: string, ...args: any[]) => named(event, ...args) };
Object.assign(fake, { recovered: true }).connected = false;
class Logging extends Socket {
  override emit(event: string, ...args: any[]) {
    return super.emit(event, ...args);
  }
}
const log = (...[event, ...args]: Parameters<Socket["emit"]>) => console.log(event.toUpperCase(), args);
const names: Record<Socket.DisconnectReason, string> = {
  "io server disconnect": "sent away",
  "io client disconnect": "left",
  "ping timeout": "silent",
  "transport close": "lost",
  "transport error": "broken",
  "parse error": "garbled",
};
const act = (action: { type: "a" | "b"; payload: unknown }) => console.log(action);
named().onAny((type, payload) => act({ type, payload }));
named().io.opts.query = { ...named().io.opts.query, token: "t" };
named().io.opts.transports?.reverse();
named().on("connect_error", (error: Error & { type?: "TransportError"; code?: number }) => log("failed", error.code));
named().io.engine.id.length;
named().sendBuffer.map(({ nsp }) => nsp.length);
waitFor(new Logging(named().io, "/"), names["ping timeout"]);

type Reserved = keyof SocketReservedEvents | keyof ManagerReservedEvents;
const reserved: Reserved[] = ["connect", "connect_error", "disconnect", "open", "reconnect_failed", "packet"];
console.log(reserved);

// @ts-expect-error: the server emits no such event
socket.on("hallo", () => {});
// @ts-expect-error: the name is a text
socket.emit("hello", 1);
// @ts-expect-error: the events of the socket itself cannot be emitted
socket.emit("connect");
