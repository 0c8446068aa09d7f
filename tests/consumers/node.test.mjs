// The package under Node: where pages are rendered, and where there is no browser at all.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import parser from "socket.io-msgpack-parser";
import { Server } from "socket.io";
import { run } from "../../scripts/lib/process.mjs";
import { here } from "./bundlers.mjs";
import { exchanged, startServer } from "./server.mjs";

// This very Node, and the oldest that has WebSocket, where there is a package with it for this machine.
const ofPackage = here(`node_modules/node-${process.platform}-${process.arch}/bin/node`);
const nodes = new Set([process.execPath, ...[ofPackage].filter(existsSync)]);
const apps = { import: "node/module.mjs", require: "node/commonjs.cjs" };

for (const node of nodes) {
  const { stdout } = await run(node, ["--version"]);
  const version = stdout.trim();
  const hasWebSocket = Number.parseInt(version.slice(1), 10) >= 22;

  describe(`under Node ${version}`, { timeout: 60_000 }, () => {
    for (const [how, app] of Object.entries(apps)) {
      test(`${how}: it connects, by WebSocket where there is one, and the process ends by itself`, () =>
        assertExchanges(node, app, {}, hasWebSocket ? "websocket" : "polling"));
      test(`${how}: it connects by long-polling, and the process ends by itself`, () =>
        assertExchanges(node, app, { transports: ["polling"] }, "polling"));
    }

    test("it can be imported and emits where there is no TextEncoder, as in jsdom", async () => {
      assert.deepEqual(await answerOf(node, ["node/without-text.mjs"]), [["hey", "Ä"]]);
    });

    test("a payload that is worked off in parts leaves nothing behind, and binary data may be a Buffer", async () => {
      const server = await startServer();
      try {
        assert.deepEqual(await answerOf(node, ["node/much.mjs", server.origin]), [30_000, "end", true, [1, 2]]);
      } finally {
        await server.close();
      }
    });

    test("libraries: socketio-wildcard sees each event, Vue what changes in a socket that it has made a proxy of", async () => {
      const server = await startServer();
      try {
        const { events, states, answers, names } = await answerOf(node, ["node/libraries.mjs", server.origin]);
        assert.deepEqual(events, [["welcome", hasWebSocket ? "websocket" : "polling"]]);
        assert.deepEqual(states, [false, true, false]);
        assert.deepEqual(names, ["Socket", "Manager"]);
        assert.deepEqual(answers, [[null, "timeout", 0], ["no timeout", 0], ["no timeout", 0]]);
      } finally {
        await server.close();
      }
    });

    test("an environment may refuse its events: io() connects, or throws and disturbs no other", async () => {
      const server = await startServer();
      const answer = (times) => answerOf(node, ["node/refusing.mjs", server.origin, times]);
      try {
        assert.deepEqual(await answer("0"), ["nothing", "connected"]);
        // The WebSocket is made, and the listeners added, before the wasm is.
        if (hasWebSocket) assert.deepEqual(await answer("1"), ["no listener", "connected"]);
      } finally {
        await server.close();
      }
    });

    for (const transport of ["websocket", "polling"]) {
      test(`with the package ws: disconnect() while it connects throws nothing, and msgpack works (${transport})`, async () => {
        const server = await startServer();
        const other = new Server(server.http, { path: "/msgpack", parser });
        other.of("/msgpack").on("connection", (socket) => socket.on("echo", (text, bytes, answer) => answer(text, bytes)));
        try {
          const answer = await answerOf(node, ["node/ws.mjs", server.origin, transport]);
          assert.deepEqual(answer, ["grüße", { type: "Buffer", data: [1, 2] }]);
        } finally {
          await server.close();
        }
      });
    }

    test("long-polling sends what it has before it waits: a server may answer one request at a time", async () => {
      const server = await startServer();
      const methods = [];
      server.http.on("request", ({ method }) => methods.push(method));
      try {
        for (let round = 0; round < 5; round++) {
          methods.length = 0;
          const options = JSON.stringify({ transports: ["polling"] });
          assert.deepEqual(await answerOf(node, [apps.import, server.origin, options]), exchanged("polling"));
          assert.deepEqual(methods.slice(0, 3), ["GET", "POST", "GET"]);
        }
      } finally {
        await server.close();
      }
    });

    test("an error in a listener is an uncaught exception, as test runners expect it", async () => {
      const server = await startServer();
      try {
        assert.deepEqual(await answerOf(node, ["node/throws.mjs", server.origin]), ["uncaughtException", "of a listener", true]);
      } finally {
        await server.close();
      }
    });

    for (const [how, name] of [
      ["import", "socketio-wasm"],
      ["require", "socketio-wasm"],
      ["import", "socketio-wasm/init"],
      ["import", "socketio-wasm/outbox"],
    ]) {
      test(`${how}("${name}") touches nothing that only a browser has`, async () => {
        assert.deepEqual(await answerOf(node, ["node/touched.mjs", how, name]), []);
      });
    }

    for (const how of ["import", "require"]) {
      test(`${how}: what logs is there as well`, () => answerOf(node, ["node/touched.mjs", how, "socketio-wasm/debug"]));
    }
  });
}

async function assertExchanges(node, app, options, transport) {
  const server = await startServer();
  try {
    const args = [app, server.origin, JSON.stringify(options)];
    assert.deepEqual(await answerOf(node, args), exchanged(transport));
  } finally {
    await server.close();
  }
}

/** What a program prints, as JSON. */
async function answerOf(node, [program, ...args]) {
  const options = { cwd: here("."), timeout: 20_000 };
  const { code, signal, stdout, stderr } = await run(node, [here(program), ...args], options);
  assert.deepEqual({ code, signal, stderr }, { code: 0, signal: null, stderr: "" });
  return JSON.parse(stdout);
}
