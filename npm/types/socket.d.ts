// A connection to one namespace of a server.

import type { DisconnectDescription, ExtendedError, Packet } from "./errors.js";
import type {
  AckValue,
  AnyListener,
  ArgsBeforeAck,
  DecorateAcknowledgements,
  DefaultEventsMap,
  Emitter,
  EventNames,
  EventParams,
  EventsMap,
} from "./events.js";
import type { Manager } from "./manager.js";
import type { Durable } from "./outbox.js";
import type { Auth, SocketOptions } from "./options.js";

/**
 * Why a connection ended. After the first two there is no reconnection. There is one more, `"forced close"`, where the
 * page itself ends the connection below by {@link Engine.close}, or stays after `beforeunload`; code that lists those
 * of `socket.io-client` has six.
 */
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
  | "parse error";

// People write Socket.DisconnectReason.
declare namespace Socket {
  export { DisconnectReason };
}

/** The events that a socket itself brings about; they cannot be emitted. */
export interface SocketReservedEvents {
  /** The socket is connected, the first time or again; `socket.id` is new. */
  connect: () => void;
  /** An attempt to connect failed. While {@link Socket.active}, another one follows. */
  connect_error: (err: ExtendedError) => void;
  /** The connection is gone. While {@link Socket.active}, it is made again. */
  disconnect: (reason: DisconnectReason, description?: DisconnectDescription) => void;
}

/**
 * A connection to one namespace of a server.
 *
 * @typeParam ListenEvents the events the server emits
 * @typeParam EmitEvents the events this side emits
 *
 * @example
 * interface ServerToClient { hello: (counter: number) => void }
 * interface ClientToServer { add: (a: number, b: number, done: (sum: number) => void) => void }
 *
 * const socket: Socket<ServerToClient, ClientToServer> = io();
 * socket.on("hello", (counter) => console.log(counter));
 * const sum = await socket.timeout(5000).emitWithAck("add", 1, 2);
 */
declare class Socket<
  ListenEvents extends EventsMap = DefaultEventsMap,
  EmitEvents extends EventsMap = ListenEvents,
