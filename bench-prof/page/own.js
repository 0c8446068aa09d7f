// A client's own cost: frames go to and from a stand-in for the WebSocket, inside the page. No network, no server.

import { checksum, record } from "./payloads.js";
import { eachInTasks } from "/www/bench-tasks.js";
import { framesOf, StandIn } from "/www/bench-stand-in.js";

/** A socket over a stand-in of its own: `{ socket, line }`. */
export async function openOwn(io, path = "/") {
  const socket = io(location.origin + path, { transports: ["websocket"], reconnection: false, forceNew: true });
  await new Promise((resolve) => socket.on("connect", resolve));
  return { socket, line: StandIn.latest };
}

let prepared;

/** Makes the frames of `feed`, and its socket. */
export async function prepareFeed(io, kind, size, count) {
  const values = Array.from({ length: count }, (_, n) => record(kind, size, n));
  const frames = framesOf(count, (n) => `42${JSON.stringify(["down", values[n]])}`);
  const sum = values.reduce((all, value) => all + checksum(value), 0);
  prepared = { ...(await openOwn(io)), frames, sum, here: { count: 0, sum: 0 } };
  const { socket, here } = prepared;
  socket.on("down", (value) => {
    here.count += 1;
    here.sum += checksum(value);
  });
}

export async function feed() {
  const { line, frames } = prepared;
  await eachInTasks(frames.length, (n) => line.receive(frames[n]));
}

export function verifyFeed() {
  const { socket, frames, sum, here } = prepared;
  socket.disconnect();
  if (here.count === frames.length && here.sum === sum) return;
  throw new Error(`fed ${frames.length} (sum ${sum}), received ${JSON.stringify(here)}`);
}

/** Makes the socket of `send`. */
export async function prepareSend(io, count) {
  prepared = { ...(await openOwn(io)), count };
  prepared.line.sent = [];
}

export async function send() {
  const { socket, count } = prepared;
  await eachInTasks(count, (n) => socket.emit("up", n));
}

export function verifySend() {
  const { socket, line, count } = prepared;
  const sent = line.sent.slice();
  socket.disconnect();
  const wrong = sent.findIndex((text, n) => text !== `42["up",${n}]`);
  if (sent.length !== count || wrong >= 0) throw new Error(`sent ${sent.length} of ${count}; wrong: ${sent[wrong]}`);
}
