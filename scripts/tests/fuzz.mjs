import { targets } from "../fuzz/build.mjs";
import { fuzz, report } from "../fuzz/run.mjs";

/** A few seconds for each target, from the same seed each time: whether a change passes is not to be luck. */
export async function fuzzTests() {
  const results = await fuzz(targets, { seconds: 3, seed: 1 });
  report(results);
  const failed = results.filter(({ good }) => !good).length;
  return { passed: results.length - failed, failed };
}
