// The four clients, copied at the start: a build in the meantime changes nothing.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { brotli } from "../../scripts/build/sizes.mjs";
import { fromRoot, readJson } from "../../scripts/lib/paths.mjs";
import { Problem } from "../../scripts/lib/problem.mjs";

const shipped = (name) => fromRoot("node_modules", "socket.io-client", "dist", name);

/** In the order of the table. `again` is the reference once more: what differs between the two is noise. */
export const clients = {
  reference: {
    title: "socket.io-client",
    module: () => readFileSync(shipped("socket.io.esm.min.js")),
    script: () => readFileSync(shipped("socket.io.min.js")),
  },
  again: { title: "the same again" },
  wasm: { title: "socketio-wasm", module: () => built("socketio.esm.js"), script: () => built("socketio.min.js") },
  raw: { title: "raw (the floor)", module: () => minified("esm"), script: () => minified("iife") },
};
clients.again = { ...clients.reference, ...clients.again };

export const names = Object.keys(clients);

/** The versions of what is compared. */
export const versions = () => ({
  "socket.io": readJson("node_modules", "socket.io", "package.json").version,
  "socket.io-client": readJson("node_modules", "socket.io-client", "package.json").version,
  "socketio-wasm": readJson("package.json").version,
});

/** Writes `<client>.js` (the module) and `<client>.script.js`, each as `.br` too. Answers the sizes in bytes. */
export async function writeClients(folder) {
  mkdirSync(folder, { recursive: true });
  const sizes = {};
  for (const [name, client] of Object.entries(clients)) {
    sizes[name] = {
      module: write(folder, `${name}.js`, await client.module()),
      script: write(folder, `${name}.script.js`, await client.script()),
    };
  }
  return sizes;
}

function write(folder, name, content) {
  const compressed = brotli(content);
  writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, `${name}.br`), compressed);
  return { raw: content.length, brotli: compressed.length };
}

function built(name) {
  try {
    return readFileSync(fromRoot("dist", name));
  } catch {
    throw new Problem("dist/ has not been built yet: run `npm run build` first");
  }
}

async function minified(format) {
  const entryPoints = [fromRoot("bench", "raw.js")];
  const footer = format === "iife" ? { js: "globalThis.io = raw.io;" } : {};
  const options = { entryPoints, format, globalName: "raw", footer, minify: true, bundle: true, write: false };
  if (format === "esm") delete options.globalName;
  const { outputFiles } = await build({ ...options, target: "es2022" });
  return Buffer.from(outputFiles[0].contents);
}
