// How deep data nests: what decodes it calls itself for each level, and the stack is short.

import { isObject } from "./host.js";

const MAX_DEPTH = 128;

const isBranch = (value) => isObject(value) && !ArrayBuffer.isView(value);

/** Whether data nests deeper than that. Not by recursion: how deep it nests is up to the server. */
export function isDeep(data) {
  let level = [data];
  for (let depth = 0; level.length; depth++) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((value) => Object.values(value).filter(isBranch));
  }
  return false;
}
