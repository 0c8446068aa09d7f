import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { fromRoot, readJson } from "../lib/paths.mjs";
import { red, table } from "../lib/steps.mjs";

/**
 * Prints what a page downloads, and answers the counts of files within and above scripts/size-limits.json. `folders` are
 * of those that it names. There, `a + b` are files that a page downloads together.
 */
export function reportSizes(...folders) {
  const limits = readJson("scripts", "size-limits.json");
  const sizes = folders.flatMap((folder) =>
    Object.entries(limits[folder]).map(([name, limit]) => ({ name: `${folder}/${name}`, limit, ...sizeOf(folder, name) })),
  );
  const row = ({ name, raw, gzip, brotli, limit }) => [name, raw, gzip, brotli, limit].map(digits);
  const head = ["a page downloads one of", "raw", "gzip -9", "brotli 11", "limit"];
  console.log(`\n${table([head, ...sizes.map(row)])}\n`);
  const over = sizes.filter(({ brotli, limit }) => brotli > limit);
  for (const { name, brotli, limit } of over) {
    console.error(red(`${name} is ${digits(brotli - limit)} bytes above its limit in scripts/size-limits.json`));
  }
  return { passed: sizes.length - over.length, failed: over.length };
}

function sizeOf(folder, names) {
  const files = names.split(" + ").map((name) => readFileSync(fromRoot(folder, name)));
  const sum = (measure) => files.reduce((total, bytes) => total + measure(bytes).length, 0);
  return { raw: sum((bytes) => bytes), gzip: sum((bytes) => gzipSync(bytes, { level: 9 })), brotli: sum(brotli) };
}

export function brotli(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
}

export const digits = (value) => (typeof value === "number" ? value.toLocaleString("en") : value);
