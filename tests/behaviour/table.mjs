// docs/behaviour.md, made from the rows and the cases, and what is wrong with them.

import { rows, sections } from "./rows.mjs";

const HEAD = `# What the client does, and what shows it

Each row is something that \`socket.io-client\` 4.8.4 does, or ought to do. The cases named with it are in
[tests/behaviour](../tests/behaviour/README.md): they run with the reference and with \`socketio-wasm\` in the same
Chromium, with \`socketio-wasm\` in Firefox too, and the core of them in WebKitGTK.

- ✔ the two do the same
- ★ the reference fails here, which the case shows too: it says what the reference does instead
- ≠ \`socketio-wasm\` differs on purpose

This file is written by \`node scripts/behaviour-table.mjs\`, and a test sees to it that it is up to date.
`;

/** The text of the file. */
export function behaviourTable(cases) {
  const parts = sections.map(({ section, title }) => {
    const ofSection = rows.filter((row) => row.section === section && row.title === title);
    return `\n## ${section} ${title}\n\n${table(ofSection, cases)}\n`;
  });
  return `${HEAD}${parts.join("")}\n${totals(cases)}\n`;
}

function table(ofSection, cases) {
  const line = (row) => [`**${cell(row.name)}**`, cell(row.says), answersOf(row, cases).join("<br>")].join(" | ");
  const lines = ofSection.map((row) => `| ${line(row)} |`);
  return ["| row | what | shown by |", "|---|---|---|", ...lines].join("\n");
}

function answersOf({ id, answer }, cases) {
  const shown = cases.filter(({ rows: ids }) => ids.includes(id)).map(describe);
  if (answer?.differs) shown.push(`≠ differs on purpose: ${cell(answer.differs)}`);
  if (answer?.notInBrowser) shown.push(`not applicable in a browser: ${cell(answer.notInBrowser)}`);
  return shown;
}

function describe({ file, title, fault, differs }) {
  const name = `[${file}](../tests/behaviour/cases/${file}.mjs): ${cell(title)}`;
  if (fault) return `★ ${name} (the reference ${cell(fault)})`;
  return differs ? `≠ ${name} (${cell(differs)})` : `✔ ${name}`;
}

function totals(cases) {
  const faults = cases.filter(({ fault }) => fault).length;
  const differing = cases.filter(({ differs }) => differs).length;
  const same = cases.length - faults - differing;
  return `${rows.length} rows, ${cases.length} cases: ${same} ✔, ${faults} ★, ${differing} ≠.`;
}

const cell = (text) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");

/** Rows that nothing answers, and cases that are not as README.md has them. */
export function problems(cases) {
  const ids = new Set(rows.map(({ id }) => id));
  const unanswered = rows.filter((row) => !answersOf(row, cases).length).map(({ id }) => `no answer: ${id}`);
  const titles = cases.map(({ file, title }) => `${file}: ${title}`);
  const doubles = titles.filter((title, at) => titles.indexOf(title) < at).map((title) => `twice: ${title}`);
  return [...unanswered, ...doubles, ...cases.flatMap((definition) => problemsOf(definition, ids))];
}

const known = ["rows", "title", "fault", "fails", "differs", "core", "options", "server", "engine", "http", "upgrade"];
known.push("commands", "helpers", "arg", "page", "expect", "file");

function problemsOf(definition, ids) {
  const { file, title, rows: own, fault, fails, differs } = definition;
  const found = Object.keys(definition).filter((key) => !known.includes(key)).map((key) => `unknown key ${key}`);
  if (!own?.length) found.push("no rows");
  for (const id of own ?? []) if (!ids.has(id)) found.push(`unknown row ${id}`);
  if (fault && differs) found.push("either a fault or a difference");
  if (fails && !fault) found.push("fails is said of faults only");
  return found.map((problem) => `${file}: ${title}: ${problem}`);
}
