// What pages have as `socket.durable`.

import { isReserved, wrong } from "../../src/web/host.js";
import { pack, shown } from "./entry.js";

export function durableOf(box) {
  async function keep(args, ack) {
    const [event] = args;
    if (typeof event !== "string" && typeof event !== "number") throw wrong("the event name", "a string or a number");
    if (isReserved(event)) throw new Error(`"${event}" is a reserved event name`);
    const entry = pack(args, box.socket.io.opts.maxAttachments);
    await box.keep(entry, ack);
    return entry.id;
  }

  /** Resolves when the event is kept: to its id. */
  function emit(...args) {
    const ack = typeof args[args.length - 1] === "function" ? args.pop() : undefined;
    const kept = keep(args, ack);
    // One who hears of a failure is enough; with an acknowledgement, that is it.
    if (ack) kept.catch((error) => queueMicrotask(() => ack(error)));
    return kept;
  }

  return {
    emit,
    emitWithAck: (...args) =>
      new Promise((resolve, reject) => {
        emit(...args, (error, answer) => (error ? reject(error) : resolve(answer)));
      }),
    entries: async () => (await box.store.all()).map(shown),
    clear: () => box.clear(),
  };
}
