// The counter example: a real Socket.IO server. Run it with `node www/server.mjs`.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { staticFiles } from "./static-files.mjs";
import { addExampleHandlers } from "./example-handlers.mjs";
import { listen } from "./listen.mjs";

const httpServer = createServer(staticFiles());
const io = new Server(httpServer, { cors: { origin: true, credentials: true } });

io.on("connection", (socket) => {
  let counter = 0;
  const timer = setInterval(() => socket.emit("hello", ++counter), 1000);
  socket.on("hey", (data) => console.log("hey", data));
  socket.on("disconnect", () => clearInterval(timer));
});

addExampleHandlers(io);
listen(io, httpServer);
