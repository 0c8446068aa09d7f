// What a page can measure of a client by its own clock. Each function is given `io`, and answers a figure in µs or ms;
// messages are counted and added up, and a wrong sum is an error.
import { framesOf, installStandIn, StandIn } from "./bench-stand-in.js";
import { eachInTasks } from "./bench-tasks.js";

const OWN_EVENTS = 20_000;
// A task takes 0.1 ms in WebKitGTK: with fewer events in each, that would be what is measured.
const PER_TASK = 2_000;
const RECEIVED = 10_000;
const ROUND_TRIPS = 200;
const CONNECTS = 5;

export const figures = [
  {
    title: "Own cost per event received",
    how: "frames from inside the page, without a network",
    unit: "µs",
    standIn: true,
    measure: ownReceived,
  },
  {
    title: "Own cost per event emitted",
    how: "frames that never leave the page",
    unit: "µs",
    standIn: true,
    measure: ownEmitted,
  },
  {
    title: "Time per event received",
    how: "a burst from the server, over WebSocket",
    unit: "µs",
    measure: received,
  },
  {
    title: "Round trip",
    how: "an event and its acknowledgement, over WebSocket",
    unit: "µs",
    measure: roundTrip,
  },
  {
    title: "Connecting",
    how: "from io() to connect, over WebSocket",
    unit: "ms",
    measure: connecting,
  },
];

/** Loads both clients: `standIn` is a second copy of each, which finds the stand-in in the place of the WebSocket. */
export async function loadClients() {
  const files = { reference: "/socket.io/socket.io.esm.min.js", wasm: "/dist/socketio.esm.js" };
  const clients = {};
  for (const [name, file] of Object.entries(files)) clients[name] = { io: (await import(file)).io };
  for (const [name, file] of Object.entries(files)) {
    clients[name].standIn = await withStandIn(async () => (await import(`${file}?stand-in`)).io);
  }
  return clients;
}

async function withStandIn(task) {
  const restore = installStandIn();
  try {
    return await task();
  } finally {
    restore();
  }
}

function open(io) {
  const socket = io("/", { transports: ["websocket"], reconnection: false, forceNew: true });
  return new Promise((resolve, reject) => {
    socket.on("connect", () => resolve(socket));
    socket.on("connect_error", reject);
  });
}

function must(what, seen, wanted) {
  if (seen !== wanted) throw new Error(`${what}: ${seen} instead of ${wanted}`);
}

const sumTo = (count) => (count * (count - 1)) / 2;

async function ownReceived(io) {
  const socket = await withStandIn(() => open(io));
  const line = StandIn.latest;
  const frames = framesOf(OWN_EVENTS, (n) => `42["event",${n}]`);
  let sum = 0;
  socket.on("event", (n) => (sum += n));
  const begin = performance.now();
  await eachInTasks(OWN_EVENTS, (n) => line.receive(frames[n]), PER_TASK);
  const took = performance.now() - begin;
  socket.disconnect();
  must("the sum of what was received", sum, sumTo(OWN_EVENTS));
  return (took * 1000) / OWN_EVENTS;
}

async function ownEmitted(io) {
  const socket = await withStandIn(() => open(io));
  const line = StandIn.latest;
  const before = line.sent.length;
  const begin = performance.now();
  await eachInTasks(OWN_EVENTS, (n) => socket.emit("event", n), PER_TASK);
  const took = performance.now() - begin;
  const sent = line.sent.slice(before);
  socket.disconnect();
  must("frames sent", sent.length, OWN_EVENTS);
  must("wrong frames", sent.findIndex((text, n) => text !== `42["event",${n}]`), -1);
  return (took * 1000) / OWN_EVENTS;
}

async function received(io) {
  const socket = await open(io);
  let count = 0;
  let sum = 0;
  const all = new Promise((resolve) =>
    socket.on("burst", (n) => {
      sum += n;
      if (++count === RECEIVED) resolve();
    }),
  );
  const begin = performance.now();
  socket.emit("burst", RECEIVED);
  await all;
  const took = performance.now() - begin;
  socket.disconnect();
  must("the sum of what was received", sum, sumTo(RECEIVED));
  return (took * 1000) / RECEIVED;
}

async function roundTrip(io) {
  const socket = await open(io);
  const begin = performance.now();
  for (let n = 0; n < ROUND_TRIPS; n++) {
    must("the echo", await new Promise((resolve) => socket.emit("echo", n, resolve)), n);
  }
  const took = performance.now() - begin;
  socket.disconnect();
  return (took * 1000) / ROUND_TRIPS;
}

async function connecting(io) {
  let took = 0;
  for (let n = 0; n < CONNECTS; n++) {
    const begin = performance.now();
    const socket = await open(io);
    took += performance.now() - begin;
    socket.disconnect();
    // Chromium opens no other WebSocket to the same server in the 10 ms after one.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return took / CONNECTS;
}
