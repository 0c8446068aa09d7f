// Emits that outlive the page: io({ outbox: outbox() }).durable.emit("order", 1)

import { wrong } from "../src/web/host.js";
import { Box } from "./outbox/box.js";
import { durableOf } from "./outbox/durable.js";

const DEFAULTS = {
  name: "outbox",
  maxCount: 1000,
  maxBytes: 10_000_000,
  maxAge: 7 * 86_400_000,
  maxTries: Infinity,
  ackTimeout: 10_000,
  sendId: true,
  onAnswer() {},
  onDrop: undefined,
};

const EXPECTED = {
  string: "a string",
  number: "a number, 0 or more",
  boolean: "true or false",
  function: "a function",
};

/** What the option `outbox` takes. The same may be given to several sockets. */
export function outbox(options = {}) {
  const own = { ...DEFAULTS };
  for (const [name, standard] of Object.entries(DEFAULTS)) {
    const value = options[name] ?? standard;
    const type = typeof (standard ?? DEFAULTS.onAnswer);
    const isGood = value === standard || (typeof value === type && !(type === "number" && !(value >= 0)));
    if (!isGood) throw wrong(name, EXPECTED[type]);
    own[name] = value;
  }
  return {
    /** Called by a socket that has this as its option. Answers what it calls whenever it is connected. */
    attach(socket) {
      const box = new Box(socket, own);
      socket.durable = durableOf(box);
      return () => box.wake();
    },
  };
}
