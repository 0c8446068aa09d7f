// docs/dependencies.md says what is inside, and its licences.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dependencyList, isCurrentList } from "../../scripts/docs/dependencies.mjs";

test("docs/dependencies.md is that of these lock files", async () => {
  const isCurrent = isCurrentList(await dependencyList());
  assert.ok(isCurrent, "docs/dependencies.md does not say what the lock files say: npm run docs writes it anew");
});
