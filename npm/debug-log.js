// What socketio-wasm/debug writes to the console: `if (DEBUG) log("socket.io-client:socket", "emitting %j", packet)`.
// The build knows `DEBUG`, and nothing of it is left in the other files.

let write;

/** Writes one line of a namespace; the words after it are put into the first one's %s, %d, %j and %o. */
export const log = (namespace, ...words) => write?.(namespace, ...words);

/** Says where lines go. Until then, nowhere. */
export function writeTo(writer) {
  write = writer;
}
