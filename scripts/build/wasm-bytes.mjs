// What a wasm is made of: sections, and numbers as LEB128.

// https://webassembly.github.io/spec/core/binary/modules.html
export const HEADER = 8;

/** The sections, in order: `id` and what is in them. */
export function sectionsOf(wasm) {
  const read = reader(wasm, HEADER);
  const sections = [];
  while (read.at < wasm.length) sections.push({ id: read.byte(), bytes: read.bytes() });
  return sections;
}

/** The same wasm with these sections. */
export function withSections(wasm, sections) {
  const parts = sections.map(({ id, bytes }) => Buffer.concat([Buffer.from([id]), number(bytes.length), bytes]));
  return Buffer.concat([wasm.subarray(0, HEADER), ...parts]);
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
