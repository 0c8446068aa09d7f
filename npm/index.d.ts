// socketio-wasm: the Socket.IO client in WebAssembly. The names and the type parameters are those of socket.io-client 4.8.
//
// Spec, Engine.IO: https://github.com/socketio/engine.io-protocol (revision 4)
// Spec, Socket.IO: https://github.com/socketio/socket.io-protocol (revision 5)

/** The names of events, each with the type of its listener. */
export interface EventsMap {
  [event: string]: any;
}

/** Any event, with any arguments: what is used when a socket is given no types. */
export interface DefaultEventsMap {
  [event: string]: (...args: any[]) => void;
}

type EventNames<Map extends EventsMap> = keyof Map & string;
type EventParams<Map extends EventsMap, Name extends EventNames<Map>> = Parameters<Map[Name]>;
type Listener<Map extends EventsMap, Reserved extends EventsMap, Name> = Name extends EventNames<Reserved>
  ? Reserved[Name]
  : Name extends EventNames<Map>
    ? Map[Name]
    : never;

/** The way Engine.IO packets are carried. Spec: Engine.IO, "Transports". */
export type TransportName = "websocket" | "polling";

/** Why a connection ended. After the first two there is no reconnection. */
export type DisconnectReason =
  /** The server disconnected this socket. Call {@link Socket.connect} to come back. */
  | "io server disconnect"
  /** {@link Socket.disconnect} was called. */
  | "io client disconnect"
  /** No ping came within `pingInterval + pingTimeout`. Spec: Engine.IO, "Heartbeat". */
  | "ping timeout"
  /** The server or the network closed the connection. */
  | "transport close"
  /** The connection failed: an HTTP error, or bytes that are not Engine.IO. */
  | "transport error"
  /** The server sent something that is not Socket.IO. */
  | "parse error"
  /** The connection below was closed by this side. */
  | "forced close";

/** What is known beyond the reason, where the browser says more. */
export interface DisconnectDetails {
  description: unknown;
  context?: unknown;
}

/** What the `connect_error` event brings. */
export interface ConnectError extends Error {
  /** What the server's middleware attached to its refusal. Spec: Socket.IO, "Connection to a namespace". */
  data?: any;
  /** `"TransportError"` when a transport failed. */
  type?: string;
  /** `"parser error"` when the server's answer is not Engine.IO. */
  code?: string;
  /** The HTTP status or the event of the browser, when a transport failed. */
  description?: unknown;
  /** The request, when long-polling failed. */
  context?: unknown;
}

/** What the server has as `socket.handshake.auth`. */
export interface AuthData {
  [key: string]: any;
}

/**
 * The data sent when the socket connects: an object, or a function called anew each time, which hands one over through
 * its argument or answers a promise of one. When it throws, or the promise is rejected, `connect_error` brings the error.
 */
export type Auth = AuthData | ((hand: (data: AuthData) => void) => void | Promise<AuthData | void>);

/** How a connection to a server behaves. All times are in milliseconds. */
export interface ManagerOptions {
  /**
   * The transports to use, in this order. A browser without `WebSocket` uses the others, and so does one whose
   * `WebSocket` fails or stays silent for {@link ManagerOptions.fallbackDelay}.
   * An unknown name throws. Default: `["websocket", "polling"]`.
   */
  transports: readonly TransportName[];
  /**
   * How long a transport may stay silent before the next one is tried beside it; the first to finish the handshake
   * is kept. `false`: never. Default: 2000.
   */
  fallbackDelay: number | false;
  /** Whether a connection that began with long-polling moves on to WebSocket. Default: true. Spec: Engine.IO, "Upgrade". */
  upgrade: boolean;
  /** The path of the server's HTTP requests; the path of the URL is the namespace. Default: `"/socket.io"`. */
  path: string;
  /** Query parameters of each request, beside those of the URL. On the same name, these win. Default: none. */
  query: string | { [key: string]: any };
  /** Whether a lost connection is made again. Default: true. */
  reconnection: boolean;
  /** How many times that is tried before giving up. Default: `Infinity`; so does 0. */
  reconnectionAttempts: number;
  /** The wait before the first new attempt, doubled with each. Default: 1000; so does 0. */
  reconnectionDelay: number;
  /** The longest wait between two attempts. Default: 5000; so does 0. */
  reconnectionDelayMax: number;
  /** By what part of itself, 0 to 1, a wait is changed at random, so that not all pages come back at once. Default: 0.5. */
  randomizationFactor: number;
  /** How long an attempt to connect may take, or `false` for no limit. Default: 20000. */
  timeout: number | false;
  /**
   * Whether requests to another origin carry cookies. Default: false.
   * See https://developer.mozilla.org/docs/Web/API/XMLHttpRequest/withCredentials
   */
  withCredentials: boolean;
  /** Whether to connect at once; otherwise {@link Socket.connect} does. Default: true. */
  autoConnect: boolean;
}

