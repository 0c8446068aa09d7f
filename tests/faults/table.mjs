// docs/faults.md: its text, and the tables of a run.

import { readFile, writeFile } from "node:fs/promises";
import { settings } from "./faults.mjs";
import { textOf } from "./text.mjs";

const file = new URL("../../docs/faults.md", import.meta.url);
const browsers = ["chromium", "firefox", "webkit"];

const up = ["fault", "by", "sent", "delivered", "copies", "lost", "doubled", "out of order", "attempts", "back after (s)"];
const down = ["fault", "by", "sent", "delivered", "lost", "sent, recovery", "lost, recovery", "doubled", "out of order"];
const alone = ["fault", "by", "sent", "delivered", "lost", "doubled", "out of order"];

/** The file with the figures of `outcomes`. Rows that they don't have keep what they say. */
export async function writeTable(outcomes) {
  await writeFile(file, await pageOf(outcomes, await written()));
}

export const written = () => readFile(file, "utf8").catch(() => "");

/** The file without what each run changes: its text, and the names in its rows. */
export function shapeOf(page) {
  const lines = page.split("\n").map((line) => (line.startsWith("| ") ? line.split(" | ").slice(0, 2).join(" | ") : line));
  return lines.join("\n");
}

export async function pageOf(outcomes, before = "") {
  const [once, recover] = await Promise.all(["exactly-once.mjs", "recover-once.mjs"].map(sourceOf));
  const tables = [[up, upCells], [down, downCells], [alone, aloneCells]];
  const [first, second, third] = tables.map(([head, cellsOf], at) => tableOf(head, rowsOf(outcomes, cellsOf, before, at)));
  return textOf({ once, recover, up: first, down: second, notes: third, faults: listOf() });
}

/** What the tests themselves use, as it is. */
const sourceOf = async (name) => (await readFile(new URL(name, import.meta.url), "utf8")).trim();

function listOf() {
  const faults = new Set(settings().map(({ fault }) => fault));
  return [...faults].map(({ name, says }) => `- **${name}**: ${says}`).join("\n");
}

function tableOf(head, rows) {
  return [`| ${head.join(" | ")} |`, `|${head.map((_, at) => (at < 2 ? "---|" : "--:|")).join("")}`, ...rows].join("\n");
}

/** A row for each fault and transport; `number`: of which table. */
function rowsOf(outcomes, cellsOf, before, number) {
  return settings().map(({ fault, transport }) => {
    const own = outcomes.filter((outcome) => outcome.fault === fault && outcome.transport === transport);
    const start = `| ${fault.name} | ${transport} |`;
    if (!own.length) return before.split("\n").filter((line) => line.startsWith(start))[number] ?? `${start} – |`;
    return `${start} ${cellsOf(own).join(" | ")} |`;
  });
}

function upCells(outcomes) {
  const all = outcomes.flatMap(({ results }) => results.map(({ figures }) => figures));
  const sum = summing(all);
  const delivered = sum("sent") - sum("lost");
  const copies = sum("came") - delivered;
  return [sum("sent"), delivered, copies, sum("lost"), sum("doubled"), sum("misordered"), sum("attempts"), times(outcomes)];
}

function downCells(outcomes) {
  const all = outcomes.flatMap(({ results }) => results);
  const plain = summing(all.filter(({ recovery }) => !recovery).map(({ figures }) => figures));
  const recovered = summing(all.filter(({ recovery }) => recovery).map(({ figures }) => figures));
  const both = summing(all.map(({ figures }) => figures));
  const [sent, lost] = [plain("emitted"), plain("tickLost")];
  const cells = [sent, sent - lost, lost, recovered("emitted"), recovered("tickLost")];
  return [...cells, both("tickDoubled"), both("tickMisordered")];
}

function aloneCells(outcomes) {
  const sum = summing(outcomes.flatMap(({ results }) => results.map(({ figures }) => figures)));
  const lost = sum("noteLost");
  return [sum("sent"), sum("sent") - lost, lost, sum("noteDoubled"), sum("noteMisordered")];
}

const summing = (figures) => (name) => figures.reduce((sum, all) => sum + all[name], 0);

/** The longest time to reconnect in each browser. */
function times(outcomes) {
  const longest = browsers.map((name) => {
    const own = outcomes.filter(({ browserName }) => browserName === name).flatMap(({ results }) => results);
    const found = own.map(({ figures }) => figures.back).filter((back) => back !== undefined);
    return found.length ? (Math.max(...found) / 1_000).toFixed(1) : "–";
  });
  return longest.join(" / ");
}
