// Fuzzing: libFuzzer's programs, as many at once as there are processors.

import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fromRoot } from "../lib/paths.mjs";
import { must, run } from "../lib/process.mjs";
import { table } from "../lib/steps.mjs";
import { programOf } from "./build.mjs";

/** The longest input, where that is not libFuzzer's own 4096: what matters fits into less. */
const maxLengths = { header: 600, payload: 600, numbers: 600, text: 2000, manager: 3000 };

/** Fuzzes each of these for so long. Answers one `{ target, good, executions, corpus, output }` for each. */
export async function fuzz(targets, options) {
  const [waiting, results] = [[...targets], []];
  const work = async () => {
    while (waiting.length) results.push(await fuzzOne(waiting.shift(), options));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return targets.map((target) => results.find((result) => result.target === target));
}

async function fuzzOne(target, { seconds, seed }) {
  const args = [...folders(target), `-max_len=${maxLengths[target] ?? 4096}`, `-max_total_time=${seconds}`];
  const dictionary = fromRoot("fuzz", `${target}.dict`);
  if (existsSync(dictionary)) args.push(`-dict=${dictionary}`);
  if (seed) args.push(`-seed=${seed}`);
  // An input that takes seconds is a fault, too: most take microseconds.
  args.push("-timeout=5", "-rss_limit_mb=512", `-artifact_prefix=${artifacts(target)}/`);
  const { code, stderr } = await run(await programOf(target), args);
  const executions = Number(/^Done (\d+) runs/m.exec(stderr)?.[1] ?? 0);
  const corpus = Number([...stderr.matchAll(/corp: (\d+)/g)].pop()?.[1] ?? 0);
  return { target, good: code === 0 && executions > 0, executions, corpus, output: stderr };
}

/** What is found goes into the first folder. It is not kept but by `npm run fuzz -- --keep`. */
function folders(target) {
  mkdirSync(found(target), { recursive: true });
  mkdirSync(artifacts(target), { recursive: true });
  return [found(target), ...kept(target)];
}

const found = (target) => fromRoot("target", "fuzz", "corpus", target);
const artifacts = (target) => fromRoot("target", "fuzz", "artifacts", target);
const corpus = (target) => fromRoot("fuzz", "corpus", target);
const seeds = (target) => fromRoot("fuzz", "seeds", target);
const kept = (target) => [corpus(target), seeds(target)].filter(existsSync);

/** Keeps what is needed to reach as much as was reached, and no more. */
export async function keep(target) {
  const fewest = fromRoot("target", "fuzz", "fewest", target);
  rmSync(fewest, { recursive: true, force: true });
  mkdirSync(fewest, { recursive: true });
  // Reached or not is what counts, not how often: so the corpus stays small.
  await must("merging", await programOf(target), ["-merge=1", "-use_counters=0", fewest, ...folders(target)]);
  rmSync(corpus(target), { recursive: true, force: true });
  cpSync(fewest, corpus(target), { recursive: true });
}

/** What was done, and of what failed the last words. */
export function report(results) {
  const row = ({ target, good, executions, corpus: size }) => [target, good ? "ok" : "FAILED", executions, size];
  console.log(table([["target", "result", "executions", "corpus"], ...results.map(row)]));
  for (const { target, output } of results.filter(({ good }) => !good)) {
    console.log(`\n${target}:\n${output.split("\n").slice(-60).join("\n")}`);
  }
}
