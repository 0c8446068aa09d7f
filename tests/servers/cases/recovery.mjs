// Connection state recovery on another node, while somebody counts on a third.

import assert from "node:assert/strict";
import { io } from "socket.io-client";
import { until } from "../../e2e/wait.mjs";
import { nodeOf, numbers, userOf } from "./users.mjs";

const LIVE = 200;
const MISSED = 400;
const ALL = 500;

/** The balancer cuts the connections of all nodes, */
export const takenOut = ({ balancer }) => balancer.takeOut("a", "b", "c");

/** or the node of this client ends, and there is no other for a while. */
export async function ended(servers) {
  const gone = servers.stopNode("a", "SIGTERM");
  await takenOut(servers);
  await gone;
}

export const recovery = (options, leave) => async (world) => {
  const { servers } = world;
  await servers.forget();
  const mine = await userOf("a", world, options);
  const id = await mine.run(() => socket.id);
  await mine.run(() => socket.emitWithAck("join", "numbers"));
  await count(servers, mine, () => leave(servers));
  const [counted, recovered, now] = await mine.run(() => [seen.numbers, seen.recovered, socket.id]);
  assert.deepEqual([recovered, now], [[false, true], id]);
  assert.notEqual(await nodeOf(mine), "a");
  assert.deepEqual(counted, numbers(ALL));
};

/**
 * Not in the very moment of the recovery: what the adapter reads then, it may tell the client twice or not at all.
 * For that there is a while without any node, in which all is counted that is missed.
 */
async function count(servers, mine, leave) {
  // Not by way of the balancer: another service of the same house.
  const counter = io(`http://127.0.0.1:${servers.ports.b}`);
  try {
    const isStream = await mine.run(() => socket.io.engine.transport.name === "websocket");
    // Over a WebSocket it is cut in the middle of counting. A node learns of a polling session's end if a request waits.
    counter.emit("count", "numbers", 0, isStream ? MISSED : LIVE);
    await mine.see("the first numbers", (live) => seen.numbers.length >= live, LIVE);
    if (!isStream) await until("a request that waits at node a", async () => (await servers.waiting("a")) > 0);
    await leave();
    await mine.see("the end of the connection", () => !socket.connected);
    await mine.run(() => void socket.emit("keep", "mine"));
    if (!isStream) counter.emit("count", "numbers", LIVE, MISSED);
    await until("the end of what is missed", async () => (await servers.kept()).includes(String(MISSED)));
    for (const node of ["b", "c"]) await servers.balancer.putBack(node);
    await mine.see("the recovery", () => seen.recovered.length > 1);
    counter.emit("count", "numbers", MISSED, ALL);
    await until("what was emitted meanwhile", async () => (await servers.kept()).includes("mine"));
    await mine.see("the last number", (last) => seen.numbers.includes(last), ALL - 1);
  } finally {
    counter.disconnect();
  }
}
