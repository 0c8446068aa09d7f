import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "../lib/paths.mjs";

/** The published files that a build makes: their names within dist/. */
export const published = readJson("package.json")
  .files.filter((name) => name.startsWith("dist/"))
  .map((name) => name.slice("dist/".length));

/** Compares each published file in two folders, byte for byte. `difference` is undefined where there is none. */
export function compare(one, other) {
  return published.map((name) => {
    const [a, b] = [one, other].map((folder) => read(join(folder, name)));
    return { name, bytes: a?.length, sha256: a && sha256(a), difference: differenceOf(a, b) };
  });
}

function differenceOf(a, b) {
  if (!a || !b) return "it is not in both";
  if (a.equals(b)) return undefined;
  const at = a.findIndex((byte, index) => byte !== b[index]);
  const where = at < 0 ? Math.min(a.length, b.length) : at;
  return `${a.length} and ${b.length} bytes; they differ from byte ${where} on`;
}

const read = (file) => (existsSync(file) ? readFileSync(file) : undefined);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
