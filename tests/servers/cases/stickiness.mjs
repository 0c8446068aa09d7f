// Requests of one session that reach several nodes.

import assert from "node:assert/strict";
import { everybodySpeaks } from "./broadcast.mjs";
import { connect } from "./client.mjs";
import { nodeOf } from "./users.mjs";

const HINT = /^xhr (poll|post) error: session unknown: is the load balancer sticky\?$/;

export const unsticky = (options) => async ({ servers, open }) => {
  const users = [];
  for (const name of ["one", "two", "three"]) users.push([name, await open(servers.origin())]);
  for (const [, tab] of users) await tab.run(connect, undefined, options);
  await everybodySpeaks(users);
  const [, mine] = users[0];
  const node = await nodeOf(mine);
  await servers.stopNode(node, "SIGKILL");
  await mine.see("the end of the connection, and another", () => seen.ends.length > 0 && socket.connected);
  assert.notEqual(await nodeOf(mine), node);
};

export const lost = (options) => async ({ servers, open }) => {
  const tab = await open(servers.origin());
  assert.match(await tab.run(failure, undefined, options), HINT);
};

/** A page that a node serves itself, whose client goes by way of the balancer. */
export async function elsewhere({ servers, open }) {
  const url = servers.origin();
  const page = Object.assign(new URL(url), { port: servers.ports.a });
  const tab = await open(page.origin);
  const polling = { transports: ["polling"] };
  assert.match(await tab.run(failure, url, polling), HINT);
  assert.match(await tab.run(connect, url, { ...polling, withCredentials: true }), /^[abc]$/);
}

/** In the page: what is said of the first attempt, which has luck for as long as each request reaches the same node. */
async function failure(url, options) {
  const socket = io(url, { ...options, forceNew: true, reconnection: false });
  const goOn = () => socket.emit("say", "still here");
  socket.on("connect", goOn).on("said", goOn);
  const error = await new Promise((resolve) => {
    socket.on("connect_error", resolve);
    socket.on("disconnect", (_, details) => resolve(details));
    socket.io.on("close", () => resolve({ message: "closed without a word" }));
  });
  socket.disconnect();
  return error.message;
}
