// Which number a local has makes no difference but for brotli, which replaces what it has seen before. Here two locals of
// a function trade their numbers where runs of four bytes then repeat more often: 75 bytes after brotli.

import { Problem } from "../lib/problem.mjs";
import { number, reader, sectionsOf, withSections } from "./wasm-bytes.mjs";

// https://webassembly.github.io/spec/core/binary/modules.html
const TYPES = 1;
const FUNCTIONS = 3;
const CODE = 10;
// What is above is in two bytes.
const MOST_LOCALS = 128;

/** The wasm with other numbers for its locals. Does the same each time. */
export function withRepeatingLocals(wasm) {
  const sections = sectionsOf(wasm).map(({ id, bytes }) => ({ id, bytes: Buffer.from(bytes) }));
  const [types, functions, code] = [TYPES, FUNCTIONS, CODE].map((id) => sections.find((one) => one.id === id).bytes);
  const parameters = listOf(types, typeOf);
  const bodies = listOf(code, (read) => read.bytes());
  const used = listOf(functions, (read) => read.number()).map((type, at) => localsOf(bodies[at], parameters[type]));
  const runs = countRuns(bodies);
  // Each trade changes what others are worth.
  while (used.map((locals, at) => tradeAll(bodies[at], locals, runs)).includes(true));
  return withSections(wasm, sections);
}

function listOf(bytes, one) {
  const read = reader(bytes);
  return Array.from({ length: read.number() }, () => one(read));
}

/** The parameters of a function's type. */
function typeOf(read) {
  read.byte();
  const parameters = [...read.bytes()];
  read.bytes();
  return parameters;
}

/** The locals of a function behind its parameters: the type of each, and where in the body it is named. */
function localsOf(body, parameters) {
  const read = reader(body);
  const locals = parameters.map(() => ({ places: [] }));
  for (let groups = read.number(); groups > 0; groups--) {
    const count = read.number();
    const type = read.byte();
    for (let at = 0; at < count; at++) locals.push({ type, places: [] });
  }
  while (read.at < body.length) {
    const instruction = read.byte();
    const place = read.at;
    if (isLocal(instruction)) locals[read.number()].places.push(place);
    else skipRest(read, instruction);
  }
  return locals.length > MOST_LOCALS ? [] : locals.slice(parameters.length);
}

// https://webassembly.github.io/spec/core/binary/instructions.html
const isLocal = (instruction) => instruction >= 0x20 && instruction <= 0x22;
const ONE_NUMBER = [0x02, 0x03, 0x04, 0x0c, 0x0d, 0x10, 0x23, 0x24, 0x3f, 0x40, 0x41, 0x42];
const NOTHING = [0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b];
const BR_TABLE = 0x0e;
const CALL_INDIRECT = 0x11;
const MORE = 0xfc;
// Of the latter: how many numbers follow. What converts numbers has none.
const MEMORY = { 8: 2, 9: 1, 10: 2, 11: 1 };

/** What follows an instruction. */
function skipRest(read, instruction) {
  const skip = (count) => Array.from({ length: count }, () => read.number());
  if (ONE_NUMBER.includes(instruction)) skip(1);
  else if (instruction === BR_TABLE) skip(read.number() + 1);
  else if (instruction === CALL_INDIRECT || (instruction >= 0x28 && instruction <= 0x3e)) skip(2);
  else if (instruction === 0x43) read.at += 4;
  else if (instruction === 0x44) read.at += 8;
  else if (instruction === MORE) skip(MEMORY[read.number()] ?? 0);
  else if (!NOTHING.includes(instruction) && !(instruction >= 0x45 && instruction <= 0xc4)) {
    throw new Problem(`scripts/build/locals.mjs does not know the wasm instruction ${instruction}`);
  }
}

/** How often each run of bytes is there; `different` counts them once each. */
function countRuns(bodies) {
  const counts = new Map();
  const runs = { different: 0, add: (body) => change(body, 1), remove: (body) => change(body, -1) };
  const change = (body, by) => {
    for (let at = 0; at + 4 <= body.length; at++) {
      const run = body.readUInt32LE(at);
      const count = (counts.get(run) ?? 0) + by;
      counts.set(run, count);
      if (count === (by > 0 ? 1 : 0)) runs.different += by;
    }
  };
  bodies.forEach(runs.add);
  return runs;
}

/** Tries each pair; whether one has traded. */
function tradeAll(body, locals, runs) {
  let hasTraded = false;
  locals.forEach((one, at) => {
    for (const other of locals.slice(at + 1).filter(({ type }) => type === one.type)) {
      const before = runs.different;
      trade(body, one, other, runs);
      if (runs.different < before) hasTraded = true;
      else trade(body, one, other, runs);
    }
  });
  return hasTraded;
}

function trade(body, one, other, runs) {
  if (!one.places.length || !other.places.length) return;
  runs.remove(body);
  const [mine, theirs] = [body[one.places[0]], body[other.places[0]]];
  for (const place of one.places) body[place] = theirs;
  for (const place of other.places) body[place] = mine;
  runs.add(body);
}
