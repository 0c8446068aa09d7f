// An event as it is kept: JSON, as it would be sent, and its binary data. What is an object of a class of the page's
// own, a proxy or has functions cannot be put into IndexedDB as it is; emit takes them all.

const isBinary = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value) || isBlob(value);
const isBlob = (value) => typeof Blob === "function" && value instanceof Blob;

/** 32 hexadecimal digits. `randomUUID` is not there on a page without HTTPS. */
const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** `args`: the event's name and its arguments. Throws what `emit` throws for what is no JSON. */
export function pack(args, maxAttachments = 10) {
  const id = newId();
  const binary = [];
  // The id marks the place of binary data: nobody can have it in an object of theirs.
  const json = JSON.stringify(args, function (key, value) {
    // A `Buffer` has a `toJSON`, which was called before.
    const bytes = [this[key], value].find(isBinary);
    return bytes ? { [id]: binary.push(copy(bytes)) - 1 } : value;
  });
  if (binary.length > maxAttachments) {
    throw new Error(`socketio-wasm: ${binary.length} attachments are above maxAttachments, ${maxAttachments}`);
  }
  const sizes = [new Blob([json]), ...binary].map((part) => part.size ?? part.byteLength);
  const bytes = sizes.reduce((sum, size) => sum + size);
  return { id, json, binary, bytes, largest: Math.max(...sizes), at: Date.now(), tries: 0 };
}

/** The bytes of now: the page may go on to change them. And only those that are looked at, not what is around them. */
function copy(value) {
  if (isBlob(value)) return value;
  const { buffer = value, byteOffset = 0, byteLength } = value;
  return new Uint8Array(buffer, byteOffset, byteLength).slice().buffer;
}

/** A `Blob` becomes what it is on the wire: Safari does not store one in a private window. */
export async function withBytes(entry) {
  const binary = await Promise.all(entry.binary.map((part) => (isBlob(part) ? part.arrayBuffer() : part)));
  return { ...entry, binary };
}

/** The event's name and its arguments. */
export const unpack = ({ id, json, binary }) =>
  JSON.parse(json, (_, value) => (value?.[id] === undefined ? value : binary[value[id]]));

/** As the page sees it. */
export function shown(entry) {
  const [event, ...args] = unpack(entry);
  const { id, at, tries, bytes } = entry;
  return { id, event, args, at, tries, bytes };
}
