// socketio-wasm/outbox: events that outlive the page.

import type { Outbox, OutboxOptions } from "./socketio.js";

export type { Durable, DurableArgs, DurableId, Outbox, OutboxEntry, OutboxOptions } from "./socketio.js";

/**
 * An outbox in IndexedDB, for the option `outbox` of a socket, which then has `socket.durable`.
 * The same may be given to several sockets. Throws a `TypeError` that names the first option that is wrong.
 */
export declare function outbox(options?: OutboxOptions): Outbox;
