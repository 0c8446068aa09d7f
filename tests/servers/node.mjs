// One `socket.io` node of three: a process of its own, with the Redis streams adapter. SIGTERM ends it in good order.

import http from "node:http";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";
import { handlers, keyOfKept } from "./handlers.mjs";
import { serve } from "./files.mjs";

const { NAME, PORT, REDIS_URL } = process.env;
const redis = createClient({ url: REDIS_URL });
redis.on("error", (error) => console.error(error.message));
await redis.connect();

const isWaiting = ({ transport }) => transport.name === "polling" && transport.writable;
const server = http.createServer((req, res) => {
  if (req.url !== "/waiting") return serve(req, res);
  // To the tests: how many polling sessions have a request here that waits.
  res.end(String(Object.values(io.engine.clients).filter(isWaiting).length));
});
const io = new Server(server, {
  adapter: createAdapter(redis),
  connectionStateRecovery: {},
  // For a page of another origin, with the balancer's cookie.
  cors: { origin: true, credentials: true },
});
io.on("connection", handlers(io, { name: NAME, keep: (value) => redis.rPush(keyOfKept, value) }));
process.once("SIGTERM", async () => {
  await io.close();
  // What the adapter keeps of the sessions has reached Redis then.
  await redis.close();
  process.exit(0);
});
server.listen(Number(PORT), "127.0.0.1", () => console.log("ready"));
