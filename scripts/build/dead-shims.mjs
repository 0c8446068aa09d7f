// js-sys brings a function for each kind of closure that its functions take. wasm-bindgen removes what describes them,
// and leaves them in the wasm's table of functions, where wasm-opt can't see that nobody calls them: JavaScript calls
// what is in use by its export. 700 bytes after brotli.

import { Problem } from "../lib/problem.mjs";

const DEAD = /^wasm_bindgen\[\w+\]::convert::closures::_::invoke::|^js_sys\[\w+\]::futures::/;

// https://webassembly.github.io/spec/core/binary/modules.html#sections
const HEADER = 8;
const CUSTOM = 0;
const ELEMENTS = 9;
// Of the section "name": the names of functions.
const FUNCTIONS = 1;
const END = 0x0b;

/** The wasm with another function in the place of each of these. */
export function withoutDeadShims(wasm) {
  const sections = [...sectionsIn(wasm, HEADER)];
  const names = functionNames(sections);
  const elements = sections.find(({ id }) => id === ELEMENTS);
  elements.bytes = withoutDead(elements.bytes, (index) => DEAD.test(names.get(index)));
  const encoded = sections.map(({ id, bytes }) => Buffer.concat([Buffer.from([id]), number(bytes.length), bytes]));
  return Buffer.concat([wasm.subarray(0, HEADER), ...encoded]);
}

/** There is one segment: an expression says where it begins in the table, then comes what is in it. */
function withoutDead(bytes, isDead) {
  const read = reader(bytes, bytes.indexOf(END) + 1);
  const from = read.at;
  const all = Array.from({ length: read.number() }, read.number);
  const alive = all.filter((index) => !isDead(index));
  if (alive.length === all.length || read.at !== bytes.length) {
    throw new Problem("scripts/build/dead-shims.mjs does not know the wasm's table of functions");
  }
  const replaced = all.map((index) => number(isDead(index) ? alive[0] : index));
  return Buffer.concat([bytes.subarray(0, from), number(all.length), ...replaced]);
}

function functionNames(sections) {
  const [section] = sections.filter(({ id }) => id === CUSTOM).map(named).filter(({ name }) => name === "name");
  const parts = section ? [...sectionsIn(section.bytes, 0)] : [];
  const read = reader(parts.find(({ id }) => id === FUNCTIONS)?.bytes ?? Buffer.from([0]));
  return new Map(Array.from({ length: read.number() }, () => [read.number(), read.bytes().toString()]));
}

/** A custom section begins with its name. */
function named({ bytes }) {
  const read = reader(bytes);
  return { name: read.bytes().toString(), bytes: bytes.subarray(read.at) };
}

function* sectionsIn(bytes, from) {
  const read = reader(bytes, from);
  while (read.at < bytes.length) yield { id: read.number(), bytes: read.bytes() };
}

function reader(bytes, at = 0) {
  const read = {
    at,
    number() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[read.at++];
        value += (byte & 127) * 2 ** shift;
        if (byte < 128) return value;
      }
    },
    bytes() {
      const length = read.number();
      return bytes.subarray(read.at, (read.at += length));
    },
  };
  return read;
}

/** Unsigned LEB128. */
function number(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}
