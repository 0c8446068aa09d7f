import { resolve } from "node:path";
import { buildSteps } from "../build/index.mjs";
import { runSteps } from "../lib/steps.mjs";
import { reportProvenance } from "../provenance/index.mjs";
import { setupSteps } from "../setup/index.mjs";

/**
 * Shows where the wasm and the scripts come from: builds them here, and from nothing in another folder, and compares byte
 * for byte. With a folder, compares what is in that instead: `npm run verify:wasm -- node_modules/socketio-wasm/dist`.
 */
export default async function verifyWasm([folder]) {
  await runSteps(folder ? setupSteps : [...setupSteps, ...buildSteps]);
  const { failed } = await reportProvenance(folder && resolve(folder));
  return failed;
}
