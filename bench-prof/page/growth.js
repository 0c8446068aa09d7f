// How a client's own cost grows with how much there is of something. Each function answers the milliseconds for `count`.

import { framesOf, StandIn } from "/www/bench-stand-in.js";
import { openOwn } from "./own.js";
import { eachInTasks } from "/www/bench-tasks.js";

const timed = async (task) => {
  const begin = performance.now();
  await task();
  return performance.now() - begin;
};

function must(what, seen, wanted) {
  if (seen !== wanted) throw new Error(`${what}: ${seen} instead of ${wanted}`);
}

/** Little is done many times over, and the time divided: one clock tick would be more than what is measured. */
async function repeated(count, once) {
  const times = Math.max(1, Math.ceil(300 / count));
  let sum = 0;
  for (let turn = 0; turn < times; turn++) sum += await once(turn);
  return sum / times;
}

/** One event is received, with `count` listeners. */
export async function listeners(io, count) {
  const { socket, line } = await openOwn(io);
  let calls = 0;
  for (let n = 0; n < count; n++) socket.on("down", () => calls++);
  const events = Math.max(20, Math.ceil(10_000 / count));
  const frames = framesOf(events, (n) => `42["down",${n}]`);
  const took = await timed(() => eachInTasks(events, (n) => line.receive(frames[n])));
  socket.disconnect();
  must("calls of listeners", calls, count * events);
  return took / events;
}

/** Listeners for `count` event names are added, and one event of each is received. */
export async function names(io, count) {
  const { socket, line } = await openOwn(io);
  let calls = 0;
  const once = (turn) => {
    const frames = framesOf(count, (n) => `42["${turn}-${n}",${n}]`);
    return timed(async () => {
      for (let n = 0; n < count; n++) socket.on(`${turn}-${n}`, () => calls++);
      await eachInTasks(count, (n) => line.receive(frames[n]));
    });
  };
  const took = await repeated(count, once);
  socket.disconnect();
  must("events", calls % count, 0);
  must("some events", calls > 0, true);
  return took;
}

/** `count` namespaces connect over a connection that is open. */
export async function spaces(io, count) {
  return repeated(count * 10, async () => {
    const { socket } = await openOwn(io);
    const opened = [];
    const took = await timed(async () => {
      for (let n = 0; n < count; n++) opened.push(socket.io.socket(`/n${n}`));
      await Promise.all(opened.map((one) => new Promise((resolve) => one.on("connect", resolve))));
    });
    for (const one of [socket, ...opened]) one.disconnect();
    return took;
  });
}

/** `count` events wait for their acknowledgement, then all are answered. */
export async function acks(io, count) {
  const { socket, line } = await openOwn(io);
  const took = await repeated(count, (turn) => {
    let answered = 0;
    const first = turn * count;
    const frames = framesOf(count, (n) => `43${first + n}[${n}]`);
    return timed(async () => {
      await eachInTasks(count, (n) => socket.emit("ask", n, (answer) => (answered += answer === n)));
      await eachInTasks(count, (n) => line.receive(frames[n]));
    }).finally(() => must("answers", answered, count));
  });
  socket.disconnect();
  return took;
}

/** `count` events are emitted before there is a connection, and sent once there is one. */
export async function buffered(io, count) {
  return repeated(count, async () => {
    const socket = io(`${location.origin}/`, { transports: ["websocket"], reconnection: false, forceNew: true });
    const took = await timed(async () => {
      for (let n = 0; n < count; n++) socket.emit("up", n);
      await new Promise((resolve) => socket.on("connect", resolve));
      await eachInTasks(1, () => {});
    });
    const events = StandIn.latest.sent.filter((text) => text.startsWith('42["up",'));
    must("sent", events.length, count);
    must("the last", events.at(-1), `42["up",${count - 1}]`);
    socket.disconnect();
    return took;
  });
}
