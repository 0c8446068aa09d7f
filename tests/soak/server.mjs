import { startTestServer } from "../e2e/test-server.mjs";

/** The real server. `connections()` of the answer: how many there are of each kind. */
export async function startSoakServer() {
  const server = await startTestServer((io) => {
    io.on("connection", answer);
    io.of("/other").on("connection", () => {});
  });
  return {
    origin: server.origin,
    close: server.close,
    connections: () => ({
      sessions: server.sessions.length,
      sockets: server.io.of("/").sockets.size,
      others: server.io.of("/other").sockets.size,
    }),
  };
}

function answer(socket) {
  let count = 0;
  socket.on("up", (value, ack) => {
    count++;
    if (typeof ack === "function") ack(value);
  });
  socket.on("total", (ack) => {
    ack(count);
    count = 0;
  });
  socket.on("send", (times, ack) => {
    for (let n = 0; n < times; n++) socket.emit("down", n % 100 ? n : Buffer.from([n & 255]));
    ack(times);
  });
  socket.on("cut", () => socket.conn.close());
}
