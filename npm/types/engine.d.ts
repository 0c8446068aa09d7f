// The connection below: Engine.IO, which is all that is needed where there are no events.

import type { DisconnectDescription, EnginePacket, HandshakeData, RawData } from "./errors.js";
import type { Emitter } from "./events.js";
import type { EngineOptions } from "./options.js";
import type { Transport, TransportName } from "./transport.js";

/** The events of an {@link Engine}. */
export interface EngineReservedEvents {
  /** The session is there, and messages can be sent. */
  open: () => void;
  /** The server has answered; comes before `open`. */
  handshake: (data: HandshakeData) => void;
  /** A message came. */
  message: (data: RawData) => void;
  /** The same as `message`. */
  data: (data: RawData) => void;
  /** A packet came. */
  packet: (packet: EnginePacket) => void;
  /** A packet waits to be sent. */
  packetCreate: (packet: EnginePacket) => void;
  /** What waited was handed to the transport. */
  flush: () => void;
  /** All of it was sent. */
  drain: () => void;
  /** The server's ping came. Spec: Engine.IO, "Heartbeat". */
  ping: () => void;
  /** It was answered. */
  pong: () => void;
  /** A packet came: the connection is known to be alive. */
  heartbeat: () => void;
  /** The connection failed. */
  error: (err: string | Error) => void;
  /** Another transport works and is about to be used. */
  upgrading: (transport: EngineTransport) => void;
  /** The connection has moved from long-polling to WebSocket. */
  upgrade: (transport: EngineTransport) => void;
  /** It could not, and stays on long-polling. */
  upgradeError: (err: Error) => void;
  /** The connection is gone. */
  close: (reason: string, description?: DisconnectDescription) => void;
}

/** The transport in use, as one sees it from outside: {@link Transport} without what only a subclass may touch. */
export type EngineTransport = Pick<Transport, "name" | "query" | "writable"> & {
  readonly readyState: string;
};

/** Options of one message. */
export interface WriteOptions {
  /** Accepted; a browser decides by itself. */
  compress?: boolean;
}

/**
 * A connection to an Engine.IO server, by the transport that works. With its handlers it is used as a `WebSocket` is.
 * There is no reconnection: {@link Manager} has it.
 *
 * @example
 * const engine = new Engine("https://example.com");
 * engine.onopen = () => engine.send("hello");
 * engine.onmessage = ({ data }) => console.log(data);
 */
export declare class Engine extends Emitter<{}, EngineReservedEvents> {
  /**
   * Connects at once.
   * @param uri the server; by default the page's own
   * @throws when the URL is malformed or an option has the wrong type
   */
  constructor(uri?: string, opts?: EngineOptions);
  constructor(opts: EngineOptions);

  /** Of the class itself: the revision of the Engine.IO protocol, 4. */
  static readonly protocol: 4;

  /** The `sid` of the handshake; before it and after the end there is none. */
  readonly id: string;
  /** The transport in use. It changes when long-polling is upgraded to WebSocket. */
  readonly transport: EngineTransport;
  /** Where the connection is in its life. */
  readonly readyState: "opening" | "open" | "closing" | "closed";
  /** Whether another transport is about to be used. */
  readonly upgrading: boolean;
  /** What waits to be sent. */
  readonly writeBuffer: EnginePacket[];
  /**
   * How many bytes wait to be handed to the network.
   * See https://developer.mozilla.org/docs/Web/API/WebSocket/bufferedAmount
   */
  readonly bufferedAmount: number;
  /** As what binary arrives; also an option of `io`. `"nodebuffer"`: as a `Buffer`, in Node. Default: `"arraybuffer"`. */
  binaryType: "arraybuffer" | "blob" | "nodebuffer";
  /** The options, with some of their defaults. */
  readonly opts: EngineOptions;
  /** The server. */
  readonly hostname: string;
  /** Its port. */
  readonly port: string | number;
  /** Whether `https` and `wss` are used. */
  readonly secure: boolean;

  /** Called when the connection is open. */
  onopen: ((event?: any) => void) | null;
  /** Called with each message. */
  onmessage: ((event: { data: RawData }) => void) | null;
  /** Called when the connection is gone. */
  onclose: ((event?: any) => void) | null;
  /** Called when the connection failed. */
  onerror: ((event?: any) => void) | null;

  /**
   * Sends a message: a text, or binary. Ignored when the connection is closed.
   * @param fn called when the message was handed to the transport
   */
  send(data: RawData, options?: WriteOptions | null, fn?: () => void): this;
  /** The same as {@link Engine.send}. */
  write(data: RawData, options?: WriteOptions | null, fn?: () => void): this;
  /**
   * Sends what waits, then closes the connection. One that is not open yet is closed at once, without what waits for
   * it.
   */
  close(): this;
}
