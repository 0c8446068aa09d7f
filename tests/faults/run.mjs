// Some faults, or all: for writing them, and for the figures of docs/faults.md.
// node tests/faults/run.mjs [--browser chromium,firefox,webkit] [--only part] [--seed 1] [--repeat 1] [--long] [--write]

import { parseArgs } from "node:util";
import { toolsEnv } from "../../scripts/setup/cargo-tools.mjs";
import { duration } from "../../scripts/lib/steps.mjs";
import { settings } from "./faults.mjs";
import { AT_ONCE, SEED, Session } from "./session.mjs";
import { writeTable } from "./table.mjs";

const { values } = parseArgs({
  options: {
    browser: { type: "string", default: "chromium,firefox,webkit" },
    only: { type: "string", default: "" },
    seed: { type: "string", default: SEED },
    repeat: { type: "string", default: "1" },
    long: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});

process.env.PATH = (await toolsEnv()).PATH; // geckodriver
const outcomes = [];
for (const browserName of values.browser.split(",")) await runIn(browserName);
const failed = outcomes.filter(({ problems }) => problems.length);
console.log(`\n${outcomes.length} runs, ${failed.length} failures${failed.map(({ name }) => `\n  ${name}`).join("")}`);
if (values.write) await writeTable(outcomes);
process.exit(failed.length || !outcomes.length ? 1 : 0);

async function runIn(browserName) {
  const chosen = settings({ browserName, long: values.long }).filter(({ fault, transport }) => {
    return `${fault.name}, ${transport}`.includes(values.only);
  });
  const rounds = Array.from({ length: Number(values.repeat) }, () => chosen).flat();
  const session = new Session(values.seed);
  try {
    await session.open(browserName);
    await inTurns(rounds, (setting) => runOne(session, browserName, setting));
  } finally {
    await session.close();
  }
}

async function inTurns(list, task) {
  const rest = [...list];
  const work = async () => {
    while (rest.length) await task(rest.shift());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function runOne(session, browserName, { fault, transport }) {
  const begin = performance.now();
  const failure = (error) => ({ results: [], problems: [error.trace ?? error.stack] });
  const outcome = await session.run(fault, transport).catch(failure);
  const name = `${browserName}: ${fault.name}, ${transport}`;
  outcomes.push({ ...outcome, name, browserName, fault, transport });
  console.log(`${outcome.problems.length ? "✖" : "✔"} ${name} (${duration(performance.now() - begin)})`);
  for (const { recovery, figures } of outcome.results) {
    console.log(`    ${recovery ? "recovery" : "plain"}: ${inShort(figures)}`);
  }
  for (const problem of outcome.problems) console.log(`    ! ${problem}`);
}

/** Without what is 0. */
function inShort(figures) {
  return Object.entries(figures).filter(([, figure]) => figure).map(([name, figure]) => `${name} ${figure}`).join(", ");
}
