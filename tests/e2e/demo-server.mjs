// The real server of the demo, `www/server.mjs`, as a process of its own whose output is read.

import { fileURLToPath } from "node:url";
import { start, stop } from "./process.mjs";
import { until } from "./wait.mjs";

const script = fileURLToPath(new URL("../../www/server.mjs", import.meta.url));

export async function startDemoServer() {
  const child = await start(process.execPath, [script], { env: { PORT: "0" } });
  const address = () => {
    if (child.exitCode !== null) throw new Error(`www/server.mjs ended:\n${child.output}`);
    return /http:\/\/localhost:\d+/.exec(child.output)?.[0];
  };
  const origin = await until("the address of www/server.mjs in its output", address).catch(
    async (error) => {
      await stop(child);
      throw error;
    },
  );
  return {
    origin,
    get output() {
      return child.output;
    },
    /** Waits for a line in what the server prints. */
    printed: (line) =>
      until(`"${line}" printed by the server`, () => child.output.split("\n").includes(line)),
    close: () => stop(child),
  };
}
