// Users of the nodes, a tab each.

import assert from "node:assert/strict";
import { connect } from "./client.mjs";

/** Somebody new, connected to this node: the balancer's cookie says so. */
export async function userOf(node, { servers, open }, options) {
  const tab = await open(servers.origin());
  await tab.goTo(node);
  assert.equal(await tab.run(connect, undefined, options), node);
  return tab;
}

export const nodeOf = (tab) => tab.run(() => socket.emitWithAck("who"));

export const numbers = (count) => Array.from({ length: count }, (_, number) => number);
