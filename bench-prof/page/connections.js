// Sockets that stay open over many bursts, and connections that come and go.

import { nextTask } from "/www/bench-tasks.js";

// Chromium opens one WebSocket to a server at a time, and none in the 10 ms after: a pause that is no client's.
const PAUSE = 20;

const sockets = {};

export const socketOf = (transport) => sockets[transport];

const options = (transport, more) => ({ transports: [transport], reconnection: false, ...more });
const connected = (socket) => new Promise((resolve) => socket.on("connect", resolve));

/** Opens the socket of a transport that bursts are sent over, unless there is one. */
export async function open(io, transport) {
  if (sockets[transport]) return;
  const socket = (sockets[transport] = io(`${location.origin}/`, options(transport, { forceNew: true })));
  await connected(socket);
}

export function disconnect(io, transport) {
  sockets[transport]?.disconnect();
  delete sockets[transport];
}

/** Milliseconds until `count` namespaces over one new connection are connected; the mean of several `times`. */
export async function namespaces(io, count, times) {
  let took = 0;
  for (let turn = 0; turn < times; turn++) took += await connectNamespaces(io, count);
  return took / times;
}

async function connectNamespaces(io, count) {
  const begin = performance.now();
  const first = io(`${location.origin}/n0`, options("websocket", { forceNew: true }));
  const opened = [first];
  for (let n = 1; n < count; n++) opened.push(first.io.socket(`/n${n}`));
  await Promise.all(opened.map(connected));
  const took = performance.now() - begin;
  for (const socket of opened) socket.disconnect();
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  return took;
}

/** Connects and disconnects `count` times. */
export async function cycles(io, count) {
  for (let n = 0; n < count; n++) {
    const socket = io(`${location.origin}/`, options("websocket", { forceNew: true }));
    await connected(socket);
    socket.disconnect();
    await nextTask();
  }
}
