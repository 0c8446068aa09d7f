import { parseOptions } from "../../bench/options.mjs";
import { buildSteps } from "../build/index.mjs";
import { runSteps } from "../lib/steps.mjs";
import { nodePackages, setupSteps } from "../setup/index.mjs";
import { systemBrowsers } from "../setup/browsers.mjs";

/** Measures the built library beside `socket.io-client`: docs/performance.md says what and how. */
export default async function bench(args) {
  const options = parseOptions(args);
  const steps = options["as-built"] ? [nodePackages] : [...setupSteps, ...buildSteps];
  await runSteps([...steps, systemBrowsers]);
  // Only now: on a fresh machine npm has just installed what it imports.
  const { bench: measure } = await import("../../bench/main.mjs");
  return measure(options);
}
