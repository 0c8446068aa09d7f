// docs/api.md: what the declarations say, for people.

import { readFileSync, writeFileSync } from "node:fs";
import { fromRoot } from "../lib/paths.mjs";
import { readDeclarations } from "./read.mjs";
import { page } from "./page.mjs";

const file = fromRoot("docs", "api.md");

/** The text that docs/api.md should have. Throws when something public has no documentation, or a link no target. */
export const apiReference = async () => page(await readDeclarations());

export const isCurrent = (text) => readFileSync(file, "utf8") === text;

export const writeApiReference = (text) => writeFileSync(file, text);
