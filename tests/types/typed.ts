// A page that declares its events, as socket.io-client's documentation shows it.

import { io, Socket } from "socketio-wasm";

interface ServerToClientEvents {
  hello: (counter: number) => void;
  withAck: (question: string, answer: (text: string) => void) => void;
}

interface ClientToServerEvents {
  hey: (data: { counter: number }) => void;
  ask: (question: string, answered: (answer: number) => void) => void;
  message: (text: string) => void;
}

const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io("https://example.com/room");

socket.on("hello", (counter) => counter.toFixed());
socket.on("withAck", (question, answer) => answer(question.toUpperCase()));
socket.on("connect", () => {});
socket.on("disconnect", (reason) => reason satisfies string);
socket.emit("hey", { counter: 1 });
socket.emit("ask", "how many?", (answer) => answer.toFixed());
socket.send("text");

// @ts-expect-error: the server emits no such event
socket.on("hallo", () => {});
// @ts-expect-error: the counter is a number
socket.on("hello", (counter: string) => counter);
// @ts-expect-error: the counter is missing
socket.emit("hey", {});
// @ts-expect-error: the data is missing
socket.emit("hey");
// @ts-expect-error: this side emits no such event
socket.emit("hello", 1);
// @ts-expect-error: the events of the socket itself cannot be emitted
socket.emit("connect");
// @ts-expect-error: the message is a text
socket.send(1);
