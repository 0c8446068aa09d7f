// All cases, in the order of their files' names.

import { readdirSync } from "node:fs";

const folder = new URL("../cases/", import.meta.url);

/** Each case with `file`, the name of the subject that it belongs to. */
export async function loadCases(wanted = () => true) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".mjs") && wanted(name));
  const cases = [];
  for (const name of names.sort()) {
    const { default: list } = await import(new URL(name, folder));
    for (const definition of list) cases.push({ ...definition, file: name.replace(".mjs", "") });
  }
  return cases;
}
