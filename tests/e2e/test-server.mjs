// A Socket.IO server inside the test, whose sessions and sockets can be looked at.
// It serves pages/ and the built library.

import http from "node:http";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { Server } from "socket.io";

const folders = {
  "/dist/": new URL("../../dist/", import.meta.url),
  "/": new URL("pages/", import.meta.url),
};
const types = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8" };

/** `setUp(io)` adds the handlers; `options` go to the Socket.IO server. */
export async function startTestServer(setUp = () => {}, { port = 0, ...options } = {}) {
  const server = http.createServer(serve);
  const io = new Server(server, { cors: { origin: "*" }, ...options });
  // Of a polling session that ends without a request waiting, the server keeps a timer for 30 s:
  // the tests would wait for it at their end.
  io.engine.on("connection", ({ transport }) => (transport.closeTimeout = 0));
  setUp(io);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    io,
    port: server.address().port,
    origin: `http://127.0.0.1:${server.address().port}`,
    output: "",
    /** The Engine.IO sessions there are now. */
    get sessions() {
      return Object.values(io.engine.clients);
    },
    close: () => {
      server.closeAllConnections();
      return io.close();
    },
  };
}

async function serve(req, res) {
  const { pathname } = new URL(req.url, "http://localhost");
  const prefix = pathname.startsWith("/dist/") ? "/dist/" : "/";
  try {
    const body = await readFile(new URL(pathname.slice(prefix.length), folders[prefix]));
    res.writeHead(200, { "content-type": types[pathname.split(".").pop()] ?? "text/plain" });
    res.end(body);
  } catch {
    res.writeHead(404).end();
  }
}
