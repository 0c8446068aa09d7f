// Some cases with one client in one browser: for writing them.
// node tests/behaviour/run.mjs [--client reference|ours|both] [--browser chromium] [--only part] [--repeat 1]

import { parseArgs } from "node:util";
import { toolsEnv } from "../../scripts/setup/cargo-tools.mjs";
import { openBrowser } from "../e2e/browser.mjs";
import { loadCases } from "./harness/cases.mjs";
import { judge, leftOut } from "./harness/judge.mjs";
import { Runner } from "./harness/run-case.mjs";

const { values } = parseArgs({
  options: {
    client: { type: "string", default: "reference" },
    browser: { type: "string", default: "chromium" },
    only: { type: "string", default: "" },
    repeat: { type: "string", default: "1" },
  },
});

process.env.PATH = (await toolsEnv()).PATH; // geckodriver
const clients = values.client === "both" ? ["reference", "ours"] : [values.client];
const chosen = await chooseCases(values.only);
const failures = [];
const browser = await openBrowser(values.browser);
try {
  const runner = new Runner(browser.driver);
  for (let round = 0; round < Number(values.repeat); round++) {
    for (const client of clients) for (const definition of chosen) await runOne(runner, definition, client);
  }
  await runner.close();
} finally {
  await browser.close();
}
console.log(`\n${chosen.length} cases, ${failures.length} failures${failures.map((line) => `\n  ${line}`).join("")}`);
process.exit(failures.length || !chosen.length ? 1 : 0);

/** By the name of a file, which then need not load the others, or by part of a title. */
async function chooseCases(part) {
  const ofFile = await loadCases((name) => name === `${part}.mjs`);
  if (ofFile.length) return ofFile;
  return (await loadCases()).filter(({ title }) => title.includes(part));
}

async function runOne(runner, definition, client) {
  const left = leftOut(definition, client, values.browser);
  const name = `${client} ${definition.file}: ${definition.title}`;
  if (left) return console.log(`- ${name} (${left})`);
  const begin = performance.now();
  const time = () => `${Math.round(performance.now() - begin)} ms`;
  try {
    const shown = await judge(runner, definition, client);
    console.log(`✔ ${name} (${time()})`);
    if (shown) tellFault(definition, shown);
  } catch (error) {
    failures.push(name);
    console.log(`✖ ${name} (${time()})\n  ${String(error.stack).replaceAll("\n", "\n  ")}`);
  }
}

function tellFault({ fault }, { message }) {
  console.log(`  fault: ${fault}\n  seen: ${message.split("\n").slice(0, 12).join("\n    ")}`);
}
