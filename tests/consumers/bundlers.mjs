// Builds an app with each bundler, as its manual's first page does.

import { readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import * as vite from "vite";
import webpack from "webpack";
import { fromRoot } from "../../scripts/lib/paths.mjs";

export const here = (path) => fileURLToPath(new URL(path, import.meta.url));
export const output = (name) => fromRoot("target", "consumers", name);

/** `{ name: build }`: each takes `app`, a folder here, and the folder to write to. */
export const bundlers = {
  async Vite(app, to) {
    await vite.build({ ...viteOptions(app), build: { outDir: to, emptyOutDir: true } });
  },

  async "webpack 5"(app, to, entry = "main.js") {
    const options = { mode: "production", entry: here(`${app}/${entry}`), output: { path: to, filename: "main.js" } };
    const stats = await promisify(webpack)({ ...options, context: here(app), performance: false });
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString("errors-warnings"));
    await page(app, to, '<script defer src="main.js">');
  },

  async Rollup(app, to) {
    const onwarn = ({ message }) => {
      throw new Error(message);
    };
    const bundle = await rollup({ input: here(`${app}/main.js`), plugins: [nodeResolve({ browser: true })], onwarn });
    await bundle.write({ dir: to, format: "es" });
    await page(app, to);
  },

  async esbuild(app, to) {
    const options = { bundle: true, minify: true, format: "esm", outfile: `${to}/main.js`, logLevel: "silent" };
    const { warnings } = await esbuild.build({ ...options, entryPoints: [here(`${app}/main.js`)] });
    if (warnings.length) throw new Error(JSON.stringify(warnings, null, 2));
    await page(app, to);
  },
};

/** Vite's own development server; `close()` ends it. */
export async function viteServer(app, more = {}) {
  const options = viteOptions(app);
  await rm(options.cacheDir, { recursive: true, force: true });
  const server = await vite.createServer({ ...options, server: { host: "127.0.0.1" }, ...more });
  await server.listen();
  // Once it knows what the app imports it would reload a page that is there already.
  await server.warmupRequest("/main.js");
  await server.waitForRequestsIdle();
  return { origin: server.resolvedUrls.local[0], close: () => server.close() };
}

const viteOptions = (app) => ({
  root: here(app),
  base: "./",
  configFile: false,
  logLevel: "warn",
  cacheDir: output(`${app}-vite-cache`),
});

/** The page of an app whose bundler makes none. */
async function page(app, to, script) {
  const html = await readFile(here(`${app}/index.html`), "utf8");
  await writeFile(`${to}/index.html`, script ? html.replace(/<script type="module"[^>]*>/, script) : html);
}
