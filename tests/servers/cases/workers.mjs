// A worker of a cluster breaks, and is replaced.

import assert from "node:assert/strict";
import { nodeOf, userOf } from "./users.mjs";

export const replaced = (options) => async (world) => {
  const mine = await userOf("a", world, options);
  const other = await userOf("b", world, options);
  world.servers.kill("a");
  await mine.see("the end of the connection, and another", () => seen.ends.length > 0 && socket.connected);
  // This adapter knows nothing of sessions.
  assert.deepEqual(await mine.run(() => seen.recovered), [false, false]);
  assert.deepEqual([await nodeOf(other), await other.run(() => seen.ends)], ["b", []]);
  await world.servers.mend();
  const late = await userOf("a", world, options);
  await late.run(() => void socket.emit("say", "a new worker"));
  await mine.see("what is said on the successor", () => seen.said.includes("a new worker"));
};
