// Retries: events that are sent again until they are answered, one at a time and in order.

import { call, report } from "../src/web/network.js";

/** The events of a socket that wait for their turn. */
export function makeQueue(socket, retries) {
  const entries = [];

  /** Sends the first one, if it isn't under way: with the end of a connection nothing is. */
  function drain() {
    const [entry] = entries;
    if (!entry || !socket.connected || entry.$pending) return;
    entry.$pending = true;
    entry.$tries++;
    socket.flags = entry.flags;
    let isSent = false;
    const done = (error, ...answer) => {
      if (isSent) return end(entry, error, answer);
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
      end(entry, error, []);
    }
  }

  /** A late answer to an earlier try is one, too: the server has done it. Those to the other tries are nobody's. */
  function end(entry, error, answer) {
    if (entry !== entries[0]) return;
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
