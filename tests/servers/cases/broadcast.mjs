// What one says reaches all.

import assert from "node:assert/strict";
import { numbers, userOf } from "./users.mjs";

const TIMES = 20;

/** Of users on each of the nodes. */
export const broadcast = (options) => async (world) => {
  const tabs = [];
  for (const node of ["a", "b", "c"]) tabs.push([node, await userOf(node, world, options)]);
  await everybodySpeaks(tabs);
};

/** Takes pairs of a name and a tab. */
export async function everybodySpeaks(tabs) {
  for (const [name, tab] of tabs) await tab.run(sayAll, name, TIMES);
  for (const [, tab] of tabs) {
    const said = await tab.see("all that was said", allSaid, TIMES * tabs.length);
    for (const [name] of tabs) {
      const own = said.filter((text) => text.startsWith(name));
      assert.deepEqual(own, numbers(TIMES).map((number) => `${name} ${number}`));
    }
  }
}

function sayAll(name, times) {
  for (let number = 0; number < times; number++) socket.emit("say", `${name} ${number}`);
}

function allSaid(count) {
  return seen.said.length >= count && seen.said;
}