/** What one socket, a connection to one namespace, may be given. */
export interface SocketOptions {
  /** The data sent when this socket connects; the server has it as `socket.handshake.auth`. Default: none. */
  auth: Auth;
}

/** The options of {@link io}. */
export interface IoOptions extends ManagerOptions, SocketOptions {
  /** Whether to make a connection of its own instead of sharing that to the same server. Default: false. */
  forceNew: boolean;
  /** Whether to share the connection to the same server; `false` is the same as `forceNew: true`. Default: true. */
  multiplex: boolean;
}

/** The events that a socket itself brings about; they cannot be emitted. */
export interface SocketReservedEvents {
  /** The socket is connected, the first time or again; `socket.id` is new. */
  connect: () => void;
  /** An attempt to connect failed. While `socket.active`, another one follows. */
  connect_error: (error: ConnectError) => void;
  /** The connection is gone. While `socket.active`, it is made again. */
  disconnect: (reason: DisconnectReason, details?: DisconnectDetails) => void;
}

/** The events of a manager. */
export interface ManagerReservedEvents {
  /** The connection to the server is open. */
  open: () => void;
  /** The connection to the server is gone. */
  close: (reason: DisconnectReason, details?: DisconnectDetails) => void;
  /** An attempt to connect failed. */
  error: (error: ConnectError) => void;
  /** The server's ping was answered. Spec: Engine.IO, "Heartbeat". */
  ping: () => void;
  /** An attempt to come back begins: the first is 1. */
  reconnect_attempt: (attempt: number) => void;
  /** An attempt to come back failed. */
  reconnect_error: (error: ConnectError) => void;
  /** All `reconnectionAttempts` failed; no more follow. */
  reconnect_failed: () => void;
  /** The connection is back, with the attempt that brought it. */
  reconnect: (attempt: number) => void;
}

/** What sockets and managers have in common: listeners. All methods answer the object itself. */
declare abstract class Emitter<ListenEvents extends EventsMap, Reserved extends EventsMap> {
  /** Calls `listener` each time `event` comes. Throws a `TypeError` when it is no function. */
  on<Name extends EventNames<Reserved> | EventNames<ListenEvents>>(
    event: Name,
    listener: Listener<ListenEvents, Reserved, Name>,
  ): this;
  /** The same as {@link Emitter.on}. */
  addEventListener<Name extends EventNames<Reserved> | EventNames<ListenEvents>>(
    event: Name,
    listener: Listener<ListenEvents, Reserved, Name>,
  ): this;
  /** Calls `listener` the next time `event` comes, and then no more. Throws a `TypeError` when it is no function. */
  once<Name extends EventNames<Reserved> | EventNames<ListenEvents>>(
    event: Name,
    listener: Listener<ListenEvents, Reserved, Name>,
  ): this;
  /** Removes one listener of `event`, or all of `event`, or, without arguments, all. */
  off<Name extends EventNames<Reserved> | EventNames<ListenEvents>>(
    event?: Name,
    listener?: Listener<ListenEvents, Reserved, Name>,
  ): this;
  /** The same as {@link Emitter.off}. */
  removeListener<Name extends EventNames<Reserved> | EventNames<ListenEvents>>(
    event?: Name,
    listener?: Listener<ListenEvents, Reserved, Name>,
  ): this;
  /** The same as {@link Emitter.off}. */
  removeEventListener<Name extends EventNames<Reserved> | EventNames<ListenEvents>>(
    event?: Name,
    listener?: Listener<ListenEvents, Reserved, Name>,
  ): this;
  /** The same as {@link Emitter.off}. */
  removeAllListeners<Name extends EventNames<Reserved> | EventNames<ListenEvents>>(event?: Name): this;
}

