// Three workers of Node's cluster, with its adapter. Each has a port of its own; who ends is replaced.

import cluster from "node:cluster";
import http from "node:http";
import { createAdapter, setupPrimary } from "@socket.io/cluster-adapter";
import { Server } from "socket.io";
import { serve } from "./files.mjs";
import { handlers } from "./handlers.mjs";

if (cluster.isPrimary) lead();
else work(process.env);

function lead() {
  setupPrimary();
  const fork = (env) => cluster.fork(env).once("exit", () => fork(env));
  for (const [NAME, PORT] of Object.entries(JSON.parse(process.env.PORTS))) fork({ NAME, PORT });
}

function work({ NAME, PORT }) {
  const server = http.createServer(serve);
  const io = new Server(server, { adapter: createAdapter(), connectionStateRecovery: {} });
  io.on("connection", handlers(io, { name: NAME }));
  // The connections come here, and not to the primary.
  server.listen({ port: Number(PORT), host: "127.0.0.1", exclusive: true }, () => {
    console.log(`ready ${NAME} ${process.pid}`);
  });
}
