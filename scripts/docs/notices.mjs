// THIRD-PARTY-LICENSES: what the licences of all that is in the npm package ask to go along with it.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromRoot } from "../lib/paths.mjs";
import { included } from "./dependencies.mjs";

const file = fromRoot("THIRD-PARTY-LICENSES");

export const isCurrentNotice = (text) => readFileSync(file, "utf8") === text;

export const writeNotice = (text) => writeFileSync(file, text);

const HEAD = `The files in dist/ contain code of the projects below, each under the MIT licence at the end of this file,
or under another one at your choice where two are named. The standard library of Rust (MIT OR Apache-2.0), Copyright (c) The
Rust Project Developers, is in the WebAssembly as well.
`;

/** The text that THIRD-PARTY-LICENSES should have. */
export async function notice() {
  const about = (part) => `${part.name} (${part.licence})\n  ${copyrightOf(part).join("\n  ")}\n`;
  const parts = (await included()).map(about);
  // The same text as our own, without our names.
  const licence = readFileSync(fromRoot("LICENSE-MIT"), "utf8").replace(/^Copyright.*\n\n?/m, "");
  return [HEAD, ...parts.sort(), licence].join("\n");
}

/** As the project itself says it; one without such a line has authors. */
function copyrightOf({ name, folder, authors = [] }) {
  const files = readdirSync(folder).filter((each) => /^licen[cs]e(-mit)?(\.\w+)?$/i.test(each));
  const lines = files.flatMap((each) => readFileSync(join(folder, each), "utf8").split("\n"));
  const isCopyright = (line) => /^(\(c\)|copyright)/i.test(line) && /\d{4}|\(c\)/i.test(line);
  const said = lines.map((line) => line.trim()).filter(isCopyright);
  if (said.length) return [...new Set(said)];
  const names = authors.map((author) => author.replace(/ *<.*/, ""));
  return [`Copyright (c) ${names.join(", ") || `the ${name} developers`}`];
}
