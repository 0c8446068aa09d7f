// wasm-bindgen exports more than functions, in case its glue wants it; ours calls functions and nothing else. What is
// exported is kept by wasm-opt, so it has to go before. The memory stays: a browser's tools find it by that, and so does
// the benchmark.

// https://webassembly.github.io/spec/core/binary/modules.html#export-section
const HEADER = 8;
const EXPORTS = 7;
const KEPT = [0, 2]; // functions, memories

/** The wasm without its exports but for functions and the memory. */
export function withoutDeadExports(wasm) {
  const parts = [wasm.subarray(0, HEADER)];
  const read = reader(wasm, HEADER);
  while (read.at < wasm.length) {
    const id = read.byte();
    const bytes = read.bytes();
    const kept = id === EXPORTS ? onlyKept(bytes) : bytes;
    parts.push(Buffer.from([id]), number(kept.length), kept);
  }
  return Buffer.concat(parts);
}

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

export function reader(bytes, at = 0) {
  const read = {
    at,
    byte: () => bytes[read.at++],
    /** Unsigned LEB128. */
    number() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = read.byte();
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

export function number(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}
