import { spawn } from "node:child_process";
import { fromRoot, root } from "../lib/paths.mjs";
import build from "./build.mjs";

/** Everything up to a running server. Ctrl-C ends it: exit code 0, as nothing has failed. */
export default async function start() {
  // A library that is too heavy can still be looked at.
  await build();
  return serve();
}

function serve() {
  const child = spawn(process.execPath, [fromRoot("www", "server.mjs")], { cwd: root, stdio: "inherit" });
  // A terminal sends Ctrl-C to the server as well: this process has to outlive it. Other signals come here alone.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  return new Promise((resolve) => {
    child.on("close", (code, signal) => resolve(signal ? 0 : code));
  });
}
