// 1.9: browsers, workers and policies that leave out a part, and pages that are left.
// The client is loaded once more in a frame that lacks the part.

import assert from "node:assert/strict";
import { echo } from "../support/by-hand.mjs";
import { clientInFrame } from "../support/client-in-frame.mjs";

/** Connects with what is left of the browser, and says by which transport an answer came. */
async function nameWithout({ next, url, arg: { missing, options, ms } }) {
  const { io } = await clientInFrame((view) => missing.forEach((part) => delete view[part]));
  const socket = io(url, { reconnectionDelay: 10, ...options });
  await next(socket, "connect", ms);
  return [socket.io.engine.transport.name, await socket.emitWithAck("echo", 1)];
}

const helpers = [clientInFrame, nameWithout];
const page = (world) => nameWithout(world);
const expectPolling = (value) => assert.deepEqual(value, ["polling", 1]);

export default [
  {
    rows: ["1.9 WebSocket", "1.5 transports"],
    title: "where there is no WebSocket, long-polling takes its place",
    core: true,
    fault: "tries the WebSocket that is not there again and again",
    fails: /no "connect"/,
    server: echo,
    helpers,
    arg: { missing: ["WebSocket"], options: { transports: ["websocket", "polling"] }, ms: 1_000 },
    page,
    expect: expectPolling,
  },
  {
    rows: ["1.9 WebSocket", "1.9 upgrade failure"],
    title: "where there is no WebSocket, long-polling is not disturbed by the upgrade that cannot be",
    core: true,
    server: echo,
    helpers,
    arg: { missing: ["WebSocket", "WebTransport"], options: { transports: ["polling", "websocket"] } },
    page,
    expect: expectPolling,
  },
  {
    rows: ["1.9 XHR", "1.9 Fetch"],
    title: "where there is no XMLHttpRequest, as in a service worker, long-polling is by fetch",
    core: true,
    fault: "knows long-polling by XMLHttpRequest only",
    fails: /no "connect"/,
    server: echo,
    helpers,
    arg: { missing: ["XMLHttpRequest"], options: { transports: ["polling"] }, ms: 1_000 },
    page,
    expect: expectPolling,
  },
  {
    rows: ["1.9 Fetch", "1.5 transports"],
    title: "with nothing but fetch the usual options connect",
    fault: "knows long-polling by XMLHttpRequest only",
    fails: /no "connect"/,
    server: echo,
    helpers,
    arg: { missing: ["XMLHttpRequest", "WebSocket", "WebTransport"], ms: 1_000 },
    page,
    expect: expectPolling,
  },
  {
    rows: ["1.9 XHR"],
    title: "where there is no fetch, long-polling is by XMLHttpRequest",
    server: echo,
    helpers,
    arg: { missing: ["fetch"], options: { transports: ["polling"] } },
    page,
    expect: expectPolling,
  },
  {
    rows: ["1.9 XHR"],
    title: "a page that is left tells no error of the requests that end with it",
    core: true,
    helpers,
    page: async ({ next, url }) => {
      const told = [];
      for (const name of ["polling", "websocket"]) {
        const { io, frame } = await clientInFrame();
        const socket = io(url, { transports: [name], forceNew: true });
        await next(socket, "connect");
        socket.on("connect_error", ({ message }) => told.push(message));
        const left = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
        frame.contentWindow.location = "/__behaviour/page/index.html";
        await left;
      }
      return told;
    },
    expect: (told) => assert.deepEqual(told, []),
  },
  {
    rows: ["1.5 closeOnBeforeunload"],
    title: "a page that is left ends its connection at the server",
    core: true,
    server: ({ io, log }) => io.on("connection", (socket) => socket.on("disconnect", (reason) => log.push(reason))),
    helpers,
    page: async ({ next, url, until, tell }) => {
      const { io, frame } = await clientInFrame();
      const options = { transports: ["websocket"], closeOnBeforeunload: true };
      await next(io(url, options), "connect");
      frame.contentWindow.location = "/__behaviour/page/index.html";
      await until(() => tell("gone"), "the disconnect at the server");
    },
    commands: { gone: ({ log }) => log.length > 0 },
    expect: (_, { log }) => assert.deepEqual(log, ["transport close"]),
  },
];
