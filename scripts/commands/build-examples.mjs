import { reportExampleSizes } from "../build/examples-sizes.mjs";
import { comparisonSteps, exampleSteps } from "../build/examples.mjs";
import { reportSizes } from "../build/sizes.mjs";
import { runSteps } from "../lib/steps.mjs";
import { cargoTool } from "../setup/cargo-tools.mjs";
import { nodePackages, rust, rustSource, wasmTarget } from "../setup/index.mjs";

/** Builds the pages of examples/ for the demo's server, and prints what the crate costs each of them. Fails when one is too heavy. */
export default async function buildExamples() {
  const setup = [rust, wasmTarget, rustSource, nodePackages, cargoTool("wasm-bindgen")];
  await runSteps([...setup, ...exampleSteps, ...comparisonSteps]);
  reportExampleSizes();
  return reportSizes("target/examples").failed;
}
