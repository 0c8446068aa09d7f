// The figures as a Markdown table, between two comments of the files that have them.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fromRoot } from "../../scripts/lib/paths.mjs";
import { goalOf, number, quartiles, ratio } from "./table.mjs";

const FILES = [["README.md"], ["docs", "performance.md"]];
const BEGIN = "<!-- bench: written by `npm run bench` -->";
const END = "<!-- bench: end -->";

export function fillIn(results) {
  const text = markdown(results);
  for (const path of FILES.map((parts) => fromRoot(...parts)).filter(existsSync)) {
    const [before, , after] = split(readFileSync(path, "utf8"));
    if (after !== undefined) writeFileSync(path, `${before}${BEGIN}\n${text}\n${END}${after}`);
  }
}

function split(text) {
  const [before, rest = ""] = text.split(BEGIN);
  return [before, ...rest.split(END)];
}

function markdown({ figures, machine, browser, versions, node, commit, date, rounds }) {
  const head = ["figure", "socket.io-client", "socketio-wasm", "ratio (quartiles)", "goal", "floor", "noise"];
  const lines = [head, ["---", ...head.slice(1).map(() => "--:")], ...figures.map(row)];
  const where = `${machine.processor}, ${machine.cores} cores, ${machine.memory}, ${browser}, Node ${node}`;
  const what = `socket.io ${versions["socket.io"]}, commit ${commit}, ${date.slice(0, 10)}, ${rounds} rounds`;
  return [...lines.map((cells) => `| ${cells.join(" | ")} |`), "", `Bold: the goal is reached. ${where}; ${what}.`].join("\n");
}

function row(figure) {
  const { clients, unit, noise } = figure;
  const value = (client) => `${number(clients[client]?.median)} ${unit}`;
  const own = `${bold(figure)} (${quartiles(figure.ratio)})`;
  const floor = ratio(clients.raw?.ratio?.median);
  const title = figure.title.replace("<", "&lt;");
  return [title, value("reference"), value("wasm"), own, goalOf(figure), floor, `${Math.round(noise * 100)} %`];
}

function bold({ verdict, ratio: own }) {
  const text = ratio(own?.median);
  return verdict === "reached" ? `**${text}**` : text;
}
