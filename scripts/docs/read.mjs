// npm/index.d.ts and what it names, read with TypeScript's own parser: each public item with its documentation.

import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { fromRoot } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";

const ENTRY = "index.d.ts";

/** Answers `[{ file, items }]`, in the order in which npm/index.d.ts names the files, classes first. */
export async function readDeclarations() {
  // Only now: on a fresh machine this module is loaded before npm has installed TypeScript.
  const { default: ts } = await import("typescript");
  const parse = (path) =>
    ts.createSourceFile(path, readFileSync(fromRoot("npm", path), "utf8"), ts.ScriptTarget.Latest, true);
  const exported = namesByFile(ts, parse(ENTRY));
  const sources = [...exported].map(([file, names]) => ({ file, source: parse(file), names }));
  const bases = sources.flatMap(({ source }) => basesOf(ts, source));
  return sources.map(({ file, source, names }) => ({ file, items: itemsOf(ts, source, [...names, ...bases]) }));
}

/** What classes extend is public through them, although it is not exported. */
const basesOf = (ts, source) =>
  source.statements.filter(ts.isClassDeclaration).flatMap((node) => heritage(node).map(withoutArguments));

const heritage = (node) => (node.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.getText()));
const withoutArguments = (base) => base.replace(/<.*/s, "");

function namesByFile(ts, entry) {
  const files = new Map();
  for (const { moduleSpecifier, exportClause } of entry.statements.filter(ts.isExportDeclaration)) {
    const file = posix.join(posix.dirname(ENTRY), moduleSpecifier.text.replace(/\.js$/, ".d.ts"));
    const names = exportClause.elements.map(({ propertyName, name }) => (propertyName ?? name).text);
    files.set(file, [...(files.get(file) ?? []), ...names]);
  }
  return files;
}

function itemsOf(ts, source, names) {
  const items = new Map();
  for (const statement of source.statements) {
    const node = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0] : statement;
    const name = node.name?.text;
    if (!names.includes(name) || ts.isModuleDeclaration(node)) continue;
    const item = describe(ts, statement, node, source);
    // Overloads of a function are one item.
    if (items.has(name)) items.get(name).signatures.push(...item.signatures);
    else items.set(name, item);
  }
  const all = [...items.values()];
  return [...all.filter(({ isClass }) => isClass), ...all.filter(({ isClass }) => !isClass)];
}

function describe(ts, statement, node, source) {
  const name = node.name.text;
  const doc = documentation(ts, statement);
  if (!doc.text) throw new Problem(`${name} in npm/${source.fileName} has no documentation`);
  const item = { name, doc, signatures: [], bases: [], properties: [], methods: [], variants: [] };
  if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) {
    item.bases = heritage(node).map(withoutArguments);
    item.isClass = ts.isClassDeclaration(node);
    return Object.assign(item, membersOf(ts, node, source));
  }
  const variants = ts.isTypeAliasDeclaration(node) && ts.isUnionTypeNode(node.type) ? node.type.types : [];
  const described = variants.map((type) => ({ name: type.getText(), doc: leading(ts, type) }));
  item.variants = described.filter(({ doc: { text } }) => text);
  if (!item.variants.length) item.signatures = [code(statement)];
  return item;
}

function membersOf(ts, node, source) {
  const [properties, methods, signatures] = [[], new Map(), []];
  for (const member of node.members.filter((each) => !isHidden(ts, each))) {
    const name = ts.isConstructorDeclaration(member) ? "constructor" : member.name?.getText();
    const doc = documentation(ts, member);
    if (!name) signatures.push(code(member));
    else if (isProperty(ts, member)) {
      properties.push({ name, optional: Boolean(member.questionToken), type: typeOf(member), doc });
    } else if (methods.has(name)) methods.get(name).signatures.push(code(member));
    else methods.set(name, { name, doc, signatures: [code(member)] });
  }
  const bare = [...properties, ...methods.values()].find(({ doc }) => !doc.text);
  if (bare) throw new Problem(`${node.name.text}.${bare.name} in npm/${source.fileName} has no documentation`);
  return { properties, methods: [...methods.values()], signatures };
}

const isProperty = (ts, member) =>
  ts.isPropertyDeclaration(member) || ts.isPropertySignature(member) || ts.isGetAccessor(member);

const isHidden = (ts, member) =>
  Boolean(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) ||
  Boolean(member.name && ts.isComputedPropertyName(member.name));

const typeOf = (member) => member.type.getText().replace(/\s+/g, " ");

/** The declaration itself, without what is in front of it, moved to the left margin. */
function code(node) {
  const text = node.getText();
  const { character } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  return text.replaceAll(`\n${" ".repeat(character)}`, "\n").replace(/^export (declare )?|^declare /, "");
}

function documentation(ts, node) {
  const blocks = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const block = blocks.at(-1);
  if (!block) return { text: "", params: [], throws: [], examples: [] };
  const tags = (block.tags ?? []).map((tag) => ({
    tag: tag.tagName.text,
    name: tag.name?.getText() ?? tag.typeParameters?.[0]?.getText(),
    text: textOf(ts, tag.comment),
  }));
  const having = (...names) => tags.filter(({ tag }) => names.includes(tag));
  return {
    text: textOf(ts, block.comment),
    params: having("param", "typeParam", "template").map((tag) => named(tag)),
    throws: having("throws").map(({ text }) => text),
    examples: having("example").map(({ text }) => text),
  };
}

/** TypeScript does not know @typeParam: there the name is the first word. */
function named({ name, text }) {
  if (name) return { name, text };
  const [first, ...rest] = text.split(" ");
  return { name: first, text: rest.join(" ") };
}

const textOf = (ts, comment) => (ts.getTextOfJSDocComment(comment) ?? "").trim();

/** A comment in front of one member of a union, which the parser does not attach to it. */
function leading(ts, type) {
  const text = type.getSourceFile().text;
  const ranges = ts.getLeadingCommentRanges(text, type.getFullStart()) ?? [];
  // In front of all but the last the comment stands before the bar.
  const before = /\/\*\*\s*((?:(?!\*\/)[^])*?)\s*\*\/\s*\|?\s*$/.exec(text.slice(0, type.getStart()));
  const found = before?.[1] ?? (ranges.length ? text.slice(ranges[0].pos + 3, ranges[0].end - 2) : "");
  return { text: found.replace(/\s*\n\s*\* ?/g, " ").trim() };
}
