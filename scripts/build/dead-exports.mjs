// wasm-bindgen exports more than functions, in case its glue wants it; ours calls functions and nothing else. What is
// exported is kept by wasm-opt, so it has to go before. The memory stays: a browser's tools find it by that, and so does
// the benchmark.

import { number, reader, sectionsOf, withSections } from "./wasm-bytes.mjs";

// https://webassembly.github.io/spec/core/binary/modules.html#export-section
const EXPORTS = 7;
const KEPT = [0, 2]; // functions, memories

/** The wasm without its exports but for functions and the memory. */
export const withoutDeadExports = (wasm) =>
  withSections(wasm, sectionsOf(wasm).map(({ id, bytes }) => ({ id, bytes: id === EXPORTS ? onlyKept(bytes) : bytes })));

// What closures say, of which there are none here: the linker keeps their text, and wasm-opt only removes code. Were there
// one, the glue would have a function that throws, which short-names.mjs refuses.
const DEAD_TEXT = "closure invoked recursively or after being dropped";

/** The wasm with zeros, which wasm-opt leaves out, in the place of a text that nothing reads. */
export function withoutDeadText(wasm) {
  const at = wasm.indexOf(DEAD_TEXT);
  return at < 0 ? wasm : Buffer.from(wasm).fill(0, at, at + DEAD_TEXT.length);
}

function onlyKept(bytes) {
  const read = reader(bytes);
  const all = Array.from({ length: read.number() }, () => {
    const from = read.at;
    read.bytes();
    const kind = read.byte();
    read.number();
    return { kind, bytes: bytes.subarray(from, read.at) };
  });
  const kept = all.filter(({ kind }) => KEPT.includes(kind));
  return Buffer.concat([number(kept.length), ...kept.map(({ bytes }) => bytes)]);
}
