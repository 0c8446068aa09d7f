// node much.mjs <url>: has 30,000 events answered at once over long-polling; prints how many were, and what binary data is.

import { io } from "socketio-wasm";

const COUNT = 30_000;
const socket = io(process.argv[2], { transports: ["polling"], binaryType: "nodebuffer" });
let answers = 0;
for (let n = 0; n < COUNT; n++) socket.emit("echo", n, null, () => answers++);
socket.emit("echo", "end", new Uint8Array([1, 2]), (text, bytes) => {
  console.log(JSON.stringify([answers, text, Buffer.isBuffer(bytes), [...bytes]]));
  socket.disconnect();
});
