import { run } from "../lib/process.mjs";

/**
 * Runs `cargo test`, or what runs it, before the person's eyes, and adds up its "test result:" lines.
 * A failure that no line names (it does not compile, a browser does not start) is one failed test.
 */
export async function cargoTest(command, args, options) {
  const show = (text, name) => process[name].write(text);
  const { code, stdout, stderr } = await run(command, args, { onText: show, ...options });
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const line of (stdout + stderr).split("\n")) {
    const found = /^test result: .*?(\d+) passed; (\d+) failed; (\d+) (?:ignored|skipped)/.exec(line);
    if (!found) continue;
    counts.passed += Number(found[1]);
    counts.failed += Number(found[2]);
    counts.skipped += Number(found[3]);
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

export function add(...counts) {
  const sum = (name) => counts.reduce((total, count) => total + count[name], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}
