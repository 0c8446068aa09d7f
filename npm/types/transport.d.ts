// The transports of Engine.IO, and the class to write another one.

import type { DisconnectDetails, EnginePacket, ExtendedError, RawData } from "./errors.js";
import type { Emitter, EventParams } from "./events.js";
import type { EngineOptions } from "./options.js";

/**
 * The name of a transport: `"websocket"` or `"polling"`; in {@link Engine.transport} also that of a class of yours, which the
 * option takes as the class itself.
 * `"webtransport"` is accepted and left out.
 */
export type TransportName = "websocket" | "polling" | "webtransport" | (string & {});

/** A class of yours that extends {@link Transport}. */
export type TransportCtor = new (opts: any) => Transport;

/** One of the library's own transports, to be listed in {@link EngineOptions.transports}. */
export interface BuiltInTransport {
  /** It extends {@link Transport}, and cannot be used but in the list. */
  readonly prototype: Transport;
}

/** The events of a transport. */
export interface TransportReservedEvents {
  /** It can carry packets. */
  open: () => void;
  /** It failed. */
  error: (err: ExtendedError) => void;
  /** A packet came. */
  packet: (packet: EnginePacket) => void;
  /** It ended. */
  close: (details?: DisconnectDetails) => void;
  /** All that it was given is on its way, and it takes more. */
  drain: () => void;
}

/** Where a transport is in its life. */
export type TransportState = "opening" | "open" | "closed";

/**
 * The class to extend for a transport of your own, which then is listed in {@link EngineOptions.transports}.
 * It has to have `name`, `doOpen`, `doClose` and `write`, and calls `onOpen`, `onData` or `onPacket`, `onClose` and
 * `onError`.
 *
 * @example
 * class Pigeon extends Transport {
 *   bird: any;
 *   get name() { return "pigeon"; }
 *   doOpen() {
 *     this.bird = new Bird(this.createUri("https"));
 *     this.bird.onready = () => this.onOpen();
 *     this.bird.onarrival = (text: string) => this.onData(text);
 *   }
 *   doClose() { this.bird.release(); }
 *   // Spec: Engine.IO, "Protocol": a digit for the type, then the data; `onData` reads the same.
 *   async write(packets: EnginePacket[]) {
 *     const types = ["open", "close", "ping", "pong", "message", "upgrade", "noop"];
 *     this.writable = false;
 *     for (const { type, data = "" } of packets) await this.bird.carry(`${types.indexOf(type)}${data}`);
 *     this.writable = true;
 *     this.emit("drain");
 *   }
 * }
 */
export declare abstract class Transport extends Emitter<{}, TransportReservedEvents> {
  /**
   * Called by the library, once for each attempt to connect and each upgrade.
   * @param opts the options of the connection, with those of `transportOptions` for this transport
   */
  constructor(opts: any);

  /** The parameters of its requests. */
  query: Record<string, string>;
  /** Whether `write` may be called. Set it to false while a `write` is under way. */
  writable: boolean;
  /** The options of the connection, with those of `transportOptions` for this transport. */
  protected opts: EngineOptions;
  /** Where it is in its life. */
  protected readyState: TransportState;

  /** The transport's name, in lower case. */
  abstract get name(): string;
  /** Opens the connection; ends in `onOpen` or `onError`. */
  protected abstract doOpen(): any;
  /** Closes the connection. */
  protected abstract doClose(): any;
  /** Sends packets; called only while {@link Transport.writable}. */
  protected abstract write(packets: EnginePacket[]): any;

  /** Opens the transport. Called by the library. */
  open(): this;
  /** Closes the transport. Called by the library. */
  close(): this;
  /** Sends packets. Called by the library. */
  send(packets: EnginePacket[]): void;

  /** Says that the transport is open, and makes it {@link Transport.writable}. */
  protected onOpen(): void;
  /** Hands over one packet as it came: a text, or binary. */
  protected onData(data: RawData): void;
  /** Hands over one packet. */
  protected onPacket(packet: EnginePacket): void;
  /** Says that the transport has ended. */
  protected onClose(details?: DisconnectDetails): void;
  /** Says that the transport has failed; `reason` becomes the message of the error. */
  protected onError(reason: string, description?: any, context?: any): this;
  /**
   * The address for a request, with the protocol's own parameters and those of `query`. Its scheme is `ws` or `http`, as
   * `schema` begins, with an `s` when the connection is secure. Default for `query`: none.
   */
  protected createUri(schema: string, query?: Record<string, unknown>): string;
  /** Calls the listeners of one of the transport's events. */
  emit<Name extends keyof TransportReservedEvents>(
    event: Name,
    ...args: EventParams<TransportReservedEvents, Name>
  ): this;
  /** The same as {@link Transport.emit}. */
  protected emitReserved<Name extends keyof TransportReservedEvents>(
    event: Name,
    ...args: EventParams<TransportReservedEvents, Name>
  ): this;
}

/** HTTP long-polling by `XMLHttpRequest`. See https://developer.mozilla.org/docs/Web/API/XMLHttpRequest */
export declare const XHR: BuiltInTransport;

/**
 * HTTP long-polling by `fetch`: for service workers and Node, which have no `XMLHttpRequest`.
 * The name `"polling"` chooses by itself. See https://developer.mozilla.org/docs/Web/API/Fetch_API
 */
export declare const Fetch: BuiltInTransport;

/** The browser's WebSocket. See https://developer.mozilla.org/docs/Web/API/WebSocket */
export declare const WebSocket: BuiltInTransport;

/** The same as {@link XHR}. */
export declare const NodeXHR: BuiltInTransport;

/** The same as {@link WebSocket}. */
export declare const NodeWebSocket: BuiltInTransport;
