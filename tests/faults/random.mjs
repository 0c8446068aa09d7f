// Chance that comes again: the same seed and name give the same numbers.

/** A function that answers numbers from 0 to below 1. The generator is "mulberry32", which is in the public domain. */
export function randomOf(seed, name) {
  let state = [...`${seed} ${name}`].reduce((sum, letter) => Math.imul(sum, 31) + letter.codePointAt(0), 7);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
