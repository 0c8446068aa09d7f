// The page: one heading for each item, tables for properties, code for methods.

import { Problem } from "../lib/problem.mjs";

const HEAD = `# API reference

<!-- Made from npm/index.d.ts by \`npm run docs\`. Changes here are lost. -->

\`\`\`js
import { io, Manager, Socket, Engine, Transport, XHR, Fetch, WebSocket, protocol } from "socketio-wasm";
const io = require("socketio-wasm"); // in CommonJS: the function, with the others as its properties
\`\`\`

With \`<script src="socketio.min.js">\` the same function is the global \`io\`. \`connect\` is another name of it, and so
is the default export. All times are in milliseconds. "Spec" is the specification of
[Engine.IO](https://github.com/socketio/engine.io-protocol), revision 4, or of
[Socket.IO](https://github.com/socketio/socket.io-protocol), revision 5.`;

export function page(files) {
  const items = files.flatMap((file) => file.items);
  const link = linker(items);
  const contents = files.map((file) => `- ${file.items.map(({ name }) => link(`{@link ${name}}`)).join(", ")}`);
  return `${[HEAD, contents.join("\n"), ...items.map((item) => section(item, link))].join("\n\n")}\n`;
}

function section(item, link) {
  const { name, doc, bases, properties, methods, variants, signatures } = item;
  const code = signatures.length ? [fence(signatures.join("\n"))] : [];
  return [
    `## ${name}`,
    ...prose(doc, link),
    ...code,
    ...bases.filter(link.knows).map((base) => `Has all that ${link(`{@link ${base}}`)} has, too.`),
    ...table(["value", "meaning"], variants.map((variant) => row(name, variant, link, false))),
    ...table(["name", "type", "what"], properties.map((property) => row(name, property, link, true))),
    ...methods.flatMap((method) => methodSection(name, method, link)),
  ].join("\n\n");
}

function methodSection(owner, { name, doc, signatures }, link) {
  const title = name === "constructor" ? `new ${owner}()` : `${owner}.${name}()`;
  return [`### <a id="${owner}.${name}"></a>${title}`, fence(signatures.join("\n")), ...prose(doc, link)];
}

function prose(doc, link) {
  const params = doc.params.map(({ name, text }) => `- \`${name}\`: ${oneLine(link(text))}`);
  return [
    doc.text && link(doc.text),
    params.join("\n"),
    ...doc.throws.map((text) => `Throws ${oneLine(link(text))}.`),
    ...doc.examples.map(fence),
  ].filter(Boolean);
}

function row(owner, { name, optional, type, doc }, link, isMember) {
  const cell = (text) => oneLine(text).replaceAll("|", "\\|");
  const anchor = isMember ? `<a id="${owner}.${name}"></a>` : "";
  const cells = [`${anchor}\`${name}${optional ? "?" : ""}\``, ...(type ? [`\`${type}\``] : []), link(doc.text)];
  return `| ${cells.map(cell).join(" | ")} |`;
}

const table = (heads, rows) =>
  rows.length ? [[`| ${heads.join(" | ")} |`, `|${"---|".repeat(heads.length)}`, ...rows].join("\n")] : [];

const fence = (text) => `\`\`\`ts\n${text}\n\`\`\``;
const oneLine = (text) => text.replace(/\s*\n\s*/g, " ");

/** Turns {@link Name} and {@link Name.member} into links on this page. */
function linker(items) {
  const known = new Map();
  for (const { name, properties, methods } of items) {
    known.set(name, name.toLowerCase());
    for (const member of [...properties, ...methods]) known.set(`${name}.${member.name}`, `${name}.${member.name}`);
  }
  const link = (text) =>
    text.replace(/\{@link ([\w.]+)\s*\}/g, (_, name) => {
      if (!known.has(name)) throw new Problem(`npm/types: a comment links to ${name}, which is not there`);
      return `[\`${name}\`](#${known.get(name)})`;
    });
  return Object.assign(link, { knows: (name) => known.has(name) });
}
