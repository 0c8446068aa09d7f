// What can happen to a network: each breaks it, and answers what mends it, if anything does.

import { until } from "../e2e/wait.mjs";
import { pass } from "./network.mjs";

/** Nobody listens at the server's address. */
export async function refused({ network }) {
  await network.refuse();
  return () => network.accept();
}

/** Who comes is heard, and then reset: as if the server were gone, but who comes can be counted. */
export function gone({ network }) {
  const mend = judging(network, () => "reset");
  network.cut();
  return mend;
}

/** A proxy's page in the place of each answer. */
export const answering = (status, title) => ({ network }) => {
  const body = `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  network.cut();
  return judging(network, () => ({ status, body }));
};

/** A WebSocket that is there has no more requests that could fail: it has to begin anew. */
const WEBSOCKET_MS = 300;

/**
 * Requests fail by chance: before the server has them, by a proxy's page, or when it has answered. Where chance has
 * spared all of them, the last one fails.
 */
export const failing = (share) => ({ network, random }) => {
  const ways = ["reset", { status: 503, body: "<h1>Service Unavailable</h1>" }, "lose answer"];
  let failed = 0;
  let isOver = false;
  const mend = judging(network, () => {
    if (random() >= share && !(isOver && !failed)) return undefined;
    failed++;
    return ways[Math.floor(random() * ways.length)];
  });
  const timer = setInterval(() => network.cut(({ isWebSocket }) => isWebSocket), WEBSOCKET_MS);
  return async () => {
    isOver = true;
    await until("a request that fails", () => failed);
    clearInterval(timer);
    mend();
  };
};

function judging(network, judge) {
  network.onRequest = judge;
  return () => (network.onRequest = pass);
}

/** Bytes come one by one: for ever on the connections of that time. */
export function trickling({ network }) {
  network.pace = 10;
  network.links.forEach((link) => (link.pace = 10));
  return () => (network.pace = undefined);
}

/**
 * Nothing passes on the connections of that time, and they don't end. It begins with a poll, or in a WebSocket: where
 * nothing is under way, a browser may go on over connections that it makes then, and nothing has happened.
 */
export const silent = ({ network }) =>
  strikeOnce(network, ({ direction, chunk, link }) => {
    const isUsed = link.isWebSocket || (direction === "up" && chunk.toString("latin1", 0, 4) === "GET ");
    if (isUsed) network.silence();
    return isUsed && "silence";
  });

export function slow({ network }) {
  network.delay = 1_000;
  return () => (network.delay = 0);
}

export function narrow({ network }) {
  network.bandwidth = 20_000;
  return () => (network.bandwidth = Infinity);
}

export function cut({ network }) {
  network.cut();
}

/** The next message that goes there arrives by half, and a reset follows. */
export const breakNext = (wanted) => ({ network }) =>
  strikeOnce(network, ({ direction, chunk }) => direction === wanted && chunk.length > 8 && "break");

/** A WebSocket at its chunk of that number: the handshake is 0. For an upgrade: the probe, then the upgrade packet. */
export const young = (wanted, number, verdict) => ({ network }) =>
  strikeOnce(network, ({ direction, link }) => {
    return link.isWebSocket && direction === wanted && link.chunks[wanted] === number && verdict;
  });

/** The server's answer to CONNECT. Spec: Socket.IO, "Connection to a namespace". */
export const welcome = (verdict) => ({ network }) =>
  strikeOnce(network, ({ direction, chunk }) => direction === "down" && chunk.includes('40{"sid"') && verdict);

/** A reset behind so many bytes, counted from now on over all connections. */
export const behindByte = (wanted, count) => ({ network }) => {
  let left = count;
  return strikeOnce(network, ({ direction, chunk }) => {
    if (direction !== wanted) return undefined;
    if (chunk.length > left) return left;
    left -= chunk.length;
    return undefined;
  });
};

/** What `judge` says of a chunk is done, once. Resolves when it was. */
function strikeOnce(network, judge) {
  return new Promise((resolve) => {
    network.onChunk = (passing) => {
      const verdict = judge(passing);
      if (verdict === undefined || verdict === false) return undefined;
      network.onChunk = pass;
      resolve();
      return verdict;
    };
  });
}

/** The name has no address: https://www.rfc-editor.org/rfc/rfc6761#section-6.4 */
export async function nameless(run) {
  await run.setHost("nowhere.invalid");
  run.network.cut();
  return () => run.setHost(run.network.address);
}

/** The server ends in order, and another begins at its place, which knows nothing of the sessions. */
export async function restarted({ server, network }) {
  await server.stop();
  network.cut();
  return () => server.start();
}
