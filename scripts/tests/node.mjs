import { readdirSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fromRoot } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";
import { toolsEnv } from "../setup/cargo-tools.mjs";

/** Runs every `*.test.mjs` of a folder with Node's own runner, one file at a time: browsers are heavy. Ends what takes longer. */
export async function nodeTests(folder, { minutes = 15 } = {}) {
  const names = readdirSync(fromRoot(folder)).filter((name) => name.endsWith(".test.mjs"));
  if (!names.length) throw new Problem(`there are no tests in ${folder}`);
  // The files look for geckodriver on PATH.
  process.env.PATH = (await toolsEnv()).PATH;
  const signal = AbortSignal.timeout(minutes * 60_000);
  const events = run({ files: names.map((name) => fromRoot(folder, name)), concurrency: 1, signal });
  const counts = { pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
  events.on("test:diagnostic", ({ message }) => {
    const [, name, number] = /^(\w+) (\d+)$/.exec(message) ?? [];
    if (name in counts) counts[name] = Number(number);
  });
  for await (const text of events.compose(new spec())) process.stdout.write(text);
  if (signal.aborted) console.error(`${folder} took longer than ${minutes} minutes and was stopped`);
  return { passed: counts.pass, failed: counts.fail + counts.cancelled, skipped: counts.skipped + counts.todo };
}
