// Retries: events that are sent again until they are answered, one at a time and in order.

import { call, report } from "../src/web/network.js";

/** The events of a socket that wait for their turn. */
export function makeQueue(socket, retries) {
  const entries = [];

  /** Sends the first one, if it isn't under way. `again`: the connection is a new one. */
  function drain(again) {
    const [entry] = entries;
    if (!entry || !socket.connected || (entry.$pending && !again)) return;
    entry.$pending = true;
    const number = ++entry.$tries;
    socket.flags = entry.flags;
    let isSent = false;
    const done = (error, ...answer) => {
      if (isSent) return end(entry, number, error, answer);
      // The connection is gone: this was no try.
      entry.$pending = false;
      entry.$tries--;
    };
    try {
      socket.emit(...entry.args, done);
      isSent = true;
    } catch (error) {
      // The server would not take it: no more tries.
      if (!entry.ack) report(error);
      entry.$tries = Infinity;
      end(entry, Infinity, error, []);
    }
  }

  /** A late answer to an earlier try is one, too: the server has done it. An earlier try's end is none. */
  function end(entry, number, error, answer) {
    if (entry !== entries[0] || (error && number < entry.$tries)) return;
    entry.$pending = false;
    if (error === null || entry.$tries > retries) {
      entries.shift();
      if (entry.ack) call(entry.ack, socket, [error, ...answer]);
    }
    drain();
  }

  const add = (args, flags, ack) => {
    entries.push({ args, flags: { ...flags, queued: true, $hasError: true }, ack, $tries: 0, $pending: false });
    drain();
  };
  return { add, drain };
}
