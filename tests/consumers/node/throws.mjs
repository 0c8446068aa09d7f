// node throws.mjs <url>: a listener throws; prints how the process hears of it, and whether the socket goes on.

import { io } from "socketio-wasm";

const socket = io(process.argv[2]);
const hear = (how) => (error) => socket.emit("echo", [how, error.message], 0, end);
for (const how of ["uncaughtException", "unhandledRejection"]) process.on(how, hear(how));
socket.on("welcome", () => {
  throw new Error("of a listener");
});

function end(heard) {
  console.log(JSON.stringify([...heard, socket.connected]));
  socket.disconnect();
}
