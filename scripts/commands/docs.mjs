import { apiReference, writeApiReference } from "../docs/api.mjs";
import { dependencyList, writeList } from "../docs/dependencies.mjs";
import { notice, writeNotice } from "../docs/notices.mjs";
import { runSteps } from "../lib/steps.mjs";
import { nodePackages, rust } from "../setup/index.mjs";

const reference = {
  title: "docs/api.md",
  async run() {
    writeApiReference(await apiReference());
  },
};

const dependencies = {
  title: "docs/dependencies.md",
  async run() {
    writeList(await dependencyList());
  },
};

const notices = {
  title: "THIRD-PARTY-LICENSES",
  async run() {
    writeNotice(await notice());
  },
};

/** Writes anew what is made from other files: the API reference from the declarations, the dependencies from the lock files. */
export default () => runSteps([rust, nodePackages, reference, dependencies, notices]);
