// What this library has of the wasm: a function for each connection by which it is asked for all, by number
// (`src/js/core.rs`), and what it is told (`src/js/face.rs`). Only numbers cross: values wait with the network.

import { ask, connect, hear, release } from "../target/npm/glue.js";
import { hasSession } from "../src/web/host.js";
import { amountOf, endNetwork, isFirstPolling, isIdle, listen, makeNetwork, networkOf } from "../src/web/network.js";
import { numberOf, report, sendStaged, waitingOf } from "../src/web/network.js";
import { open } from "../src/web/transports.js";

// The numbers, with their arguments: core(what, n, x, a, b). What is asked is answered by a number, 1 for yes.
/** n: whether a failure is followed by another attempt. */
export const OPEN = 0;
/** n: whether for good, or as if the network had. */
export const CLOSE = 1;
/** n: which option, in the order of `configure`; x: its value. */
export const SET = 3;
/** n: the most attachments of a received packet; x: 1 for messages as they come, 2 for showing each packet, or both. */
export const LOOK = 4;
/** The number of a namespace. a: its name. */
export const SOCKET = 5;
/** n: the namespace; as for the next ones. */
export const CONNECT = 6;
export const DISCONNECT = 7;
export const IS_ACTIVE = 18;
/** The data for CONNECT is there; whether that still matters. x: of which session. */
export const AUTHENTICATE = 9;
/** It will not be there. */
export const REFUSE = 10;
/** Whether it is connected, and the messages are sent: 2 if the transport has them. a: the messages. */
export const SEND = 11;
/** A packet that the page's own parser has decoded. x: its type; a: its data; b: its id. */
export const PACKET = 12;
/** That parser could not. a: why. */
export const FAIL = 13;
/** Whether the transport has them. a: messages. */
export const WRITE = 14;
/** Whether a packet would be sent at once. */
export const IS_WRITABLE = 15;
/** What the transport in use is, as in `transportsOf`; 0 for none. */
export const TRANSPORT = 16;
/** The number of the transport in use for `network.js`. */
export const CURRENT = 17;

// Socket.IO packet types. Spec: socket.io-protocol v5, "Packet types".
export const CONNECT_PACKET = 0;
export const DISCONNECT_PACKET = 1;
export const EVENT = 2;
export const ACK = 3;

/** What is told of a namespace, for the log. */
export const LOGGED = { 12: "connect_error", 13: "disconnect", 14: "connect", 15: "connect_error", 17: "event", 18: "ack" };

/** The number of the first transport that isn't long-polling: see `transportsOf`. */
export const WEBSOCKET = 3;

const ANCHOR = 24;
const CLOSED = 7;
const DISCONNECTED = 13;
const AUTHENTICATION = 19;

// In the order of `proto`'s DisconnectReason.
const REASONS = [
  ...["io server disconnect", "io client disconnect", "ping timeout", "transport close", "transport error"],
  ...["parse error", "forced close"],
];
// Those that a transport brings about: there is more to be known of them.
const isByTransport = (reason) => reason > 2 && reason < 6;

const released = new FinalizationRegistry(release);

let load;

/** What brings the wasm to life: not before it is needed. */
export const loadBy = (start) => (load = start);

/**
 * A connection that does nothing yet. `page`: the manager or the engine that hears of it. `isOpening`: it is opened next. A
 * WebSocket that comes first is made before all else: it takes its time, in which the wasm is made ready.
 */
export function coreOf(page, options, isOpening) {
  const number = makeNetwork(options);
  const network = networkOf(number);
  options.network = number;
  listen(number, (what, id, length, head) => hear(number, what, id, length, head));
  network.tell = teller(network, new WeakRef(page));
  try {
    if (isOpening && (options.numbers & 15) === WEBSOCKET && !isFirstPolling(number)) open(number, 0, true, 0);
    load?.();
    load = undefined;
    connect(number);
  } catch (error) {
    endNetwork(number);
    throw error;
  }
  const send = (nsp) => ask(number, SEND, nsp, 0);
  const core = (what, n, x, a, id) => {
    if (what === SEND) {
      network.staged = a;
      return sendStaged(number, n, send);
    }
    network.sender = undefined;
    if (what === WRITE) network.staged = a;
    else if (what === SOCKET) n = numberOf(number, a);
    else if (what === FAIL) network.cause = a;
    else if (what === PACKET) {
      Object.assign(network, { data: a, id });
      if (hasSession(a)) x += 8;
    }
    const answer = ask(number, what, n, x);
    network.id = undefined;
    return what === SOCKET ? n : answer;
  };
  // When the page has nothing of it any more.
  released.register(core, number);
  return core;
}

/** Tells the page. It is kept while something is going on. */
function teller(network, weak) {
  return (what, n, more) => {
    if (what === ANCHOR) return (network.page = n ? weak.deref() : undefined);
    const page = network.page ?? weak.deref();
    // Nothing may be thrown into the wasm.
    try {
      if (what === CLOSED || what === DISCONNECTED) {
        const { cause } = network;
        // A namespace that still waited has heard of an error, which has what is known of the end in it.
        const details = cause?.description?.description ? cause.description : cause;
        page?.$hear(what, n, REASONS[more], isByTransport(more) ? details : undefined);
      } else {
        const value = what < DISCONNECTED ? network.cause : what === AUTHENTICATION ? more : network.data;
        page?.$hear(what, n, value, more < 0 ? network.id : more);
      }
    } catch (error) {
      report(error);
    }
  };
}

/** What waits for the transport, after what the transport has not handed to the network yet. */
export const waitingIn = ({ network }, core) => waitingOf(network, core(CURRENT));

/** What waits for the transport, and is not handed to it yet. */
export const bufferIn = ({ network }) => networkOf(network).buffer;

/** Whether the network has taken all there is. */
export const isIdleIn = ({ network }, core) => isIdle(network, core(CURRENT));

/** The bytes that the transport has not handed to the network yet. */
export const amountIn = ({ network }, core) => amountOf(network, core(CURRENT));
