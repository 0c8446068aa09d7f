import { parseArgs } from "node:util";
import { fuzzBuild, targets } from "../fuzz/build.mjs";
import { fuzz, keep, report } from "../fuzz/run.mjs";
import { Problem } from "../lib/problem.mjs";
import { runSteps } from "../lib/steps.mjs";
import { fuzzSteps } from "../setup/fuzzing.mjs";
import { rust } from "../setup/index.mjs";

const options = { seconds: { type: "string", default: "60" }, keep: { type: "boolean", default: false } };

/** `npm run fuzz -- --seconds 600 manager`: fuzzes all targets, or those named, for so long each. */
export default async function command(args) {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const unknown = positionals.find((name) => !targets.includes(name));
  if (unknown) throw new Problem(`there is no fuzz target ${unknown}: there are ${targets.join(", ")}`);
  const chosen = positionals.length ? positionals : targets;
  await runSteps([rust, ...fuzzSteps, fuzzBuild]);
  console.log(`${values.seconds} s for each of: ${chosen.join(", ")}`);
  const results = await fuzz(chosen, { seconds: Number(values.seconds) });
  report(results);
  if (values.keep) for (const target of chosen) await keep(target);
  return results.every(({ good }) => good) ? 0 : 1;
}
