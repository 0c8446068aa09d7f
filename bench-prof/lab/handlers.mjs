// What the server answers: each figure that counts messages is told by the server what it should have counted.

import { checksum, record } from "../page/payloads.js";

const NAMESPACES = 200;

export function addHandlers(io) {
  io.on("connection", addTo);
  // There before anyone asks: making a namespace is the server's cost.
  for (let n = 0; n < NAMESPACES; n++) io.of(`/n${n}`).on("connection", () => {});
}

function addTo(socket) {
  let count = 0;
  let sum = 0;
  const add = (value) => {
    count += 1;
    sum += checksum(value);
  };
  socket.on("up", add);
  // What has come since the last time.
  socket.on("total", (ack) => {
    ack({ count, sum });
    count = sum = 0;
  });
  socket.on("echo", (value, ack) => ack(value));
  socket.on("down", (kind, size, times, ack) => ack(sendDown(socket, kind, size, times)));
}

function sendDown(socket, kind, size, times) {
  let sum = 0;
  for (let n = 0; n < times; n++) {
    const value = record(kind, size, n);
    sum += checksum(value);
    socket.emit("down", value);
  }
  return { count: times, sum };
}
