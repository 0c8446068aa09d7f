const HEAD = `# Dependencies and their licences

<!-- Made from the lock files by \`npm run docs\`. Changes here are lost. -->

This library is under [MIT](../LICENSE-MIT) or [Apache 2.0](../LICENSE-APACHE), as you like. The versions of all below are in \`Cargo.lock\` and
\`package-lock.json\`; [security](security.md) says what watches over them.`;

const WASM = `## In the wasm

Crates that the library is made of, in the npm package and in a page in Rust with the default features. *inside*: its code may be in what a page
downloads; the linker leaves out what nothing calls. *compiling*: it runs on the machine that compiles, and is in no page.

Rust's own standard library (MIT OR Apache-2.0) is in each wasm, too.`;

const NPM = `## In the npm package

What \`npm install socketio-wasm\` installs with it:`;

const TOOLS = `## What builds and tests it

Nobody who uses the package or the crate gets any of this.`;

const USES = { inside: "inside", compiling: "compiling", undefined: "–" };

export function dependenciesPage({ crates, dependencies, included, tools, licences, silent }) {
  const crateRows = crates.map(({ name, licence, npm, crate }) => [code(name), licence, USES[npm], USES[crate]]);
  const isInside = (row) => row.slice(2).includes("inside");
  const sorted = [...crateRows.filter(isInside), ...crateRows.filter((row) => !isInside(row))];
  const installed = dependencies.length ? `\n\n${table(["package", "licence"], dependencies.map(pair))}` : " nothing.";
  const files = included.map(({ name, licence, file }) => [code(file), code(name), licence]);
  return [
    HEAD,
    WASM,
    table(["crate", "licence", "npm package", "page in Rust"], sorted),
    NPM + installed,
    "Packages that are in its files, with their licences at the top of the file:",
    table(["file", "package", "licence"], files),
    TOOLS,
    table(["package", "licence"], tools.map(pair)),
    `And what these need. The licences of all: ${licences.join(", ")}.${noted(silent)}\n`,
  ].join("\n\n");
}

const noted = (names) => (names.length ? ` The lock file says none of ${names.map(code).join(", ")}.` : "");
const code = (text) => `\`${text}\``;
const pair = ({ name, licence }) => [code(name), licence];

function table(head, rows) {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
