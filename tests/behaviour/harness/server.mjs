// The server of one case, on a port of its own: the real `socket.io`, or the real `engine.io` alone,
// behind what the case wants to do to requests. It serves the harness's page, too.

import http from "node:http";
import { once } from "node:events";
import { Server as EngineServer } from "engine.io";
import { Server } from "socket.io";
import { record, recordUpgrade } from "./requests.mjs";
import { PREFIX, serveFiles } from "./files.mjs";

// So that a case can be asked for from another origin (localhost), with cookies as well.
const cors = { origin: true, credentials: true };

/** Starts what `definition` asks for. `log` and `requests` are what `expect` gets; `leave()` ends everything. */
export async function startCaseServer(definition) {
  const server = http.createServer((req, res) => res.writeHead(404).end());
  const sockets = keepSockets(server);
  const cut = (except) => sockets.forEach((socket) => socket === except || socket.destroy());
  const world = { log: [], requests: [], cut };
  const attached = definition.engine ? attachEngine(server, definition, world) : attachIo(server, definition, world);
  handleRequests(server, definition, world);
  handleUpgrades(server, definition, world);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  world.port = server.address().port;
  world.origin = `http://127.0.0.1:${world.port}`;
  await definition.server?.(world);
  world.leave = async () => {
    world.cut(); // first: a server waits at its end for the connections that it has
    await attached.close();
    server.close();
  };
  return world;
}

function keepSockets(server) {
  const sockets = new Set();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {}); // cut while it was being written to
    socket.on("close", () => sockets.delete(socket));
  });
  return sockets;
}

function attachIo(server, { options }, world) {
  world.io = new Server(server, { cors, serveClient: false, ...options });
  forgetSoon(world.io.engine);
  return world.io;
}

function attachEngine(server, { engine, options }, world) {
  world.engine = new EngineServer({ cors, ...options });
  world.engine.attach(server, { path: "/socket.io/", ...options });
  forgetSoon(world.engine);
  world.engine.on("connection", (socket) => engine(socket, { ...world, request: socket.request }));
  return world.engine;
}

/** Of a polling session that ends without a request waiting the server keeps a timer for 30 s. */
function forgetSoon(engine) {
  engine.on("connection", ({ transport }) => (transport.closeTimeout = 0));
}

function handleRequests(server, definition, world) {
  intercept(server, "request", (req, res, next) => {
    if (req.url.startsWith(PREFIX)) return serveFiles(req, res, { definition, world });
    record(req, res, world.requests);
    definition.http ? definition.http(req, res, next) : next();
  });
}

function handleUpgrades(server, definition, world) {
  intercept(server, "upgrade", (req, socket, head, next) => {
    recordUpgrade(req, socket, world.requests);
    definition.upgrade ? definition.upgrade(req, socket, next) : next();
  });
}

/** Puts `first` before the listeners that are there; it calls its last argument to go on with them. */
function intercept(server, event, first) {
  const others = server.listeners(event);
  server.removeAllListeners(event);
  server.on(event, (...args) => first(...args, () => others.forEach((other) => other.apply(server, args))));
}
