// The rows of docs/behaviour.md: what a Socket.IO client does.
// Cases name them by `id`: the section and the row's first words.

import * as lookup from "./rows/lookup.mjs";
import * as socket from "./rows/socket.mjs";
import * as engine from "./rows/engine.mjs";
import * as protocol from "./rows/protocol.mjs";

/** `rows` has the sentence of each row; `answers` why some have no case: `{ differs }` or `{ notInBrowser }`. */
export const sections = [
  lookup.entryPoints,
  lookup.lookup,
  lookup.managerOptions,
  socket.socketOptions,
  engine.engineOptions,
  lookup.manager,
  socket.socket,
  socket.disconnectReasons,
  socket.connectErrors,
  socket.acks,
  engine.engine,
  engine.transports,
  engine.parser,
  protocol.engineProtocol,
  protocol.socketProtocol,
  protocol.malformed,
  protocol.hostile,
];

/** `{ id, section, title, name, says, answer }`, in their order. */
export const rows = sections.flatMap(({ section, title, rows: says, answers = {} }) =>
  Object.keys(says).map((name) => {
    return { id: `${section} ${name}`, section, title, name, says: says[name], answer: answers[name] };
  }),
);
