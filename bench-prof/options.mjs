import { parseArgs } from "node:util";
import { Problem } from "../scripts/lib/problem.mjs";

const ROUNDS = 5;

/** The words after `npm run bench --`. */
export function parseOptions(args) {
  const { values } = parse(args);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Problem(`--rounds is "${values.rounds}", but has to be a number from 1`);
  }
  const only = values.only.split(",").filter(Boolean);
  return { ...values, rounds, only, isWhole: !values.quick && only.length === 0 && rounds >= ROUNDS };
}

function parse(args) {
  const options = {
    only: { type: "string", default: "" },
    quick: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    rounds: { type: "string", default: String(ROUNDS) },
    "as-built": { type: "boolean", default: false },
  };
  try {
    return parseArgs({ args, options });
  } catch (error) {
    throw new Problem(`${error.message}; there are --only <name,…>, --quick, --check, --rounds <n>, --as-built`);
  }
}
