// The server, a process of its own: `node server.mjs <folder of the clients>` prints its two addresses as JSON.
// The real socket.io, the pages of the benchmark, and the same behind a slow line.

import http from "node:http";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Server } from "socket.io";
import { connectPage } from "./connect-page.mjs";
import { addHandlers } from "./handlers.mjs";
import { slowLine } from "./slow-line.mjs";

const LATENCY = 40; // ms, there and back
const BANDWIDTH = 10_000_000 / 8; // bytes per second
const MAX_PAYLOAD = 4_000_000; // 1 MB of binary data in base64 has to fit

const folders = {
  clients: process.argv[2],
  page: fileURLToPath(new URL("../page/", import.meta.url)),
  www: fileURLToPath(new URL("../../www/", import.meta.url)),
};
const types = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8" };

const server = http.createServer(answer);
const io = new Server(server, { serveClient: false, maxHttpBufferSize: MAX_PAYLOAD });
addHandlers(io);
const origin = await listen(server);
const slow = await listen(slowLine(Number(new URL(origin).port), LATENCY, BANDWIDTH));
console.log(JSON.stringify({ origin, slow }));

async function listen(listener) {
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return `http://127.0.0.1:${listener.address().port}`;
}

async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const [, folder, name] = pathname.split("/");
  if (pathname === "/favicon.ico") return send(response, 204, "js", "");
  if (folder === "connect") return send(response, 200, "html", connectPage(name, searchParams));
  // As a web server would that has been set up well.
  const isCompressed = folder === "clients" && /\bbr\b/.test(request.headers["accept-encoding"]);
  try {
    const body = await readFile(join(folders[folder], isCompressed ? `${name}.br` : name));
    return send(response, 200, name.split(".").pop(), body, isCompressed && { "Content-Encoding": "br" });
  } catch {
    return send(response, 404, "js", "");
  }
}

function send(response, status, type, body, more) {
  response.writeHead(status, {
    "Content-Type": types[type],
    // Each page load is a first one.
    "Cache-Control": "no-store",
    // Alone in its process, a page has a clock of 5 µs instead of 100.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    ...more,
  });
  response.end(body);
}
