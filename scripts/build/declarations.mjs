// The TypeScript declarations: npm/index.d.ts with all that it imports as one file, for ES modules and for CommonJS.

import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { posix } from "node:path";
import { fromRoot } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";

const ENTRY = "index.d.ts";
const files = { module: "socketio.d.ts", commonJs: "socketio.d.cts" };
/** Those that only name what is in the others, by their names in npm/. */
const copies = { "init.d.ts": "socketio.init.d.ts", "outbox.d.ts": "socketio.outbox.d.ts" };
const dist = (name) => fromRoot("dist", name);

/** The names of the files in dist/. */
export const declarations = [...Object.values(files), ...Object.values(copies)];

export function writeDeclarations() {
  const modules = readModules(ENTRY);
  const text = [...modules.values()].map((module) => module.text).join("\n");
  const names = exportsOf(ENTRY, modules);
  writeFileSync(dist(files.module), `${text}\n${exportList(names)}\n`);
  writeFileSync(dist(files.commonJs), `${text}\n${commonJsExport(text, names)}\n`);
  for (const [from, to] of Object.entries(copies)) copyFileSync(fromRoot("npm", from), dist(to));
}

const exportList = (names) => `export {\n${names.map((name) => `  ${name},\n`).join("")}};`;

/**
 * The module is the function itself, with the names as its properties. One of these is the function once more, without them:
 * what stands in for it, in tests for one, would have to have them all.
 */
function commonJsExport(text, names) {
  const declared = text.match(/^\/\*\*(?:(?!\*\/)[^])*\*\/\ndeclare function io\b[^;]*;$/gm);
  const plain = declared.map((one) => one.replace("declare function io", "declare function lookup")).join("\n");
  const list = names.map((name) => (name === "io" ? "lookup as io" : name.replace(/^io /, "lookup ")));
  return `${plain}\n\ndeclare namespace io {\n${exportList(list)}\n}\nexport = io;`;
}

/** A module and all that it names, once each. */
function readModules(file, modules = new Map()) {
  if (modules.has(file)) return modules;
  const module = readModule(file);
  modules.set(file, module);
  for (const other of module.others) readModules(other, modules);
  return modules;
}

const NAMES = "(?:type )?\\{([^}]*)\\}";
const FROM = ' from "(\\.[\\w./-]+)\\.js";\\n+';
const patterns = {
  import: new RegExp(`^import ${NAMES}${FROM}`, "gm"),
  exportAll: new RegExp(`^export (?:type )?\\*${FROM}`, "gm"),
  exportFrom: new RegExp(`^export ${NAMES}${FROM}`, "gm"),
  exportNames: new RegExp(`^export ${NAMES};\\n*`, "gm"),
  declaration: /^export ((?:declare )?(?:abstract )?(?:interface|type|class|const|function|namespace) (\w+))/gm,
};
const unknown = /^(import|export)\b.*|\bimport\(.*/m;

/** Its text without imports and exports, the `names` that it exports, `all` modules of which it exports everything. */
function readModule(file) {
  const module = { text: readFileSync(fromRoot("npm", file), "utf8"), names: [], all: [], others: [] };
  const reach = (path) => module.others.push(pathFrom(file, path));
  const add = (words) => module.names.push(...words.split(",").map(withoutType));
  const take = (kind, step) => {
    module.text = module.text.replace(patterns[kind], (_, ...found) => step(...found) ?? "");
  };
  take("import", (words, path) => void reach(path));
  take("exportAll", (path) => void (reach(path), module.all.push(pathFrom(file, path))));
  take("exportFrom", (words, path) => void (reach(path), add(words)));
  take("exportNames", (words) => void add(words));
  take("declaration", (declaration, name) => (add(name), declaration));
  const [line] = unknown.exec(module.text) ?? [];
  if (line) throw new Problem(`scripts/build/declarations.mjs does not know this in npm/${file}: ${line}`);
  return { ...module, text: `${module.text.trim()}\n` };
}

const pathFrom = (file, path) => posix.join(posix.dirname(file), `${path}.d.ts`);
const withoutType = (word) => word.trim().replace(/^type /, "");

function exportsOf(file, modules) {
  const { names, all } = modules.get(file);
  const every = [...names, ...all.flatMap((other) => exportsOf(other, modules))];
  return [...new Set(every)].filter(Boolean);
}
