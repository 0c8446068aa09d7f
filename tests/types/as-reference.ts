// Nothing that socket.io-client declares is missing, and where both have a type, ours takes the place of theirs.

import type * as Reference from "socket.io-client";
import type * as Ours from "socketio-wasm";

interface Events {
  hello: (counter: number) => void;
  ask: (text: string, done: (value: number) => void) => void;
}

/** Compiles when there is nothing in it. What is private there, but declared, begins with an underscore. */
declare function none<Missing extends never>(): Missing;
type Missing<Theirs, Own> = Exclude<keyof Theirs, keyof Own | `_${string}`>;

type TheirSocket = Reference.Socket<Events, Events>;
type OurSocket = Ours.Socket<Events, Events>;
type TheirEngine = Reference.Manager["engine"];

// What the module exports. WebTransport is left out; see docs/migration.md.
none<Exclude<Missing<typeof Reference, typeof Ours>, "WebTransport">>();
none<Missing<TheirSocket, OurSocket>>();
// A manager has no events that could be emitted.
none<Exclude<Missing<Reference.Manager, Ours.Manager>, "emit">>();
none<Exclude<Missing<TheirEngine, Ours.Engine>, "emit">>();
none<Missing<Reference.ManagerOptions, Ours.ManagerOptions>>();
none<Missing<Reference.SocketOptions, Ours.SocketOptions>>();
none<Missing<Reference.SocketReservedEvents, Ours.SocketReservedEvents>>();
none<Missing<Reference.ManagerReservedEvents, Ours.ManagerReservedEvents>>();

// Options that were written for the reference, but for its classes of transports and for an option that takes anything.
type Own = "transports" | "transportImplementations" | "transportOptions";
declare const options: Partial<Reference.ManagerOptions & Reference.SocketOptions>;
options satisfies Partial<Omit<Ours.ManagerOptions, Own> & Ours.SocketOptions>;

// Listeners that were written for the reference
declare const socketEvents: Reference.SocketReservedEvents;
socketEvents.connect satisfies Ours.SocketReservedEvents["connect"];
socketEvents.connect_error satisfies Ours.SocketReservedEvents["connect_error"];
declare const managerEvents: Reference.ManagerReservedEvents;
managerEvents satisfies Omit<Ours.ManagerReservedEvents, "drain">;

// A function that asks for some of the reference's socket takes ours.
declare function wantsReference(
  socket: Pick<TheirSocket, "id" | "connected" | "disconnected" | "active" | "recovered" | "receiveBuffer">,
): void;
declare const socket: OurSocket;
wantsReference(socket);

// Each method can be called with what the reference's can.
type Methods = "connect" | "open" | "disconnect" | "close" | "compress" | "timeout" | "onAny" | "offAny" | "prependAny";
declare const calls: Pick<OurSocket, Methods | "emit" | "emitWithAck">;
calls satisfies { [Name in Methods]: (...args: Parameters<TheirSocket[Name]>) => unknown };
calls.emit satisfies (...args: Parameters<TheirSocket["emit"]>) => unknown;

// @ts-expect-error: this test can fail
none<Missing<{ a: 1; b: 2 }, { a: 1 }>>();
