// What is sent, made alike by the page and by the server.

const LETTERS = "The quick brown fox jumps over the lazy dog. ";

/** `kind`: "number", "json" or "binary"; `size` in bytes, of JSON or binary data; `n` tells one from another. */
export const record = (kind, size, n) => makers[kind](size, n);

const makers = {
  number: (_, n) => n,
  json: (size, n) => (size > 10_000 ? many(size, n) : one(size, n)),
  binary: (size, n) => new Uint8Array(size).fill(n + 1),
};

/** An object whose JSON has `size` bytes: a few fields and a text. */
function one(size, n) {
  const fields = { n, kind: "message", tags: ["a", "b", "c"], at: 1700000000000 + n, read: false, text: "" };
  const left = size - JSON.stringify(fields).length;
  fields.text = LETTERS.repeat(Math.ceil(left / LETTERS.length)).slice(0, left);
  return fields;
}

/** A list of such objects, about `size` bytes in all. */
const many = (size, n) => Array.from({ length: Math.ceil(size / 256) }, (_, at) => one(255, n + at));

/** Cheap, so that a page which adds it up for each message still measures the client. */
export function checksum(value) {
  if (typeof value === "number") return value;
  if (value.byteLength !== undefined) return checksumOfBytes(value);
  if (Array.isArray(value)) return value.reduce((sum, item) => sum + checksum(item), 0);
  return value.n + value.text.length;
}

function checksumOfBytes(value) {
  const bytes = value.buffer ? value : new Uint8Array(value);
  let sum = bytes.length;
  for (let at = 0; at < bytes.length; at += 61) sum += bytes[at];
  return sum;
}
