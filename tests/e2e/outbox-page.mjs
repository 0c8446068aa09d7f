// What runs in the page for the tests of the outbox.

/** Makes `window.socket` with an outbox; `answers` and `drops` are what its options are told. */
export async function start(options = {}, socketOptions = {}) {
  const { outbox } = await import("/dist/socketio.outbox.js");
  window.answers = [];
  window.drops = [];
  const onAnswer = (_, answer) => window.answers.push(answer);
  const onDrop = (entry, error) => window.drops.push([entry.args[0], error.message]);
  window.socket = io({ ...socketOptions, outbox: outbox({ onAnswer, onDrop, ...options }) });
}

/** From now on it is so many milliseconds later. */
export function pass(ms) {
  const { now } = Date;
  Date.now = () => now() + ms;
}

/** Emits the orders 0 to `count - 1`, with `prefix` if there is one; answers their ids when they are kept. */
export function emitAll(count, prefix) {
  const order = (at) => (prefix ? prefix + at : at);
  return Promise.all(Array.from({ length: count }, (_, at) => window.socket.durable.emit("order", order(at))));
}
