// The door of every npm script: `node scripts/run.mjs <command>`.
// Nothing is imported before the version check that an old Node could not read.

import { readFileSync } from "node:fs";
import { isOlder } from "./lib/is-older.mjs";

const tools = JSON.parse(readFileSync(new URL("tools.json", import.meta.url), "utf8"));

async function main(command) {
  if (isOlder(process.versions.node, tools.node)) {
    const advice = `install Node ${tools.node} or newer (https://nodejs.org), then run this again`;
    const error = new Error(`Node ${process.versions.node} is too old: ${advice}`);
    throw Object.assign(error, { isProblem: true });
  }
  const { default: run } = await import(`./commands/${command}.mjs`);
  return run(process.argv.slice(3));
}

main(process.argv[2] || "start").then(
  (code) => {
    process.exitCode = code || 0;
  },
  (error) => {
    if (error.details) console.error(`\n${error.details}`);
    console.error(error.isProblem ? `\nsocketio-wasm: ${error.message}` : error);
    process.exitCode = 1;
  },
);
