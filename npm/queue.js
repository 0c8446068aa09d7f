// Retries: events that are sent again until they are answered, one at a time and in order.

import { call } from "./emitter.js";

export class Queue {
  $entries = [];

  constructor(socket, retries) {
    this.socket = socket;
    this.retries = retries;
  }

  add(args, flags, ack) {
    const entry = { args, flags: { ...flags, queued: true, $hasError: true }, ack, $tries: 0, $pending: false };
    this.$entries.push(entry);
    this.drain(false);
  }

  /** Sends the first one, if it isn't under way. `again`: the connection is a new one. */
  drain(again) {
    const { socket } = this;
    const [entry] = this.$entries;
    if (!entry || !socket.connected || (entry.$pending && !again)) return;
    entry.$pending = true;
    entry.$tries++;
    socket.flags = entry.flags;
    socket.emit(...entry.args, (error, ...answer) => this.$ended(entry, error, answer));
  }

  $ended(entry, error, answer) {
    if (entry !== this.$entries[0]) return;
    entry.$pending = false;
    if (error === null || entry.$tries > this.retries) {
      this.$entries.shift();
      if (entry.ack) call(entry.ack, this.socket, [error, ...answer]);
    }
    this.drain(false);
  }
}
