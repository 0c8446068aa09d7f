// node libraries.mjs <url>: prints what libraries see that put something of their own into a socket's place.

import { effect, reactive } from "@vue/reactivity";
import { io, Manager } from "socketio-wasm";
import wildcard from "socketio-wildcard";

const url = process.argv[2];
const events = [];
const states = [];
const answers = [];

// Every event, by a function of its own for `onevent`.
const patched = io(url);
wildcard(Manager)(patched);
patched.on("*", ({ data: [name, transport] }) => events.push([name, transport]));
await new Promise((resolve) => patched.on("welcome", resolve));
patched.disconnect();

// A proxy of the socket, which sees what is read and what is changed.
const { socket } = reactive({ socket: io(url, { autoConnect: false }) });
effect(() => states.push(socket.connected));
await new Promise((resolve) => socket.on("welcome", resolve).connect());
const ask = (socket, value) => new Promise((resolve) => socket.emit("echo", value, 0, (...args) => resolve(args)));
answers.push(await ask(socket.timeout(5000), "timeout"), await ask(socket, "no timeout"));
socket.compress(true).timeout(5000).compress(false).emit("several flags");
answers.push(await ask(socket, "no timeout"));
socket.disconnect();

const names = [socket, socket.io].map(({ constructor }) => constructor.name);
console.log(JSON.stringify({ events, states, answers, names }));
