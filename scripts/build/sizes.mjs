import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { fromRoot, readJson } from "../lib/paths.mjs";
import { red, table } from "../lib/steps.mjs";

/**
 * Prints what a page downloads, and answers the counts of files within and above scripts/size-limits.json.
 * There, `a + b` are files that a page downloads together.
 */
export function reportSizes() {
  const limits = Object.entries(readJson("scripts", "size-limits.json")).filter(([name]) => name !== "//");
  const sizes = limits.map(([name, limit]) => ({ name, limit, ...sizeOf(name.split(" + ")) }));
  const row = ({ name, raw, gzip, brotli, limit }) => [`dist/${name}`, raw, gzip, brotli, limit].map(digits);
  const head = ["a page downloads one of", "raw", "gzip -9", "brotli 11", "limit"];
  console.log(`\n${table([head, ...sizes.map(row)])}\n`);
  const over = sizes.filter(({ brotli, limit }) => brotli > limit);
  for (const { name, brotli, limit } of over) {
    console.error(red(`dist/${name} is ${digits(brotli - limit)} bytes above its limit in scripts/size-limits.json`));
  }
  return { passed: sizes.length - over.length, failed: over.length };
}

function sizeOf(names) {
  const files = names.map((name) => readFileSync(fromRoot("dist", name)));
  const sum = (measure) => files.reduce((total, bytes) => total + measure(bytes).length, 0);
  return { raw: sum((bytes) => bytes), gzip: sum((bytes) => gzipSync(bytes, { level: 9 })), brotli: sum(brotli) };
}

export function brotli(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
}

export const digits = (value) => (typeof value === "number" ? value.toLocaleString("en") : value);
