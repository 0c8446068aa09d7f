import assert from "node:assert/strict";
import { test } from "node:test";
import { pageOf, shapeOf, written } from "./table.mjs";

test("docs/faults.md has the faults that are tested (node tests/faults/run.mjs --long --write)", async () => {
  assert.equal(shapeOf(await written()), shapeOf(await pageOf([])));
});
