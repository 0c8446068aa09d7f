// Steps whose inputs have not changed are not run again. By content, not by time: a checkout changes times.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fromRoot } from "./paths.mjs";

const file = fromRoot("target", "npm", "steps.json");

/** Calls `make` unless the last call had the same input files and words, and left `outputs` as they are now. */
export async function cached(name, { inputs, words = [], outputs }, make) {
  const before = hash(inputs, words);
  if (read()[name] === before + hash(outputs)) return "unchanged";
  const note = await make();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...read(), [name]: before + hash(outputs) }, null, 2));
  return note;
}

function hash(files, words = []) {
  const sum = createHash("sha256").update(JSON.stringify(words));
  for (const path of files) sum.update(`\0${path}\0`).update(existsSync(path) ? readFileSync(path) : "");
  return sum.digest("hex");
}

function read() {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}
