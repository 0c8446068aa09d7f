// wasm-bindgen reads from the table how closures are called, and then has exports for those that are made. The table
// keeps all that js-sys knows, and with them their code: wasm-opt can't see that no one takes them from there.

import { number, reader, sectionsOf, withSections } from "./wasm-bytes.mjs";

// https://webassembly.github.io/spec/core/binary/modules.html
const CUSTOM = 0;
const ELEMENTS = 9;
const FUNCTION_NAMES = 1;
const END = 0x0b;

const isShim = (name) => name.includes("convert::closures::_::invoke") || name.endsWith(" -> Externref");

/** The wasm, its names still in it, with another function in the places of such a table. */
export function withoutDeadShims(wasm) {
  const sections = sectionsOf(wasm);
  const names = sections.flatMap(({ id, bytes }) => (id === CUSTOM ? functionNames(bytes) : []));
  const shims = new Set(names.filter(({ name }) => isShim(name)).map(({ index }) => index));
  const kept = ({ id, bytes }) => ({ id, bytes: id === ELEMENTS ? withoutShims(bytes, shims) : bytes });
  return withSections(wasm, sections.map(kept));
}

function functionNames(bytes) {
  const read = reader(bytes);
  if (String(read.bytes()) !== "name") return [];
  while (read.at < bytes.length) {
    const id = read.byte();
    const part = reader(read.bytes());
    if (id !== FUNCTION_NAMES) continue;
    return Array.from({ length: part.number() }, () => ({ index: part.number(), name: String(part.bytes()) }));
  }
  return [];
}

/** One segment, of a table's functions from a place on: the only kind that Rust makes. */
function withoutShims(bytes, shims) {
  const read = reader(bytes);
  const [count, kind] = [read.number(), read.number()];
  if (count !== 1 || kind !== 0) return bytes;
  while (read.byte() !== END);
  const head = bytes.subarray(0, read.at);
  const all = Array.from({ length: read.number() }, () => read.number());
  const other = all.find((index) => !shims.has(index));
  return Buffer.concat([head, number(all.length), ...all.map((index) => number(shims.has(index) ? other : index))]);
}
