import { fileURLToPath } from "node:url";
import { delimiter, join } from "node:path";
import { accessSync, constants, readFileSync } from "node:fs";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const fromRoot = (...parts) => join(root, ...parts);
export const readJson = (...parts) => JSON.parse(readFileSync(fromRoot(...parts), "utf8"));

const suffixes = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];

/** Every file called `name` that a shell would find, in the order of PATH. */
export function which(name, folders = process.env.PATH.split(delimiter)) {
  const files = folders.flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix)));
  return files.filter(isExecutable);
}

export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
