import { readFileSync } from "node:fs";
import { fromRoot, readJson } from "../lib/paths.mjs";
import { must } from "../lib/process.mjs";

export const nodePackages = packagesOf([], "npm packages");

/** The packages that a folder's lock file names; folder by folder, as parts of its path. */
export function packagesOf(folder, title) {
  return {
    title,
    async run(progress) {
      const wanted = readJson(...folder, "package-lock.json").packages;
      if (isInstalled(wanted, folder)) return "there";
      progress(`npm ci, up to ${Object.keys(wanted).length - 1} packages`);
      await npm("npm ci", ["ci", "--no-audit", "--no-fund"], folder);
      return "installed";
    },
  };
}

/** Compares by content, not by time: git gives files the time of the checkout. */
function isInstalled(wanted, folder) {
  const present = installedPackages(folder);
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (path === "" || link) return true;
    // Optional packages are those of other platforms: absent is right, another version is not.
    return present[path] ? present[path].version === version : Boolean(optional);
  });
}

function installedPackages(folder) {
  try {
    return JSON.parse(readFileSync(fromRoot(...folder, "node_modules", ".package-lock.json"), "utf8")).packages;
  } catch {
    return {};
  }
}

export const npm = (what, args, folder) => must(what, ...npmCommand(args, folder));

/** How to call the npm that runs this script, where one does: it need not be on PATH. */
export function npmCommand(args, folder = []) {
  const cwd = fromRoot(...folder);
  const own = process.env.npm_execpath;
  if (own?.endsWith(".js")) return [process.execPath, [own, ...args], { cwd }];
  const shell = process.platform === "win32";
  return [shell ? "npm.cmd" : "npm", args, { cwd, shell }];
}
