// What the apps in tests/consumers need: the bundlers, and this package as somebody gets it who installs it.

import { mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fromRoot } from "../lib/paths.mjs";
import { npm, packagesOf } from "./node-packages.mjs";

const folder = ["tests", "consumers"];
const packed = fromRoot("target", "consumers", "packed");
const installed = fromRoot(...folder, "node_modules", "socketio-wasm");

const packedPackage = {
  title: "The packed package, installed",
  async run(progress) {
    // The version says nothing about what is inside: that of the last time must not stay.
    for (const old of [packed, installed]) rmSync(old, { recursive: true, force: true });
    mkdirSync(packed, { recursive: true });
    progress("npm pack");
    await npm("npm pack", ["pack", "--ignore-scripts", "--pack-destination", packed]);
    const [name] = readdirSync(packed);
    progress(`npm install ${name}`);
    // Without saving: the lock file would have the checksum of this very build.
    const quietly = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts"];
    await npm(`npm install ${name}`, ["install", ...quietly, `${packed}/${name}`], folder);
    return JSON.parse(readFileSync(join(installed, "package.json"), "utf8")).version;
  },
};

export const consumerSteps = [packagesOf(folder, "npm packages of the consumers"), packedPackage];
