// socketio-wasm: the Socket.IO client in WebAssembly. Names and type parameters are those of socket.io-client 4.8.
//
// Spec, Engine.IO: https://github.com/socketio/engine.io-protocol (revision 4)
// Spec, Socket.IO: https://github.com/socketio/socket.io-protocol (revision 5)

export { io, io as connect, io as default, protocol } from "./types/io.js";
export { Socket, type DisconnectReason, type SocketReservedEvents } from "./types/socket.js";
export { Manager, type ManagerReservedEvents } from "./types/manager.js";
export type { Auth, AuthData, EngineOptions, ManagerOptions, SocketOptions } from "./types/options.js";
export type { Durable, DurableArgs, DurableId, Outbox, OutboxEntry, OutboxOptions } from "./types/outbox.js";
export { Engine, type EngineReservedEvents, type EngineTransport, type WriteOptions } from "./types/engine.js";
export { Fetch, NodeWebSocket, NodeXHR, Transport, WebSocket, XHR } from "./types/transport.js";

export type {
  BuiltInTransport,
  TransportCtor,
  TransportName,
  TransportReservedEvents,
  TransportState,
} from "./types/transport.js";
export type {
  DisconnectDescription,
  DisconnectDetails,
  EnginePacket,
  ExtendedError,
  HandshakeData,
  Packet,
  PacketDecoder,
  PacketEncoder,
  PacketType,
  Parser,
  RawData,
} from "./types/errors.js";
export type {
  AckValue,
  AnyListener,
  ArgsBeforeAck,
  DecorateAcknowledgements,
  DefaultEventsMap,
  ErrorFirst,
  EventNames,
  EventParams,
  EventsMap,
  ListenerNames,
  ListenerOf,
} from "./types/events.js";