> extends Emitter<ListenEvents, SocketReservedEvents> {
  /** A socket that is not connected yet. {@link io} and {@link Manager.socket} make it. */
  constructor(io: Manager<any, any>, nsp: string, opts?: Partial<SocketOptions>);

  /** The connection to the server, which several sockets may share. */
  readonly io: Manager<ListenEvents, EmitEvents>;
  /** The namespace, `"/"` by default. */
  readonly nsp: string;
  /**
   * The name the server knows this socket by, `undefined` while not connected. It is not the `sid` of the connection
   * below.
   */
  id: string | undefined;
  /** Whether the server has accepted this socket. */
  connected: boolean;
  /** The opposite of {@link Socket.connected}. */
  readonly disconnected: boolean;
  /**
   * Whether the socket is connected or wants to be: false after {@link Socket.disconnect}, a refusal and
   * `io server disconnect`. While it is true attempts follow, unless `reconnection` is off or
   * `reconnectionAttempts` are used up.
   */
  readonly active: boolean;
  /**
   * Whether, at this connection, the server has recovered the state of the one before, and sends what was missed.
   * Spec: Socket.IO, "Connection state recovery".
   */
  recovered: boolean;
  /** The data sent at the next connection; `undefined` when none was given. */
  auth: Auth;
  /** What waits for the connection. Emptying it drops what waits. */
  sendBuffer: Packet[];
  /** The events that came before the server accepted this socket. */
  receiveBuffer: ReadonlyArray<any>[];
  /**
   * How many bytes wait to be handed to the network, those of the other sockets of this connection included.
   * See https://developer.mozilla.org/docs/Web/API/WebSocket/bufferedAmount and {@link ManagerReservedEvents.drain}.
   */
  readonly bufferedAmount: number;

  /** Connects, unless it is connected or about to be. */
  connect(): this;
  /** The same as {@link Socket.connect}. */
  open(): this;
  /** Disconnects, and does not come back until {@link Socket.connect}. The last socket closes the connection below. */
  disconnect(): this;
  /** The same as {@link Socket.disconnect}. */
  close(): this;

  /**
   * Sends an event. The last argument may be a function: it is called with what the server answers.
   * Arguments are anything that JSON carries, and binary: `ArrayBuffer`, its views, `Blob`, `File`.
   * While not connected, events wait, and are sent in their order before `connect` listeners run.
   *
   * An acknowledgement that waits when the connection ends is called with an `Error` if it takes one
   * ({@link Socket.timeout}, {@link SocketOptions.ackTimeout}), and else dropped.
   *
   * Spec: Socket.IO, "Sending and receiving data", "Acknowledgement".
   *
   * @throws when the event has a name of {@link SocketReservedEvents}, is `disconnecting`, `newListener` or
   * `removeListener`, or is neither text nor number, when an argument
   * cannot be turned into JSON, when there are more attachments than {@link ManagerOptions.maxAttachments}, when
   * long-polling is in use and the event is larger than the server's `maxPayload`, and when
   * {@link SocketOptions.maxBuffered} is reached
   */
  emit<Name extends EventNames<EmitEvents>>(event: Name, ...args: EventParams<EmitEvents, Name>): this;
  /**
   * Sends an event, and resolves to what the server answers: to the first of its arguments.
   * Rejected when the answer does not come within {@link Socket.timeout} or {@link SocketOptions.ackTimeout}, or when
   * the connection ends before; also where {@link Socket.emit} throws.
   */
  emitWithAck<Name extends EventNames<EmitEvents>>(
    event: Name,
    ...args: ArgsBeforeAck<EventParams<EmitEvents, Name>>
  ): Promise<AckValue<EventParams<EmitEvents, Name>>>;
  /** `emit("message", ...args)`. */
  send(...args: EmitEvents extends { message: (...args: infer Args) => any } ? Args : any[]): this;

  /**
   * For the next event only: how long its answer may take, in milliseconds. Its acknowledgement gets an error first:
   * `null` when the answer came.
   *
   * @example
   * socket.timeout(5000).emit("add", 1, 2, (err, sum) => console.log(err ? "no answer" : sum));
   */
  timeout(timeout: number): Socket<ListenEvents, DecorateAcknowledgements<EmitEvents>>;
  /**
   * For the next event only: it is dropped, not kept, when it cannot be sent right now, as there is no connection or
   * the transport is busy.
   */
  readonly volatile: this;
  /**
   * Emits that outlive the page; with the option {@link SocketOptions.outbox}, and `undefined` without it.
   *
   * @example
   * await socket.durable.emit("order", { tea: 2 });
   */
  readonly durable: Durable<EmitEvents>;
  /** For the next event only: accepted; a browser decides by itself whether to compress. */
  compress(compress: boolean): this;

  /** Calls `listener` for each event that the server emits, before the listeners of that event. */
  onAny(listener: AnyListener): this;
  /** The same, before the listeners that were added by {@link Socket.onAny}. */
  prependAny(listener: AnyListener): this;
  /** Removes one listener of all events, or all such listeners. */
  offAny(listener?: AnyListener): this;
  /** The listeners of all events, in their order. */
  listenersAny(): ((...args: any[]) => void)[];
  /** Calls `listener` for each event when it is sent. Acknowledgements are not among its arguments. */
  onAnyOutgoing(listener: AnyListener): this;
  /** The same, before the listeners that were added by {@link Socket.onAnyOutgoing}. */
  prependAnyOutgoing(listener: AnyListener): this;
  /** Removes one listener of sent events, or all such listeners. */
  offAnyOutgoing(listener?: AnyListener): this;
  /** The listeners of sent events, in their order. */
  listenersAnyOutgoing(): ((...args: any[]) => void)[];
}

export { Socket };
