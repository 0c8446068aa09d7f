import { apiReference, writeApiReference } from "../docs/api.mjs";
import { runSteps } from "../lib/steps.mjs";
import { nodePackages } from "../setup/index.mjs";

const reference = {
  title: "docs/api.md",
  async run() {
    writeApiReference(await apiReference());
  },
};

/** Writes the API reference anew from the declarations. */
export default () => runSteps([nodePackages, reference]);
