// The same build where nothing is as it was: another folder, another home of cargo, another place for what is compiled,
// and nothing compiled yet.

import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fromRoot } from "../lib/paths.mjs";
import { cleanEnv, must } from "../lib/process.mjs";

// All that the build reads. The tools of npm are copied: the build writes paths that lead to them.
const SOURCES = ["Cargo.toml", "Cargo.lock", "package.json", "package-lock.json", "src", "npm", "scripts", "node_modules"];

/** Builds in a folder of its own; `look(folder)` may look at its `dist/` before it is removed. */
export async function builtElsewhere(progress, look) {
  // A space in the path, and longer than others.
  const top = mkdtempSync(join(tmpdir(), "socketio-wasm elsewhere "));
  const clear = () => rmSync(top, { recursive: true, force: true, maxRetries: 5 });
  process.once("exit", clear); // interrupted
  try {
    const folder = join(top, "some", "other", "folder");
    const whole = { recursive: true, verbatimSymlinks: true };
    for (const name of SOURCES) cpSync(realpathSync(fromRoot(name)), join(folder, name), whole);
    if (existsSync(fromRoot(".tools"))) link(fromRoot(".tools"), join(folder, ".tools"));
    const more = { CARGO_HOME: cargoHome(join(top, "home")), CARGO_TARGET_DIR: join(top, "compiled"), npm_execpath: "" };
    const options = { cwd: folder, env: cleanEnv(more), onLine: (line) => progress(line.replace(/^\S\s+/, "")) };
    await must("the build elsewhere", process.execPath, ["scripts/run.mjs", "build"], options);
    return await look(join(folder, "dist"));
  } finally {
    clear();
    process.off("exit", clear);
  }
}

/** Another home: crates are unpacked there anew. What was downloaded once is not downloaded again. */
function cargoHome(folder) {
  const own = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  mkdirSync(join(folder, "registry"), { recursive: true });
  for (const name of ["config.toml", "config"]) {
    if (existsSync(join(own, name))) cpSync(join(own, name), join(folder, name));
  }
  for (const name of ["cache", "index"]) {
    const from = join(own, "registry", name);
    if (existsSync(from)) link(from, join(folder, "registry", name));
  }
  return folder;
}

/** A junction needs no rights that Windows gives to few. */
const link = (from, to) => symlinkSync(from, to, "junction");
