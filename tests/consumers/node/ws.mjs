// node ws.mjs <url> <transport>: with the WebSocket of the package `ws`, which throws errors that nobody listens for; then with
// a parser that reads a Buffer and nothing else. Prints what the second server, which has that parser as well, answers.

import { io } from "socketio-wasm";
import parser from "socket.io-msgpack-parser";
import WebSocket from "ws";

globalThis.WebSocket = WebSocket;
const [, , url, transport] = process.argv;
io(url, { transports: ["websocket"] }).disconnect();

const socket = io(`${url}/msgpack`, { path: "/msgpack", parser, binaryType: "nodebuffer", transports: [transport] });
socket.on("connect_error", (error) => console.log(JSON.stringify(error.message)));
socket.emit("echo", "grüße", Buffer.of(1, 2), (...answer) => {
  console.log(JSON.stringify(answer));
  socket.disconnect();
});
