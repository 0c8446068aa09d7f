import { spawn } from "node:child_process";
import { root } from "./paths.mjs";
import { Problem } from "./problem.mjs";

// Meant for the programs of this machine; in a wasm build, or in a tool's, they only break things.
const FOREIGN = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS", "CARGO_BUILD_TARGET"];

export function cleanEnv(more = {}) {
  const env = { ...process.env, ...more };
  for (const name of FOREIGN) delete env[name];
  return env;
}

/**
 * Runs a command to its end and answers `{ code, signal, stdout, stderr }`; a command that is not there has code 127.
 * `onLine` sees both streams as they come; a progress bar, which ends its lines with CR, counts as lines.
 */
export function run(command, args, { onLine, onText, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
    const result = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) {
      const lines = onLine && splitLines((line) => onLine(line, name));
      child[name]?.setEncoding("utf8").on("data", (text) => {
        result[name] += text;
        onText?.(text, name);
        lines?.(text);
      });
    }
    child.on("error", (error) => resolve({ ...result, code: 127, stderr: String(error) }));
    child.on("close", (code, signal) => resolve({ ...result, code: code ?? 1, signal }));
  });
}

function splitLines(onLine) {
  let rest = "";
  return (text) => {
    const lines = (rest + text).split(/[\r\n]+/);
    rest = lines.pop();
    lines.forEach(onLine);
  };
}

/** As `run`, but a failure ends everything: the end of the command's own words, then one line. */
export async function must(what, command, args, { tail = 30, ...options } = {}) {
  const result = await run(command, args, options);
  if (result.code === 0) return result;
  throw new Problem(`${what} failed${hint(result.stderr)}`, lastLines(result, tail));
}

function lastLines({ stdout, stderr }, count) {
  const lines = (stderr.trim() ? stderr : stdout).split(/[\r\n]+/);
  const isBar = (line) => /^\s*(Building|Fetch) \[/.test(line);
  return lines.filter((line) => line.trim() && !isBar(line)).slice(-count).join("\n");
}

function hint(text) {
  if (/linker `(cc|link\.exe)` not found/.test(text)) {
    const how = "Debian, Ubuntu: apt-get install build-essential; macOS: xcode-select --install";
    return `: there is no C linker. Install one (${how}) and run this again`;
  }
  const network = /network|resolve host|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|timed out|Could not connect/i;
  if (network.test(text)) return ": is there a network? The lines above say what could not be reached";
  return ": see the lines above";
}
