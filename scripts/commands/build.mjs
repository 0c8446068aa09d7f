import { buildSteps } from "../build/index.mjs";
import { reportSizes } from "../build/sizes.mjs";
import { runSteps } from "../lib/steps.mjs";
import { setupSteps } from "../setup/index.mjs";

/** Builds dist/ on any machine that has Rust and Node. Fails when a file is too heavy. */
export default async function build() {
  await runSteps([...setupSteps, ...buildSteps]);
  return reportSizes("dist").failed;
}
