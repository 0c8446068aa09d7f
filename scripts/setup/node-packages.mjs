import { readFileSync } from "node:fs";
import { fromRoot, readJson } from "../lib/paths.mjs";
import { must } from "../lib/process.mjs";

export const nodePackages = {
  title: "npm packages",
  async run(progress) {
    const wanted = Object.keys(readJson("package-lock.json").packages).length - 1;
    if (isInstalled()) return "there";
    progress(`npm ci, up to ${wanted} packages`);
    await npm("npm ci", ["ci", "--no-audit", "--no-fund"]);
    return "installed";
  },
};

/** Compares by content, not by time: git gives files the time of the checkout. */
function isInstalled() {
  const wanted = readJson("package-lock.json").packages;
  const present = installedPackages();
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (path === "" || link) return true;
    // Optional packages are those of other platforms: absent is right, another version is not.
    return present[path] ? present[path].version === version : Boolean(optional);
  });
}

function installedPackages() {
  try {
    return JSON.parse(readFileSync(fromRoot("node_modules", ".package-lock.json"), "utf8")).packages;
  } catch {
    return {};
  }
}

/** The npm that runs this script where one does: it need not be on PATH. */
function npm(what, args) {
  const own = process.env.npm_execpath;
  if (own?.endsWith(".js")) return must(what, process.execPath, [own, ...args]);
  const shell = process.platform === "win32";
  return must(what, shell ? "npm.cmd" : "npm", args, { shell });
}
