// The real Socket.IO server, and the files of one app beside it.

import http from "node:http";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { Server } from "socket.io";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
};

/** `folders` are looked through in their order; `headers` go with every file. */
export async function startServer({ folders = [], headers = {} } = {}) {
  const requests = [];
  const server = http.createServer((req, res) => {
    requests.push(req.url);
    serve(req, res, folders, headers);
  });
  const io = new Server(server, { cors: { origin: "*" } });
  io.on("connection", welcome);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    http: server,
    origin: `http://127.0.0.1:${server.address().port}`,
    requests,
    close() {
      server.closeAllConnections();
      return io.close();
    },
  };
}

function welcome(socket) {
  socket.on("echo", (text, bytes, answer) => answer(text, bytes));
  socket.emit("welcome", socket.conn.transport.name, Uint8Array.of(1, 2, 3));
}

/** What an app got from `welcome` and `echo`, over this transport. */
export const exchanged = (transport) => ({ welcome: [transport, 1, 2, 3], echo: ["grüße", 0, 128, 255] });

async function serve(req, res, folders, headers) {
  const { pathname } = new URL(req.url, "http://localhost");
  const name = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
  for (const folder of folders) {
    const body = await readFile(join(folder, name)).catch(() => undefined);
    if (!body) continue;
    res.writeHead(200, { ...headers, "content-type": types[extname(name)] ?? "text/plain" });
    return res.end(body);
  }
  res.writeHead(404, { "content-type": "text/plain" }).end(`no ${pathname}`);
}
