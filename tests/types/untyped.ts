// A page that declares no types: any event, any arguments.

import io, { connect, io as named, Manager, protocol, Socket } from "socketio-wasm";

const socket: Socket = io();
connect === named;
const revision: 5 = protocol;

socket
  .on("connect", () => console.log(socket.id?.length, socket.connected, socket.disconnected, socket.active))
  .on("connect_error", (error) => console.log(error.message, error.data))
  .on("disconnect", (reason, details) => console.log(reason === "ping timeout", details))
  .once("hello", (counter: number) => console.log(counter))
  .onAny((event, ...args) => console.log(event.length, args))
  .onAnyOutgoing((event, ...args) => console.log(event.length, args))
  .emit("hey", { counter: revision }, (answer: string) => console.log(answer))
  .send("text", new ArrayBuffer(1))
  .off("hello")
  .off()
  .disconnect()
  .open();

// What is beyond the reference
socket.bufferedAmount.toFixed();
socket.sendBuffer.length = 0;
socket.recovered satisfies boolean;

const manager: Manager = socket.io;
const name: string = manager.engine.transport.name;
manager.on("reconnect_attempt", (attempt) => console.log(attempt.toFixed(), name));

// @ts-expect-error: not a reason there is
socket.on("disconnect", (reason) => reason === "tired");
// @ts-expect-error: a listener is a function
socket.on("hello", "world");
// @ts-expect-error: a socket belongs to a manager
new Socket();
// @ts-expect-error: what the classes have in common is not a class of the module
import { Emitter } from "socketio-wasm";
