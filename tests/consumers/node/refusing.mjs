// node refusing.mjs <url> <times>: where there are events, and listeners that capture are refused, as in Cloudflare's workers;
// and that many times any listener. Prints what io() threw, and whether the next one connects.

import { io } from "socketio-wasm";

let times = Number(process.argv[3]);
globalThis.addEventListener = (type, listener, capture) => {
  if (times-- > 0) throw new Error("no listener");
  if (capture) throw new TypeError("addEventListener(): useCapture must be false.");
};

let thrown = "nothing";
if (times) {
  try {
    io(process.argv[2]);
  } catch ({ message }) {
    thrown = message;
  }
}
const socket = io(process.argv[2]);
socket.emit("echo", "connected", 0, (answer) => {
  console.log(JSON.stringify([thrown, answer]));
  socket.disconnect();
});
