// What runs in the page of `npm run soak`.

import { io } from "/clients/wasm.js";

// The timers that have not fired and were not cleared.
const timers = new Set();
const { setTimeout: start, clearTimeout: stop } = globalThis;
globalThis.setTimeout = (call, delay, ...args) => {
  const timer = start(() => {
    timers.delete(timer);
    call(...args);
  }, delay);
  timers.add(timer);
  return timer;
};
globalThis.clearTimeout = (timer) => {
  timers.delete(timer);
  stop(timer);
};

const options = { forceNew: true, reconnectionDelay: 1, reconnectionDelayMax: 1, randomizationFactor: 0 };
const next = (target, event) => new Promise((resolve) => target.once(event, resolve));

const sockets = [];

/** Opens a connection of each kind. They stay for the whole run, over all reconnections. */
export async function open() {
  for (const transports of [["websocket"], ["polling"], ["polling", "websocket"]]) {
    const socket = io(`${location.origin}/`, { ...options, transports });
    sockets.push(socket);
    await next(socket, "connect");
  }
}

/** `events` for each connection and as many from it; then each is cut and comes back. Answers the events that came. */
export async function round(events) {
  let count = 0;
  for (const socket of sockets) {
    count += await exchange(socket, events);
    const back = next(socket, "connect");
    socket.io.engine.close();
    await back;
  }
  // One that comes and goes.
  const guest = io(`${location.origin}/`, { ...options, transports: ["websocket"] });
  await next(guest, "connect");
  guest.disconnect();
  return count;
}

async function exchange(socket, events) {
  let came = 0;
  const listener = () => (came += 1);
  socket.on("down", listener);
  for (let n = 0; n < events; n++) socket.emit("up", n);
  const { count } = await socket.emitWithAck("total");
  await socket.emitWithAck("down", "number", 0, events);
  socket.off("down", listener);
  if (came !== events || count !== events) throw new Error(`${came} events came and ${count} arrived of ${events}`);
  return came + count;
}

export const activeTimers = () => timers.size;

/** Of the server: how many connections it has. */
export const clients = () => sockets[0].emitWithAck("clients");
