// What a case says about a client: ours passes; the reference passes, or fails where that is its known fault.

import assert from "node:assert/strict";

/** Why a case is not run with a client; undefined when it is. */
export function leftOut({ differs, core }, client, browser) {
  if (client === "reference" && differs) return "differs on purpose";
  if (browser === "webkit" && !core) return "not among the core cases";
  return undefined;
}

/** Runs the case and throws where the client does not do as is to be expected of it. Tells the fault it has shown. */
export async function judge(runner, definition, client) {
  if (client !== "reference" || !definition.fault) return void (await runner.run(definition, client));
  const error = await runner.run(definition, client).then(() => undefined, (reason) => reason);
  assert.ok(error, `the reference passes, though it is said that it ${definition.fault}`);
  if (definition.fails) assert.match(error.message, definition.fails, `another reason: ${error.message}`);
  return error;
}
