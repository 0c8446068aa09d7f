// The connection below, alone: used as a WebSocket is, or by its events.

import { Engine, io } from "socketio-wasm";

const engine = new Engine("https://example.com", { path: "/engine.io", transports: ["websocket", "polling"] });
new Engine({ hostname: "example.com", port: 3000 });
new Engine();

engine.onopen = () => engine.send("hello");
engine.onmessage = ({ data }) => console.log(data);
engine.onclose = engine.onerror = null;
engine.binaryType = "blob";
engine.send(new Uint8Array([1]), { compress: false }, () => {}).close();

engine
  .on("open", () => engine.id?.length)
  .on("handshake", ({ sid, upgrades, pingInterval, maxPayload }) => [sid, upgrades[0], pingInterval + maxPayload])
  .on("message", (data: string) => data)
  .on("packet", ({ type, data }) => [type === "message", data])
  .on("upgrade", ({ name }) => name === "websocket")
  .on("upgradeError", (err) => err.message)
  .on("error", (err) => err)
  .on("close", (reason, details) => [reason.length, details]);

const below = io().io.engine;
below satisfies Engine;
console.log(below.transport.name, below.transport.writable, below.transport.query, below.writeBuffer.length);
console.log(below.bufferedAmount.toFixed(), below.hostname, below.port, below.secure, Engine.protocol satisfies 4);

// @ts-expect-error: there are no events but those of the connection
engine.on("hello", () => {});
// @ts-expect-error: it is the server that gives it
engine.id = "me";
// @ts-expect-error: no such form of binary
engine.binaryType = "buffer";
