import { buildSteps } from "../build/index.mjs";
import { reportSizes } from "../build/sizes.mjs";
import { runSteps } from "../lib/steps.mjs";
import { setupSteps } from "../setup/index.mjs";

export default async function build() {
  await runSteps([...setupSteps, ...buildSteps]);
  reportSizes();
}
