// One run, from the options to the table.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bold, runSteps } from "../scripts/lib/steps.mjs";
import { fromRoot } from "../scripts/lib/paths.mjs";
import { runGrowth } from "./figures/growth.mjs";
import { openLab } from "./lab/lab.mjs";
import { barChart } from "./report/bar-chart.mjs";
import { growthCharts } from "./report/growth-charts.mjs";
import { describeRun } from "./report/machine.mjs";
import { fillIn } from "./report/markdown.mjs";
import { isOver } from "./report/statistics.mjs";
import { missed, textTable, verdictOf } from "./report/table.mjs";
import { chooseAll, runExperiment } from "./run.mjs";

/** Measures, prints, writes. Answers 1 when `check` is wanted and a checked figure has missed its goal. */
export async function bench(options) {
  const chosen = chooseAll(options);
  const results = await measure(chosen, options);
  console.log(`\n${textTable(results.figures)}\n`);
  write(results, options);
  return options.check ? missed(results.figures) : 0;
}

async function measure(chosen, options) {
  const results = { figures: [], growth: [] };
  let lab;
  const open = {
    title: "the server and Chromium",
    run: async () => {
      lab = await openLab();
      Object.assign(results, await describeRun(lab, options));
      return lab.browserVersion;
    },
  };
  const figures = chosen.figures.map((experiment) => ({
    title: experiment.name,
    run: async (progress) => {
      const figures = await runExperiment(lab, experiment, options, progress);
      results.figures.push(...figures);
      return figures.map(verdictOf).filter(Boolean).join(", ");
    },
  }));
  const growth = chosen.growth.map((experiment) => ({
    title: experiment.name,
    run: async (progress) => void results.growth.push(await runGrowth(lab, experiment, progress)),
  }));
  try {
    await runSteps([open, ...figures, ...growth]);
    if (options.check) await measureAgain(lab, chosen.figures, results);
  } finally {
    await lab?.close();
  }
  return results;
}

const MORE_ROUNDS = 12;

/** A machine that is busy for a moment makes a figure look worse; what really is worse is so again, and for longer. */
async function measureAgain(lab, experiments, results) {
  const isWorse = ({ name }) => results.figures.some((figure) => figure.experiment === name && isOver(figure));
  const steps = experiments.filter(isWorse).map((experiment) => ({
    title: `${experiment.name}, again`,
    run: async (progress) => {
      const figures = await runExperiment(lab, experiment, { rounds: MORE_ROUNDS }, progress);
      const others = results.figures.filter(({ experiment: name }) => name !== experiment.name);
      results.figures = [...others, ...figures];
      return figures.map(verdictOf).filter(Boolean).join(", ");
    },
  }));
  await runSteps(steps);
}

/** A whole run is what the README shows; a part of one is written beside the build. */
function write(results, { isWhole }) {
  const folder = isWhole ? fromRoot("docs") : fromRoot("target", "bench");
  const json = isWhole ? fromRoot("bench", "results.json") : join(folder, "results.json");
  mkdirSync(folder, { recursive: true });
  writeFileSync(json, toJson(results));
  if (results.figures.length) writeFileSync(join(folder, "bench.svg"), barChart(results));
  if (results.growth.length) writeFileSync(join(folder, "bench-growth.svg"), growthCharts(results.growth));
  if (isWhole) fillIn(results);
  console.log(`${bold(json)}, and the charts in ${folder}`);
}

/** A line for each figure: two runs can be compared. */
function toJson({ figures, growth, ...run }) {
  const lines = (list) => list.map((item) => `\n    ${JSON.stringify(item, rounded)}`).join();
  const all = Object.entries(run).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`);
  return `{\n${all.join("")}  "figures": [${lines(figures)}\n  ],\n  "growth": [${lines(growth)}\n  ]\n}\n`;
}

/** More digits than a measurement has say nothing. */
function rounded(_, value) {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
}
