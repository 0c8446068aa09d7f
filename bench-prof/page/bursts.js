// Bursts over a connection to the server. Each message is counted, added up, and compared with what the server says.

import { checksum, record } from "./payloads.js";
import { socketOf } from "./connections.js";

const ask = (socket, ...args) => new Promise((resolve) => socket.emit(...args, resolve));

function same(what, here, there) {
  if (here.count === there.count && here.sum === there.sum) return;
  const told = ({ count, sum }) => `${count} (sum ${sum})`;
  throw new Error(`${what}: ${told(here)} here, ${told(there)} on the server`);
}

const listening = new WeakMap();

/** The totals of a socket's events: one listener, however many bursts. */
function totals(socket) {
  const known = listening.get(socket);
  if (known) return Object.assign(known, { count: 0, sum: 0, kept: [] });
  const all = { count: 0, sum: 0, keep: false, kept: [] };
  socket.on("down", (value) => {
    all.count += 1;
    if (all.keep) all.kept.push(value);
    else all.sum += checksum(value);
  });
  listening.set(socket, all);
  return all;
}

/** Receives `count` events. Answers the milliseconds that it took. */
export async function down(io, transport, kind, size, count) {
  const socket = socketOf(transport);
  const here = totals(socket);
  const begin = performance.now();
  const there = await ask(socket, "down", kind, size, count);
  const took = performance.now() - begin;
  same("received", here, there);
  return took;
}

let kept; // binary data that has not been looked at yet

/** As `down`, but adding up bytes would cost more than receiving them: `verifyBinary` does, when it is over. */
export async function binaryDown(io, transport, size, count) {
  const socket = socketOf(transport);
  const here = Object.assign(totals(socket), { keep: true });
  const begin = performance.now();
  const there = await ask(socket, "down", "binary", size, count);
  here.keep = false;
  kept = { here, there };
  return performance.now() - begin;
}

export function verifyBinary() {
  const { here, there } = kept;
  kept = undefined;
  same("received", { count: here.count, sum: here.kept.reduce((sum, value) => sum + checksum(value), 0) }, there);
  here.kept = [];
}

/** Emits `count` events; ends when the server has them all. Answers the milliseconds. */
export async function up(io, transport, kind, size, count) {
  const socket = socketOf(transport);
  const { values, sum } = valuesOf(kind, size, count);
  const begin = performance.now();
  for (const value of values) socket.emit("up", value);
  const there = await ask(socket, "total");
  const took = performance.now() - begin;
  same("emitted", { count, sum }, there);
  return took;
}

const made = new Map();

/** Made and added up once, by `prepare`: neither is a client's cost. */
function valuesOf(kind, size, count) {
  const key = [kind, size, count].join();
  if (!made.has(key)) {
    const values = Array.from({ length: count }, (_, n) => record(kind, size, n));
    made.set(key, { values, sum: values.reduce((sum, value) => sum + checksum(value), 0) });
  }
  return made.get(key);
}

/** Makes what `up` will emit. */
export const prepareUp = (io, kind, size, count) => void valuesOf(kind, size, count);

/** Round trips one after the other: the milliseconds of each. */
export async function echo(io, transport, count) {
  const socket = socketOf(transport);
  const times = [];
  for (let n = 0; n < count; n++) {
    const begin = performance.now();
    const answer = await ask(socket, "echo", n);
    times.push(performance.now() - begin);
    if (answer !== n) throw new Error(`echo: ${n} came back as ${answer}`);
  }
  return times;
}
