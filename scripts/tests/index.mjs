import { exampleSteps } from "../build/examples.mjs";
import { buildSteps } from "../build/index.mjs";
import { reportSizes } from "../build/sizes.mjs";
import { fuzzBuild } from "../fuzz/build.mjs";
import { consumerSteps } from "../setup/consumers.mjs";
import { fuzzSteps } from "../setup/fuzzing.mjs";
import { browserSteps, nodePackages, rust, setupSteps, testSetupSteps, wasmTarget } from "../setup/index.mjs";
import { servers } from "../setup/servers.mjs";
import { benchTests } from "./bench.mjs";
import { browserTests } from "./browser.mjs";
import { crateTests } from "./crate.mjs";
import { fuzzTests } from "./fuzz.mjs";
import { nodeTests } from "./node.mjs";
import { typeTests } from "./types.mjs";
import { unitTests } from "./unit.mjs";

const build = [...setupSteps, ...buildSteps];

/** The parts of `npm test` in their order: what each needs first, and how it runs. */
export const parts = {
  unit: { title: "the protocols, natively", needs: [rust], run: unitTests },
  fuzz: { title: "the protocols, fed anything", needs: [rust, ...fuzzSteps, fuzzBuild], run: fuzzTests },
  crate: { title: "the crate, as a registry has it", needs: [rust, wasmTarget], run: crateTests },
  types: { title: "the TypeScript declarations", needs: [nodePackages], run: typeTests },
  size: {
    title: "what a page downloads, of npm's files and of a page in Rust",
    needs: [...build, ...exampleSteps],
    run: () => reportSizes("dist", "target/examples"),
  },
  bench: {
    title: "the quick benchmark: no figure is worse than it may be",
    needs: [...build, ...browserSteps],
    run: benchTests,
  },
  package: { title: "the files of dist/", needs: build, run: () => nodeTests("tests/package") },
  consumers: {
    title: "apps that have the package from npm: bundlers, pages, workers, Node",
    needs: [...build, ...browserSteps, ...consumerSteps],
    run: () => nodeTests("tests/consumers"),
  },
  behaviour: {
    title: "the same tests against the reference client and this one",
    needs: [...build, ...browserSteps],
    run: () => nodeTests("tests/behaviour"),
  },
  browser: {
    title: "the wasm inside Chromium and Firefox",
    // The server that they talk to serves the built library, too.
    needs: [...build, ...testSetupSteps],
    run: browserTests,
  },
  e2e: {
    title: "the pages, three browsers, the real server",
    needs: [...build, ...exampleSteps, ...browserSteps],
    run: () => nodeTests("tests/e2e"),
  },
  servers: {
    title: "three servers behind a load balancer, with Redis and as a cluster",
    needs: [...build, ...browserSteps, servers],
    run: () => nodeTests("tests/servers"),
  },
  soak: {
    title: "what stays open grows by nothing, what is let go leaves nothing",
    needs: [...build, ...browserSteps],
    run: () => nodeTests("tests/soak"),
  },
  faults: {
    title: "what arrives when the network fails, three browsers",
    needs: [...build, ...browserSteps],
    run: () => nodeTests("tests/faults", { minutes: 12 }),
  },
};
