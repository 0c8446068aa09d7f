import { runSteps } from "../lib/steps.mjs";
import { setupSteps, testSetupSteps } from "../setup/index.mjs";

/** `setup` prepares for building; `setup --tests` for testing as well. */
export default ([option]) => runSteps(option === "--tests" ? [...setupSteps, ...testSetupSteps] : setupSteps);
