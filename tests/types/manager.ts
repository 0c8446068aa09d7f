// A manager: its options as methods, its events, its sockets.

import { Manager, type Packet, type Socket } from "socketio-wasm";

const manager = new Manager("https://example.com", { autoConnect: false });
new Manager({ forceNew: true });
new Manager();

manager
  .on("open", () => {})
  .on("close", (reason, details) => console.log(reason === "transport close", details))
  .on("error", (err) => console.log(err.message, err.description, err.context, err.data))
  .on("ping", () => {})
  .on("packet", (packet: Packet) => console.log(packet.type === 2, packet.nsp, packet.data, packet.id))
  .on("reconnect_attempt", (attempt) => attempt.toFixed())
  .on("reconnect_error", (err) => err.message)
  .on("reconnect_failed", () => {})
  .once("reconnect", (attempt) => attempt.toFixed())
  .on("drain", () => {})
  .off("drain");

manager.reconnection(true).reconnectionAttempts(3).reconnectionDelay(1).reconnectionDelayMax(2).randomizationFactor(0);
manager.timeout(false).open((err) => err?.message).connect();
const settings: [boolean, number, number] = [
  manager.reconnection(),
  manager.reconnectionAttempts(),
  manager.reconnectionDelayMax(),
];
const limit: number | boolean = manager.timeout();
console.log(settings, limit, manager.opts.path, manager.engine?.readyState);

const room: Socket = manager.socket("/room", { auth: { token: "a" }, retries: 3 });
const typed = manager.socket<{ hello: (counter: number) => void }>("/typed");
typed.on("hello", (counter) => counter.toFixed());
room.io satisfies Manager;

// @ts-expect-error: a manager has no such event
manager.on("connect", () => {});
// @ts-expect-error: the namespace is missing
manager.socket();
// @ts-expect-error: the connection is the manager's to make
manager.engine = undefined;
// @ts-expect-error: options of the connection are given to the manager
manager.socket("/room", { path: "/ws" });
