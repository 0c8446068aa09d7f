// Writes docs/behaviour.md from tests/behaviour, and tells what is still missing there.

import { writeFile } from "node:fs/promises";
import { loadCases } from "../tests/behaviour/harness/cases.mjs";
import { behaviourTable, problems } from "../tests/behaviour/table.mjs";
import { fromRoot } from "./lib/paths.mjs";

const cases = await loadCases();
await writeFile(fromRoot("docs/behaviour.md"), behaviourTable(cases));
for (const problem of problems(cases)) console.warn(problem);
