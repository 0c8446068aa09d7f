// 2.4: what a page has beside the client: libraries that change what the language has, requests that something else
// wraps, clocks that stand still. The client is loaded once more in a frame where that is so.

import assert from "node:assert/strict";
import { echo, handshake, pollingByHand } from "../support/by-hand.mjs";
import { clientInFrame } from "../support/client-in-frame.mjs";

const helpers = [clientInFrame];
const rows = ["2.4 isolation"];
const LONG = "x".repeat(20_000);

export default [
  {
    rows,
    title: "where an old library has its own Array.from, binary data arrives as it was sent",
    core: true,
    server: echo,
    helpers,
    async page({ next, url }) {
      const { io } = await clientInFrame((view) => (view.Array.from = (list) => [].slice.call(list)));
      const socket = io(url, { transports: ["websocket"] });
      await next(socket, "connect");
      const back = await socket.emitWithAck("echo", [{ data: new Uint8Array([1, 2, 3]) }]);
      return [...new Uint8Array(back[0].data)];
    },
    expect: (bytes) => assert.deepEqual(bytes, [1, 2, 3]),
  },
  {
    rows: ["2.4 isolation", "2.4 flood"],
    title: "where there is no MessageChannel, as in jsdom, a long answer of long-polling arrives whole",
    core: true,
    ...pollingByHand((number) => {
      const events = [1, 2, 3, 4].map((event) => `42${JSON.stringify(["long", event, LONG])}`);
      return [handshake(), '40{"sid":"x"}', events.join("\x1e")][number];
    }),
    helpers,
    async page({ until, url }) {
      const { io } = await clientInFrame((view) => delete view.MessageChannel);
      const socket = io(url, { transports: ["polling"] });
      const seen = [];
      socket.on("long", (number) => {
        seen.push(number);
        // Longer than what is worked off in one task.
        for (const begin = Date.now(); Date.now() - begin < 12;);
      });
      await until(() => seen.length > 3, "the last event");
      return seen;
    },
    expect: (seen) => assert.deepEqual(seen, [1, 2, 3, 4]),
  },
  {
    rows: ["2.4 isolation", "1.9 XHR"],
    title: "where an XMLHttpRequest that failed has no text, as in Capacitor, its failure ends the connection",
    core: true,
    server({ io, log }) {
      io.on("connection", () => log.push("connected"));
    },
    http(req, res, next) {
      if (req.method === "POST" && req.headers["content-length"] > 2) req.socket.destroy();
      else next();
    },
    helpers,
    async page({ next, url }) {
      const { io } = await clientInFrame((view) => {
        view.XMLHttpRequest = class extends view.XMLHttpRequest {
          get responseText() {
            return this.status === 200 ? super.responseText : undefined;
          }
        };
      });
      const socket = io(url, { transports: ["polling"], reconnection: false });
      await next(socket, "connect");
      socket.emit("never arrives");
      const [reason] = await next(socket, "disconnect");
      return reason;
    },
    expect: (reason) => assert.equal(reason, "transport error"),
  },
  {
    rows: ["2.4 isolation", "1.9 XHR"],
    title: "where an XMLHttpRequest is wrapped by something that knows only readystatechange, long-polling works",
    core: true,
    server: echo,
    helpers,
    async page({ next, url }) {
      const { io } = await clientInFrame((view) => {
        const Native = view.XMLHttpRequest;
        view.XMLHttpRequest = class {
          withCredentials = false;
          constructor() {
            this.own = new Native();
            this.own.onreadystatechange = () => {
              const { readyState, status } = this.own;
              Object.assign(this, { readyState, status, responseText: this.own.responseText });
              this.onreadystatechange?.();
            };
          }
          open = (...args) => this.own.open(...args);
          send = (body) => this.own.send(body);
          setRequestHeader = (...header) => this.own.setRequestHeader(...header);
          abort = () => this.own.abort();
        };
      });
      const socket = io(url, { transports: ["polling"] });
      await next(socket, "connect");
      return socket.emitWithAck("echo", 1);
    },
    expect: (answer) => assert.equal(answer, 1),
  },
  {
    rows: ["2.4 isolation", "1.9 XHR"],
    title: "what a library adds to Object.prototype is no header of a request",
    core: true,
    server: echo,
    helpers,
    async page({ next, url }) {
      const { io, frame } = await clientInFrame();
      frame.contentWindow.Object.prototype.added = "by a library";
      await next(io(url, { transports: ["polling"] }), "connect");
    },
    expect: (_, { requests }) => assert.ok(requests.length && requests.every(({ headers }) => !("added" in headers))),
  },
  {
    rows,
    title: "with additions to Object.prototype a page that is put aside is disconnected, and connects when it is back",
    differs: "the reference leaves such a page to the ping timeout",
    core: true,
    server: echo,
    helpers,
    async page({ next, url }) {
      const { io, frame } = await clientInFrame();
      const view = frame.contentWindow;
      view.Object.prototype.added = "by a library";
      const socket = io(url, { transports: ["websocket"], reconnectionDelay: 10 });
      await next(socket, "connect");
      const end = next(socket, "disconnect");
      view.dispatchEvent(new view.PageTransitionEvent("pagehide", { persisted: true }));
      const [reason] = await end;
      view.dispatchEvent(new view.PageTransitionEvent("pageshow", { persisted: true }));
      await next(socket, "connect");
      return reason;
    },
    expect: (reason) => assert.equal(reason, "transport close"),
  },
  {
    rows,
    title: "where a test's clock stands still, the server hears of disconnect() all the same",
    core: true,
    server: ({ io, log }) => void io.on("connection", (socket) => socket.on("disconnect", (reason) => log.push(reason))),
    commands: { hasEnded: ({ log }) => log.length > 0 },
    helpers,
    async page({ next, tell, until, url }) {
      const { io, frame } = await clientInFrame();
      const socket = io(url, { transports: ["websocket"] });
      await next(socket, "connect");
      frame.contentWindow.setTimeout = () => 0;
      socket.emit("the last one").disconnect();
      await until(() => tell("hasEnded"), "the disconnect at the server");
    },
    expect: (_, { log }) => assert.deepEqual(log, ["client namespace disconnect"]),
  },
  {
    rows: ["2.4 isolation", "1.7 ping timeout"],
    title: "pings that a test's clock hands over in one go are no silence of the server",
    core: true,
    helpers,
    arg: handshake(),
    async page({ next, until, url, arg }) {
      let channel;
      let now = Date.now();
      const timers = new Map();
      const { io } = await clientInFrame((view) => {
        view.WebSocket = class {
          bufferedAmount = 0;
          readyState = 1;
          sent = [];
          constructor() {
            channel = this;
          }
          send = (data) => this.sent.push(data);
          close() {}
        };
        view.Date.now = () => now;
        view.setTimeout = (call, ms = 0) => timers.set(timers.size + 1, { call, at: now + ms }).size;
        view.clearTimeout = (number) => timers.set(number, {});
      });
      const socket = io(url, { transports: ["websocket"], reconnection: false });
      await Promise.resolve();
      channel.onopen({});
      for (const data of [arg, '40{"sid":"x"}']) channel.onmessage({ data });
      await (socket.connected || next(socket, "connect"));
      for (let ping = 0; ping < 10; ping++) {
        now += 25_000;
        channel.onmessage({ data: "2" });
        timers.forEach(({ call, at }, number) => at <= now && timers.set(number, {}) && call());
      }
      await until(() => channel.sent.filter((packet) => packet === "3").length === 10, "the answers");
      return socket.connected;
    },
    expect: (isConnected) => assert.equal(isConnected, true),
  },
  {
    rows: ["2.4 isolation", "1.2 no uri"],
    title: "a page that did not come by HTTP names its server by the options hostname and port",
    differs: "the reference takes hostname for nothing where there is no URL",
    server: echo,
    async page({ url }) {
      const module = performance.getEntriesByType("resource").find(({ name }) => name.includes("/ours/")).name;
      const { hostname, port } = new URL(url);
      const code = `
        import { io } from "${module}";
        const socket = io({ hostname: "${hostname}", port: ${port}, transports: ["websocket"] });
        socket.on("connect", () => postMessage([location.protocol, "connect"]));
        socket.on("connect_error", ({ message }) => postMessage(message));`;
      const source = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
      const worker = new Worker(source, { type: "module" });
      return new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => resolve(message);
      });
    },
    expect: (told) => assert.deepEqual(told, ["blob:", "connect"]),
  },
];
