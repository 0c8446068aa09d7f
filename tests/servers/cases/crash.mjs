// The machine of a node breaks.

import assert from "node:assert/strict";
import { until } from "../../e2e/wait.mjs";
import { nodeOf, numbers, userOf } from "./users.mjs";

const COUNT = 200;

export const crash = (options) => async (world) => {
  const { servers } = world;
  await servers.forget();
  const mine = await userOf("a", world, { ...options, retries: 10, ackTimeout: 5_000 });
  const other = await userOf("b", world, options);
  await mine.run(keepAll, COUNT);
  await until("the first to be kept", async () => (await servers.kept()).length > 20);
  await servers.stopNode("a", "SIGKILL");
  await until("the last to be kept", async () => (await servers.kept()).includes(String(COUNT - 1)));
  checkKept(await servers.kept());
  assert.notEqual(await nodeOf(mine), "a");
  assert.deepEqual(await mine.run(() => seen.recovered), [false, false]);
  assert.deepEqual([await nodeOf(other), await other.run(() => seen.ends)], ["b", []]);
  await servers.mend();
  const late = await userOf("a", world, options);
  await late.run(() => void socket.emit("say", "back"));
  await mine.see("what is said on the node that is back", () => seen.said.includes("back"));
};

function keepAll(count) {
  for (let number = 0; number < count; number++) socket.emit("keep", String(number));
}

/** At least once: what was under way may be there twice, one after the other. */
function checkKept(kept) {
  const once = kept.filter((value, at) => value !== kept[at - 1]);
  assert.deepEqual(once, numbers(COUNT).map(String));
}
