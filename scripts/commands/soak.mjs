import { parseArgs } from "node:util";
import { buildSteps } from "../build/index.mjs";
import { Problem } from "../lib/problem.mjs";
import { runSteps } from "../lib/steps.mjs";
import { setupSteps } from "../setup/index.mjs";
import { systemBrowsers } from "../setup/browsers.mjs";

/** Uses the built library for a long time at speed, and looks whether anything grows. */
export default async function soakCommand(args) {
  const options = parse(args);
  await runSteps([...setupSteps, ...buildSteps, systemBrowsers]);
  // Only now: on a fresh machine npm has just installed what it imports.
  const { soak } = await import("../../bench/soak/index.mjs");
  return soak(options);
}

function parse(args) {
  const options = {
    events: { type: "string", default: "2000000" },
    reconnections: { type: "string", default: "2000" },
  };
  try {
    const { values } = parseArgs({ args, options });
    return { events: Number(values.events), reconnections: Number(values.reconnections) };
  } catch (error) {
    throw new Problem(`${error.message}; there are --events <n> and --reconnections <n>`);
  }
}
