// The connection to a server, with its reconnection.

import type { Engine } from "./engine.js";
import type { DisconnectDescription, ExtendedError, Packet } from "./errors.js";
import type { DefaultEventsMap, Emitter, EventsMap } from "./events.js";
import type { ManagerOptions, SocketOptions } from "./options.js";
import type { DisconnectReason, Socket } from "./socket.js";

/** The events of a {@link Manager}. */
export interface ManagerReservedEvents {
  /** The connection to the server is open. */
  open: () => void;
  /** The connection to the server is gone. */
  close: (reason: DisconnectReason | "forced close", description?: DisconnectDescription) => void;
  /** An attempt to connect failed. */
  error: (err: ExtendedError) => void;
  /** The server's ping was answered. Spec: Engine.IO, "Heartbeat". */
  ping: () => void;
  /** A packet came, for any of the sockets. */
  packet: (packet: Packet) => void;
  /** An attempt to come back begins: the first is 1. */
  reconnect_attempt: (attempt: number) => void;
  /** An attempt to come back failed. */
  reconnect_error: (err: ExtendedError) => void;
  /** All `reconnectionAttempts` failed; no more follow. */
  reconnect_failed: () => void;
  /** The connection is back, with the attempt that brought it. Comes before the sockets' `connect`. */
  reconnect: (attempt: number) => void;
  /** Everything that was emitted has been handed to the network: {@link Socket.bufferedAmount} is 0. */
  drain: () => void;
}

/**
 * A connection to a server, with its reconnection, shared by the sockets of its namespaces.
 * {@link io} makes one for each server; one that is made by `new` is not shared with it.
 *
 * @typeParam ListenEvents the events the server emits
 * @typeParam EmitEvents the events this side emits
 */
export declare class Manager<
  ListenEvents extends EventsMap = DefaultEventsMap,
  EmitEvents extends EventsMap = ListenEvents,
> extends Emitter<{}, ManagerReservedEvents> {
  /**
   * Connects at once, unless `autoConnect` is false.
   * @param uri the server; by default the page's own
   * @throws when the URL is malformed or an option has the wrong type; the message names it
   */
  constructor(uri?: string, opts?: Partial<ManagerOptions>);
  constructor(opts: Partial<ManagerOptions>);
  constructor(uri?: string | Partial<ManagerOptions>, opts?: Partial<ManagerOptions>);

  /** The Engine.IO connection of now; another one after each reconnection, and `undefined` before the first. */
  readonly engine: Engine;
  /** The options. What is changed here counts from the next attempt to connect on. */
  opts: Partial<ManagerOptions>;
  /** Where the connection is in its life. Not documented by the reference, but used. */
  readonly _readyState: "opening" | "open" | "closed";
  /** Whether attempts to come back are under way. Not documented by the reference, but used. */
  readonly _reconnecting: boolean;

  /**
   * The socket of a namespace: a new one, or the one that is there, in which case `opts` is ignored.
   * It connects by itself, unless `autoConnect` is false.
   */
  socket<Listen extends EventsMap = ListenEvents, Emit extends EventsMap = EmitEvents>(
    nsp: string,
    opts?: Partial<SocketOptions>,
  ): Socket<Listen, Emit>;
  socket(nsp: string, opts?: Partial<SocketOptions>): Socket;
  /**
   * Connects, unless it is connected or about to be.
   * @param fn called when that has succeeded, or with the error; with it, a failure is not followed by another attempt
   */
  open(fn?: (err?: Error) => void): this;
  /** The same as {@link Manager.open}. */
  connect(fn?: (err?: Error) => void): this;
  /** Closes the connection, for all its sockets. Not documented by the reference, but used. */
  _close(): void;

  /** Gets or sets {@link ManagerOptions.reconnection}. `false` ends attempts under way, too. */
  reconnection(): boolean;
  reconnection(value: boolean): this;
  reconnection(value?: boolean): this | boolean;
  /** Gets or sets {@link ManagerOptions.reconnectionAttempts}. */
  reconnectionAttempts(): number;
  reconnectionAttempts(value: number): this;
  reconnectionAttempts(value?: number): this | number;
  /** Gets or sets {@link ManagerOptions.reconnectionDelay}, in milliseconds. */
  reconnectionDelay(): number;
  reconnectionDelay(value: number): this;
  reconnectionDelay(value?: number): this | number;
  /** Gets or sets {@link ManagerOptions.reconnectionDelayMax}, in milliseconds. */
  reconnectionDelayMax(): number;
  reconnectionDelayMax(value: number): this;
  reconnectionDelayMax(value?: number): this | number;
  /** Gets or sets {@link ManagerOptions.randomizationFactor}. */
  randomizationFactor(): number;
  randomizationFactor(value: number): this;
  randomizationFactor(value?: number): this | number;
  /** Gets or sets {@link ManagerOptions.timeout}, in milliseconds. */
  timeout(): number | boolean;
  timeout(value: number | boolean): this;
  timeout(value?: number | boolean): this | number | boolean;
}
