// The network itself: what it does must be what the faults say that it does.

import assert from "node:assert/strict";
import net from "node:net";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { inTime, until } from "../e2e/wait.mjs";
import { behindByte, failing } from "./strikes.mjs";
import { Network } from "./network.mjs";
import { randomOf } from "./random.mjs";

let server;
let network;
/** The connections at the server. */
const served = [];

before(async () => {
  // Sends back what it gets.
  server = net.createServer((socket) => socket.on("error", () => {}).pipe(socket)).listen(0, "127.0.0.1");
  server.on("connection", (socket) => served.push(socket));
  await once(server, "listening");
  network = new Network({ host: "127.0.0.1", port: server.address().port });
  await network.start();
});

after(async () => {
  await network.close();
  server.close();
});

test("what passes is as it was: all of it, in its order", async () => {
  const { bytes } = await exchange(Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251)));
  assert.ok(bytes.every((byte, at) => byte === at % 251));
});

test("a delay is that of each way", async () => {
  network.delay = 200;
  const { ms } = await exchange(Buffer.alloc(100));
  network.delay = 0;
  assert.ok(ms >= 400, `${ms} ms`);
});

test("a bandwidth is kept to, and nothing gets lost", async () => {
  network.bandwidth = 20_000;
  const { ms } = await exchange(Buffer.alloc(10_000));
  network.bandwidth = Infinity;
  assert.ok(ms >= 500, `${ms} ms`);
});

test("a connection that was slowed down is slow for good, byte by byte", async () => {
  network.pace = 500;
  const { socket, chunks } = await open();
  network.pace = undefined;
  const begin = performance.now();
  socket.write(Buffer.alloc(100));
  await until("all bytes", () => sizeOf(chunks) === 100);
  const ms = performance.now() - begin;
  assert.ok(ms >= 190, `${ms} ms`);
  assert.ok(chunks.length > 10, `${chunks.length} pieces`);
  socket.destroy();
});

test("a silent connection carries nothing more and does not end, at either end; the next one does carry", async () => {
  const { socket, chunks, ended } = await open();
  const atServer = served.at(-1);
  const { bytesRead } = atServer;
  network.silence();
  socket.write("from the page");
  atServer.write("from the server");
  assert.equal((await exchange(Buffer.alloc(100))).bytes.length, 100);
  assert.deepEqual([chunks, ended(), atServer.bytesRead], [[], false, bytesRead]);
  socket.destroy();
  await exchange(Buffer.alloc(100));
  assert.deepEqual([atServer.readableEnded, atServer.destroyed], [false, false], "the server was told that the page left");
  atServer.destroy();
});

test("who is refused gets no connection, who had one loses it, and the address stays the same", async () => {
  const { socket, closed } = await open();
  const { port } = network;
  await inTime("the reset", Promise.all([network.refuse(), closed]));
  const [error] = await once(net.connect(port, network.address), "error");
  assert.equal(error.code, "ECONNREFUSED");
  await network.accept();
  assert.equal(network.port, port);
  assert.equal((await exchange(Buffer.alloc(100))).bytes.length, 100);
  socket.destroy();
});

const get = "GET /path HTTP/1.1\r\nHost: localhost\r\n\r\n";
const page = "<h1>Service Unavailable</h1>";

/** What becomes of a request: what the page gets, and whether the server has the request. */
const verdicts = [
  [undefined, /^GET \/path .*\r\n\r\n$/s, true],
  ["reset", /^$/, false],
  ["lose answer", /^$/, true],
  [{ status: 503, body: page }, new RegExp(`^HTTP/1.1 503 Service Unavailable\r\n.*\r\n\r\n${page}$`, "s"), false],
  [{ status: 200, body: "{}", type: "application/json" }, /\r\nContent-Type: application\/json\r\n/, false],
];

for (const [verdict, gets, isServed] of verdicts) {
  test(`a request of which the network says ${JSON.stringify(verdict)}`, async () => {
    network.onRequest = () => verdict;
    const count = served.length;
    const { bytes } = await exchange(Buffer.from(get));
    network.onRequest = () => undefined;
    assert.match(bytes.toString(), gets);
    const atServer = served.slice(count).reduce((sum, { bytesRead }) => sum + bytesRead, 0);
    assert.equal(atServer, isServed ? get.length : 0);
    const { method, url, verdict: noted, again } = network.requests.at(-1);
    assert.deepEqual({ method, url, noted }, { method: "GET", url: "/path", noted: verdict });
    assert.equal(again, network.requests.length > 1);
  });
}

test("a chunk is broken in its midst", async () => {
  network.onChunk = ({ direction }) => (direction === "down" ? "break" : undefined);
  const { bytes } = await exchange(Buffer.alloc(100));
  network.onChunk = () => undefined;
  assert.equal(bytes.length, 98);
});

test("a reset comes behind the byte that was wanted, wherever chunks end", async () => {
  for (const count of [0, 1, 99, 70_000, 150_001]) {
    const struck = behindByte("down", count)({ network });
    const { bytes } = await exchange(Buffer.alloc(200_000));
    await struck;
    assert.equal(bytes.length, count);
  }
});

test("the same seed lets the same requests fail", async () => {
  const verdicts = async (seed) => {
    const run = { network: { cut() {} }, random: randomOf(seed, "name") };
    const mend = failing(0.3)(run);
    const found = Array.from({ length: 1_000 }, () => run.network.onRequest());
    await mend();
    return found;
  };
  const [first, again, other] = [await verdicts("1"), await verdicts("1"), await verdicts("2")];
  assert.deepEqual(first, again);
  assert.notDeepEqual(first, other);
  const failed = first.filter(Boolean).length;
  assert.ok(failed > 250 && failed < 350, `${failed} of 1000`);
});

/** A connection that has carried something each way: what comes then, and whether it has ended. */
async function open() {
  const socket = net.connect(network.port, network.address);
  const chunks = [];
  let isClosed = false;
  socket.on("error", () => {}); // a reset, which is wanted here
  const closed = new Promise((resolve) => socket.on("close", resolve)).then(() => (isClosed = true));
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.write("x");
  await until("the first byte", () => chunks.length);
  chunks.length = 0;
  return { socket, chunks, closed, ended: () => isClosed };
}

const sizeOf = (chunks) => chunks.reduce((sum, { length }) => sum + length, 0);

/** Sends bytes, and answers those that came back until all were there, or the connection was reset. */
async function exchange(bytes) {
  const begin = performance.now();
  const socket = net.connect(network.port, network.address);
  const came = [];
  const closed = new Promise((resolve) => socket.on("close", resolve));
  socket.on("error", () => {}); // a reset, which is wanted here
  socket.on("data", (chunk) => {
    came.push(chunk);
    if (sizeOf(came) === bytes.length) socket.destroy();
  });
  socket.write(bytes);
  await inTime("all bytes, or a reset", closed);
  return { bytes: Buffer.concat(came), ms: performance.now() - begin };
}
