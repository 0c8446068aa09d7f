// What this library has of the wasm: a function by which a connection is asked for all, by number (`src/js/core.rs`),
// and what it is told (`src/js/face.rs`).

import { connect } from "../target/npm/glue.js";
import { report } from "./emitter.js";

// The numbers, with their arguments: core(what, n, x, a, b). What is asked is answered by a number, 1 for yes.
/** n: whether a failure is followed by another attempt. */
export const OPEN = 0;
/** n: whether for good, or as if the network had. */
export const CLOSE = 1;
/** As the loss of the network; another connection follows. a: its details. */
export const LOSE = 2;
/** n: which option, in the order of `configure`; x: its value. */
export const SET = 3;
/** n: the most attachments of a received packet; x: 1 for messages as they come, 2 for showing each packet, or both. */
export const LOOK = 4;
/** The number of a namespace. a: its name. */
export const SOCKET = 5;
/** n: the namespace; as for the next ones. */
export const CONNECT = 6;
export const DISCONNECT = 7;
export const IS_ACTIVE = 8;
/** The data for CONNECT is there; whether that still matters. x: of which session. */
export const AUTHENTICATE = 9;
/** It will not be there. */
export const REFUSE = 10;
/** Whether it is connected, and the message is sent. a: the message. */
export const SEND = 11;
/** A packet that the page's own parser has decoded. x: its type; a: its data; b: its id. */
export const PACKET = 12;
/** That parser could not. a: why. */
export const FAIL = 13;
/** a: a message. */
export const WRITE = 14;
/** Whether a packet would be sent at once. */
export const IS_WRITABLE = 15;
/** What the transport in use is, as in `transportsOf`; 0 for none. */
export const TRANSPORT = 16;
/** The number of the transport in use for `network.js`. */
export const CURRENT = 17;

// The wasm keeps nothing of the page: those with something going on are kept here, the others only by the page.
const busy = new Set();
const ANCHOR = 24;

/** A connection that does nothing yet. `page`: the manager or the engine that hears of it. */
export function coreOf(page, options) {
  const weak = new WeakRef(page);
  const $handle = (what, n, a, b) => {
    const page = weak.deref();
    if (what === ANCHOR) return busy[n ? "add" : "delete"](page);
    // Nothing may be thrown into the wasm.
    try {
      page?.$hear(what, n, a, b);
    } catch (error) {
      report(error);
    }
  };
  return connect({ $handle }, options);
}

/** What waits for the transport, after what the transport has not handed to the network yet. */
export const waitingIn = ({ network }, core) => network.waiting(core(CURRENT));

/** The bytes that the transport has not handed to the network yet. */
export const amountIn = ({ network }, core) => network.amount(core(CURRENT));
