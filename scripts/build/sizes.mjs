import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { fromRoot, readJson } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";
import { table } from "../lib/steps.mjs";

/** Prints what a page downloads; ends everything when a file is heavier than scripts/size-limits.json lets it be. */
export function reportSizes() {
  const limits = Object.entries(readJson("scripts", "size-limits.json")).filter(([name]) => name !== "//");
  const sizes = limits.map(([name, limit]) => ({ name, limit, ...sizeOf(fromRoot("dist", name)) }));
  const rows = sizes.map(({ name, raw, gzip, brotli, limit }) => [`dist/${name}`, raw, gzip, brotli, limit].map(digits));
  console.log(`\n${table([["a page downloads one of", "raw", "gzip -9", "brotli 11", "limit"], ...rows])}\n`);
  const over = sizes.filter(({ brotli, limit }) => brotli > limit);
  if (!over.length) return;
  const list = over.map(({ name, brotli, limit }) => `dist/${name} is ${brotli - limit} bytes`);
  throw new Problem(`${list.join(" and ")} above the limit of scripts/size-limits.json`);
}

function sizeOf(file) {
  const bytes = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

const digits = (value) => (typeof value === "number" ? value.toLocaleString("en") : value);
