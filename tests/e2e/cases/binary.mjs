// Bytes both ways by either transport: as arguments, as a part of a view, deep inside objects,
// in acknowledgements.

import assert from "node:assert/strict";
import { startTestServer } from "../test-server.mjs";

export default function binary(scene) {
  const setting = { server: startBinaryServer };
  for (const transport of ["websocket", "polling"]) {
    scene(`binary data both ways by ${transport}`, setting, (world) => bytes(world, transport));
  }
}

async function bytes({ page, server }, transport) {
  await page.open("/library.html");
  const { event, acknowledged } = await page.run(exchange, transport);
  const [buffer, part, nested] = server.received;
  assert.deepEqual([...buffer], [0, 1, 128, 255]);
  assert.deepEqual([...part], [2, 3], "of a view, its part of the buffer alone");
  assert.deepEqual(plain(nested), { name: "ü", list: [[4, 5], null, { deep: [6] }], empty: [] });
  assert.deepEqual(event, ["bytes", [[0, 255, 10], { inner: [7, 8] }]]);
  assert.deepEqual(acknowledged, [[9, 30]]);
}

async function startBinaryServer() {
  const received = [];
  const server = await startTestServer((io) => {
    io.on("connection", (socket) => {
      socket.on("bytes", (...args) => {
        const acknowledge = args.pop();
        received.push(...args);
        socket.emit("answer", "bytes", [Buffer.from([0, 255, 10]), { inner: new Uint8Array([7, 8]) }]);
        acknowledge(Buffer.from([9, 30])); // 30 is what divides packets in a polling payload
      });
    });
  });
  return Object.assign(server, { received });
}

/** Buffers as lists of numbers. */
function plain(value) {
  if (Buffer.isBuffer(value)) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

/** In the page. */
async function exchange(transport) {
  const socket = io({ transports: [transport] });
  const answered = new Promise((resolve) => socket.on("answer", (...args) => resolve(args)));
  const whole = new Uint8Array([0, 1, 128, 255]).buffer;
  const part = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
  const list = [new Uint8Array([4, 5]), null, { deep: new DataView(new Uint8Array([6]).buffer) }];
  const nested = { name: "ü", list, empty: new ArrayBuffer(0) };
  const acknowledged = await new Promise((resolve) =>
    socket.emit("bytes", whole, part, nested, (...args) => resolve(args)),
  );
  // Only an ArrayBuffer becomes a list: anything else in its place is seen by the test.
  const lists = (value) => {
    if (value instanceof ArrayBuffer) return [...new Uint8Array(value)];
    if (Array.isArray(value)) return value.map(lists);
    return value && value.inner ? { inner: lists(value.inner) } : value;
  };
  return { event: lists(await answered), acknowledged: lists(acknowledged) };
}
