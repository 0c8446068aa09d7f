// What every node does for its clients.

import { setTimeout as pause } from "node:timers/promises";

/** Where the nodes keep what must not be lost: a list in Redis. */
export const keyOfKept = "kept";

/** `keep` stores what a client must not lose, and promises that it is stored. */
export function handlers(io, { name, keep }) {
  return (socket) => {
    socket.on("who", (answer) => answer(name));
    socket.on("say", (text) => io.emit("said", text, name));
    socket.on("join", (room, answer) => {
      socket.join(room);
      answer();
    });
    // What happens at this node is told at the others, one after the other.
    socket.on("count", async (room, from, to) => {
      for (let number = from; number < to; number++) {
        io.to(room).emit("number", number);
        await pause(1);
      }
      await keep(String(to));
    });
    socket.on("keep", async (value, answer) => {
      await keep(value);
      answer?.();
    });
  };
}