/**
 * A connection to one namespace of a server.
 *
 * @typeParam ListenEvents the events the server emits
 * @typeParam EmitEvents the events this side emits
 */
export declare class Socket<
  ListenEvents extends EventsMap = DefaultEventsMap,
  EmitEvents extends EventsMap = ListenEvents,
> extends Emitter<ListenEvents, SocketReservedEvents> {
  private constructor();

  /** The connection to the server, which several sockets may share. */
  readonly io: Manager;
  /** The namespace, `"/"` by default. */
  readonly nsp: string;
  /** The name the server knows this socket by, `undefined` while not connected. Not the `sid` of the connection below. */
  readonly id: string | undefined;
  /** Whether the server has accepted this socket. */
  readonly connected: boolean;
  /** The opposite of {@link Socket.connected}. */
  readonly disconnected: boolean;
  /** Whether the socket is connected or on its way to be: after a loss, whether it comes back by itself. */
  readonly active: boolean;
  /** The data sent at the next connection. */
  auth: Auth | undefined;

  /**
   * Sends an event. The last argument may be a function: it is called with what the server answers.
   * Arguments are anything that JSON carries, and binary: `ArrayBuffer`, its views, `Blob`.
   * While not connected, events wait, and are sent in their order before `connect` listeners run.
   * Throws when the event has a name of {@link SocketReservedEvents}, or an argument cannot be turned into JSON.
   * Spec: Socket.IO, "Sending and receiving data", "Acknowledgement".
   */
  emit<Name extends EventNames<EmitEvents>>(event: Name, ...args: EventParams<EmitEvents, Name>): this;
  /** `emit("message", ...args)`. */
  send(...args: EmitEvents extends { message: (...args: infer Args) => any } ? Args : any[]): this;
  /** Connects, unless it is connected or about to be. */
  connect(): this;
  /** The same as {@link Socket.connect}. */
  open(): this;
  /** Disconnects, and does not come back until {@link Socket.connect}. The last socket closes the connection below. */
  disconnect(): this;
  /** The same as {@link Socket.disconnect}. */
  close(): this;
}

/** A connection to a server, with its reconnection, shared by the sockets of its namespaces. */
export declare class Manager extends Emitter<{}, ManagerReservedEvents> {
  private constructor();

  /** The Engine.IO connection of now; another one after each reconnection. */
  readonly engine: Engine;
}

/** The events of an Engine.IO connection. */
export interface EngineReservedEvents {
  /** The connection has moved from long-polling to WebSocket. */
  upgrade: (transport: Engine["transport"]) => void;
  /** It could not, and stays on long-polling. */
  upgradeError: (transport: Engine["transport"]) => void;
}

/** The Engine.IO connection below a manager. */
export interface Engine extends Emitter<{}, EngineReservedEvents> {
  /** The `sid` of the handshake. */
  readonly id: string | undefined;
  /** The transport in use. It changes when long-polling is upgraded to WebSocket. */
  readonly transport: { readonly name: TransportName };
}

/**
 * A socket for the namespace that the path of `uri` names, on the connection to its server.
 * It connects by itself, unless `autoConnect` is false.
 *
 * @param uri the server and the namespace; by default the page's own server and `/`
 * @throws when the URL is malformed, a transport's name is unknown or an option has the wrong type; the message names it
 */
export declare function io(uri: string, opts?: Partial<IoOptions>): Socket;
export declare function io(opts?: Partial<IoOptions>): Socket;
export declare function io(uri: undefined, opts?: Partial<IoOptions>): Socket;

export { io as connect, io as default };

/** The revision of the Socket.IO protocol: 5. */
export declare const protocol: 5;
