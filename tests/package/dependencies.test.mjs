// docs/dependencies.md says what is inside, and its licences.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dependencyList, included, isCurrentList } from "../../scripts/docs/dependencies.mjs";
import { isCurrentNotice, notice } from "../../scripts/docs/notices.mjs";

test("docs/dependencies.md is that of these lock files", async () => {
  const isCurrent = isCurrentList(await dependencyList());
  assert.ok(isCurrent, "docs/dependencies.md does not say what the lock files say: npm run docs writes it anew");
});

test("THIRD-PARTY-LICENSES has the notice of each project that is in the package", async () => {
  const text = await notice();
  assert.ok(isCurrentNotice(text), "THIRD-PARTY-LICENSES is out of date: npm run docs writes it anew");
  for (const { name, licence } of await included()) {
    assert.match(licence, /MIT/, `${name} is under another licence, whose text has to go along`);
    assert.ok(text.includes(`\n${name} (${licence})\n  `), name);
  }
});
