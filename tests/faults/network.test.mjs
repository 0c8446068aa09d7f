// The network itself: what it does must be what the faults say that it does.

import assert from "node:assert/strict";
import net from "node:net";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { behindByte, failing } from "./strikes.mjs";
import { Network } from "./network.mjs";
import { randomOf } from "./random.mjs";

let server;
let network;

before(async () => {
  // Sends back what it gets.
  server = net.createServer((socket) => socket.on("error", () => {}).pipe(socket)).listen(0, "127.0.0.1");
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

/** Sends bytes, and answers those that came back until all were there, or the connection was reset. */
async function exchange(bytes) {
  const begin = performance.now();
  const socket = net.connect(network.port, network.address);
  const came = [];
  const closed = new Promise((resolve) => socket.on("close", resolve));
  socket.on("error", () => {}); // a reset, which is wanted here
  socket.on("data", (chunk) => {
    came.push(chunk);
    if (came.reduce((sum, { length }) => sum + length, 0) === bytes.length) socket.destroy();
  });
  socket.write(bytes);
  await closed;
  return { bytes: Buffer.concat(came), ms: performance.now() - begin };
}
