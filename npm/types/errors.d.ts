// Why a connection failed or ended, and the packets of the two protocols.

/** What is known beyond the reason of a disconnection. */
export interface DisconnectDetails {
  /** In words, such as `"websocket connection closed"` or `"network connection lost"`. */
  description: string;
  /** The event of the browser or the request that ended it. */
  context?: unknown;
}

/** What the `disconnect` event brings as its second argument, where more is known than the reason. */
export type DisconnectDescription = Error | DisconnectDetails;

/** What the `connect_error` event brings. */
export interface ExtendedError extends Error {
  /** What the server's middleware attached to its refusal. Spec: Socket.IO, "Connection to a namespace". */
  data?: any;
  /** `"TransportError"` when a transport failed. */
  type?: any;
  /** `"parser error"` when the server's answer is not Engine.IO. */
  code?: any;
  /** The HTTP status or the event of the browser, when a transport failed. */
  description?: any;
  /** The request, when long-polling failed. */
  context?: any;
}

/** What Engine.IO carries: a text, or binary of the kind that {@link Engine.binaryType} says. */
export type RawData = any;

/** A packet of Engine.IO. Spec: Engine.IO, "Protocol". */
export interface EnginePacket {
  /** The type, in words. */
  type: "open" | "close" | "ping" | "pong" | "message" | "upgrade" | "noop" | "error";
  /** What it carries. */
  data?: RawData;
  /** Those of {@link Engine.send}. */
  options?: { compress?: boolean };
}

/** What a server says about a new session. Spec: Engine.IO, "Handshake". */
export interface HandshakeData {
  /** The identifier of the session. */
  sid: string;
  /** The transports that the server can upgrade to. */
  upgrades: string[];
  /** How long the server waits between two pings, in milliseconds. */
  pingInterval: number;
  /** How long it waits for the pong, in milliseconds. */
  pingTimeout: number;
  /** The largest payload of long-polling that it takes, in bytes. */
  maxPayload: number;
}

/** CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR, BINARY_EVENT and BINARY_ACK. Spec: Socket.IO, "Packet encoding". */
export type PacketType = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** A packet of Socket.IO. Spec: Socket.IO, "Packet encoding". */
export interface Packet {
  /** The type, as a number. */
  type: PacketType;
  /** The namespace. */
  nsp: string;
  /** The event's name and arguments, the answer's arguments, or what CONNECT carries. */
  data?: any;
  /** The number of the acknowledgement. */
  id?: number;
  /** How many binary attachments follow. */
  attachments?: number;
}

/** Turns packets into what Engine.IO carries. */
export interface PacketEncoder {
  /** Returns a list: the packet, then its attachments, each of which Engine.IO carries as a message of its own. */
  encode(packet: any): any;
}

/** Turns what Engine.IO carried into packets, and says each by its event `decoded`. */
export interface PacketDecoder {
  /** Takes one message. Throws when it is no part of a packet. */
  add(chunk: any): void;
  /** Called once: the listener gets each packet. */
  on(event: "decoded", listener: (packet: any) => void): unknown;
  /** Called between two connections: what has come of a packet is dropped. */
  destroy?(): void;
}

/** Another encoding of Socket.IO's packets, as `socket.io-msgpack-parser` is one. The server must use the same. */
export interface Parser {
  /** Made anew for each manager, without arguments. */
  Encoder: new () => PacketEncoder;
  /** Made anew for each manager, without arguments. */
  Decoder: new () => PacketDecoder;
}
