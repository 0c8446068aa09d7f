// The function that a page begins with.

import type { DefaultEventsMap, EventsMap } from "./events.js";
import type { ManagerOptions, SocketOptions } from "./options.js";
import type { Socket } from "./socket.js";

/**
 * A socket for the namespace that the path of `uri` names, on the connection to its server.
 * Sockets of different namespaces share one connection; a second socket of the same namespace has one of its own,
 * unless the first was disconnected. What comes is always a new socket, without the listeners of another.
 * It connects by itself, unless `autoConnect` is false.
 *
 * @typeParam ListenEvents the events the server emits
 * @typeParam EmitEvents the events this side emits
 * @param uri the server and the namespace; by default the page's own server and `/`
 * @param opts the options; they are not changed
 * @throws when the URL is malformed or an option has the wrong type; the message names it
 */
export declare function io<
  ListenEvents extends EventsMap = DefaultEventsMap,
  EmitEvents extends EventsMap = ListenEvents,
>(uri?: string, opts?: Partial<ManagerOptions & SocketOptions>): Socket<ListenEvents, EmitEvents>;
/** A socket for the namespace `/` of the page's own server. */
export declare function io<
  ListenEvents extends EventsMap = DefaultEventsMap,
  EmitEvents extends EventsMap = ListenEvents,
>(opts?: Partial<ManagerOptions & SocketOptions>): Socket<ListenEvents, EmitEvents>;
/** A socket for any events: what `ReturnType<typeof io>` is. */
export declare function io(uri?: string, opts?: Partial<ManagerOptions & SocketOptions>): Socket;

/** The revision of the Socket.IO protocol: 5. */
export declare const protocol: 5;
