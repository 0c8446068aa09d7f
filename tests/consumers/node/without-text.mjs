// node without-text.mjs: as where pages are tested in jsdom, which has neither of these. Prints what was emitted.

// Node's own need it when they are loaded.
void [globalThis.WebSocket, globalThis.Response];
delete globalThis.TextEncoder;
delete globalThis.TextDecoder;

const { io } = await import("socketio-wasm");
const socket = io("http://localhost:1", { autoConnect: false });
socket.emit("hey", "Ä");
console.log(JSON.stringify(socket.sendBuffer.map(({ data }) => data)));
