// What the harness itself serves, below a path that no case uses: its page, the two clients, modules of npm packages,
// and the door through which a page calls the commands of its case.

import { readFile } from "node:fs/promises";
import { build } from "esbuild";

export const PREFIX = "/__behaviour/";

/**
 * Where each client is, as ES modules: only they have every export. The reference as who bundles it gets it:
 * the file that it publishes for browsers has an older engine inside, without `transportImplementations`.
 */
export const clients = {
  reference: "/__behaviour/modules/socket.io-client",
  ours: "/__behaviour/ours/socketio.esm.js",
};

const folders = {
  ours: new URL("../../../dist/", import.meta.url),
  page: new URL("page/", import.meta.url),
};
const types = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", wasm: "application/wasm" };

export async function serveFiles(req, res, context) {
  const { pathname } = new URL(req.url, "http://localhost");
  const [kind, ...rest] = pathname.slice(PREFIX.length).split("/");
  try {
    if (kind === "tell") return await tell(rest[0], req, res, context);
    const name = rest.join("/");
    if (kind === "modules") return send(res, "js", await bundled(name));
    send(res, name.split(".").pop(), await readFile(new URL(name, folders[kind])));
  } catch (error) {
    res.writeHead(500).end(String(error?.stack ?? error));
  }
}

function send(res, type, body) {
  res.writeHead(200, { "content-type": types[type] ?? "text/plain" });
  res.end(body);
}

/**
 * `tell(name, ...args)` in the page: runs the case's command of that name here, and hands its answer back.
 * Its own connection is not cut: the browser would ask once more.
 */
async function tell(name, req, res, { definition, world }) {
  let json = "";
  for await (const chunk of req) json += chunk;
  const answer = await definition.commands[name]({ ...world, cut: () => world.cut(req.socket) }, ...JSON.parse(json));
  send(res, "json", JSON.stringify(answer) ?? "null");
}

const bundles = new Map();

/** An npm package as one ES module. */
function bundled(name) {
  if (!bundles.has(name)) bundles.set(name, bundle(name));
  return bundles.get(name);
}

async function bundle(name) {
  const options = { bundle: true, format: "esm", platform: "browser", write: false, logLevel: "silent" };
  const { outputFiles } = await build({ entryPoints: [name], ...options });
  return outputFiles[0].text;
}
