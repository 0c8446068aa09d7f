import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { loadCases } from "./harness/cases.mjs";
import { behaviourTable, problems } from "./table.mjs";

test("every row of the behaviour has an answer, and every case a row", async () => {
  assert.deepEqual(problems(await loadCases()), []);
});

test("docs/behaviour.md says what the cases say (node scripts/behaviour-table.mjs)", async () => {
  const written = await readFile(new URL("../../docs/behaviour.md", import.meta.url), "utf8");
  assert.equal(written, behaviourTable(await loadCases()));
});
