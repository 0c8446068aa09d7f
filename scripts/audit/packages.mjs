// What npm's registry knows against the packages of a lock file. The package itself asks for none: these build and test it.

import { Problem } from "../lib/problem.mjs";
import { run } from "../lib/process.mjs";
import { npmCommand } from "../setup/node-packages.mjs";

// What is less grave, in a tool that meets nothing from outside, is named and stops nobody.
const GRAVE = ["critical", "high"];

export const packageAdvisories = {
  title: "npm packages: known vulnerabilities",
  async run() {
    // One try: where there is no network, more only take longer.
    const { stdout, stderr } = await run(...npmCommand(["audit", "--json", "--fetch-retries=0", "--fetch-timeout=15000"]));
    return verdict(stdout, stderr);
  },
};

/** What to say of npm's answer. Throws where something grave is known. */
export function verdict(stdout, stderr = "") {
  const { metadata, vulnerabilities, message, error } = read(stdout);
  if (!metadata) {
    return `NOT ASKED: npm's database cannot be reached: ${message || error?.summary || stderr.trim().split("\n")[0]}`;
  }
  const counts = metadata.vulnerabilities;
  const lines = Object.values(vulnerabilities).map(({ name, severity, range }) => `${severity}: ${name} ${range}`);
  if (GRAVE.some((severity) => counts[severity])) {
    throw new Problem("npm audit knows of grave vulnerabilities: npm audit says more", lines.join("\n"));
  }
  return counts.total ? lines.join(", ") : "none";
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
