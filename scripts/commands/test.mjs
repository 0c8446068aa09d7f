import { bold, duration, runSteps, table } from "../lib/steps.mjs";
import { parts } from "../tests/index.mjs";
import { Problem } from "../lib/problem.mjs";

/** Runs the named parts, or all. Ends with one table, and with a last line to be read by machines as well. */
export default async function test(names) {
  const unknown = names.find((name) => !parts[name]);
  if (unknown) throw new Problem(`there is no test part ${unknown}: there are ${Object.keys(parts).join(", ")}`);
  const chosen = Object.entries(parts).filter(([name]) => !names.length || names.includes(name));
  await runSteps([...new Set(chosen.flatMap(([, part]) => part.needs))]);
  const results = [];
  for (const [name, part] of chosen) results.push({ name, ...(await runPart(name, part)) });
  return summary(results);
}

/** A part that breaks off counts as a failure, and the others still run. */
async function runPart(name, part) {
  const begin = performance.now();
  console.log(`\n${bold(`── ${name}: ${part.title}`)}\n`);
  const result = { passed: 0, failed: 0, skipped: 0 };
  try {
    Object.assign(result, await part.run());
  } catch (error) {
    if (error.details) console.error(error.details);
    console.error(error.isProblem ? error.message : error);
    result.failed += 1;
  }
  return { ...result, time: performance.now() - begin };
}

function summary(results) {
  const total = (column) => results.reduce((sum, result) => sum + result[column], 0);
  const row = ({ name, passed, failed, skipped, time }) => [name, passed, failed, skipped, duration(time)];
  const head = ["part", "passed", "failed", "skipped", "time"];
  console.log(`\n${table([head, ...results.map(row)])}\n`);
  const [passed, failed] = [total("passed"), total("failed")];
  // Nothing run is not a success.
  const good = failed === 0 && passed > 0;
  console.log(`${passed} passed, ${failed} failed`);
  return good ? 0 : 1;
}
