// socketio-wasm/init: the wasm is a file of its own, and nothing works before it is there.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const bytes = readFileSync(new URL("../../dist/socketio.wasm", import.meta.url));
const early = /^socketio-wasm: not ready, `await init\(\)` comes first$/;
const url = "http://localhost:1";
const options = { autoConnect: false };

/** The module anew: once it has its wasm, it keeps it. */
let copies = 0;
const load = () => import(`../../dist/socketio.init.js?${(copies += 1)}`);

test("whatever is used before says so", async () => {
  const { Engine, Manager, io } = await load();
  for (const use of [() => io(url, options), () => new Manager(url, options), () => new Engine(url)]) {
    assert.throws(use, { message: early });
  }
});

const sources = {
  "its bytes": () => bytes,
  "what its bytes were compiled to": () => new WebAssembly.Module(bytes),
  "a response with it": () => new Response(bytes, { headers: { "content-type": "application/wasm" } }),
  "a promise of a response": async () => new Response(bytes, { headers: { "content-type": "application/wasm" } }),
  "an address": () => `data:application/wasm;base64,${bytes.toString("base64")}`,
  "an address as URL": () => new URL(`data:application/wasm;base64,${bytes.toString("base64")}`),
};

for (const [what, source] of Object.entries(sources)) {
  test(`it takes ${what}`, async () => {
    const { default: init, io } = await load();
    assert.equal(await init(source()), undefined);
    assert.equal(io(url, options).connected, false);
  });
}

test("calling it again changes nothing", async (t) => {
  const { default: init, io } = await load();
  const instantiate = t.mock.method(WebAssembly, "instantiate");
  await Promise.all([init(bytes), init(new Response("never looked at"))]);
  await init(bytes);
  assert.equal(instantiate.mock.callCount(), 1);
  assert.equal(io(url, options).connected, false);
});

test("when there is something else in its place, the error names the place", async () => {
  const { default: init } = await load();
  const address = "data:text/html,Not%20found";
  await assert.rejects(init(address), (error) => {
    assert.ok(error.message.startsWith(`socketio-wasm: there is no wasm at ${address}: `), error.message);
    return error.cause instanceof WebAssembly.CompileError;
  });
});

test("when the file cannot be had it says so, and can be called again", async () => {
  const { default: init, io } = await load();
  await assert.rejects(init(new Response("", { status: 404, statusText: "Not Found" })), /404 Not Found/);
  assert.throws(() => io(url, options), { message: early });
  await init(bytes);
  assert.equal(io(url, options).connected, false);
});
