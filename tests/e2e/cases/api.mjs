// The JavaScript surface in a browser: what is wrong is said at once and by name; listeners; the forms of `auth`.

import assert from "node:assert/strict";
import { startTestServer } from "../test-server.mjs";

export default function api(scene) {
  const setting = { server: startAdminServer };
  scene("wrong options, addresses and names throw at once and say what is wrong", setting, wrong);
  scene("listeners are added, removed and called as the reference does it", setting, listeners);
  scene("the properties follow the connection", setting, properties);
  scene("auth is an object, or a function that hands it over, returns a promise, or fails", setting, auth);
  scene("a second io() shares the connection, unless it is told not to", setting, sharing);
}

async function startAdminServer() {
  return startTestServer((io) => {
    const admin = io.of("/admin");
    admin.use(({ handshake: { auth } }, next) => next(auth.token === "secret" ? undefined : new Error("no entry")));
    for (const nsp of [io, admin]) {
      nsp.on("connection", (socket) => {
        socket.on("say", (name, said) => {
          socket.emit(name);
          said();
        });
      });
    }
  });
}

const WRONG = [
  ["io('http://localhost:99999')", /invalid URL "http:\/\/localhost:99999": the host or the port/],
  ["io('http://[::1')", /the host or the port/],
  ["io('ftp://localhost')", /the scheme must be http, https, ws or wss/],
  ["io(1)", /URL must be a string/],
  ["io('/', 'text')", /the options must be an object/],
  ["io({ transports: ['carrier-pigeon'] })", /transports must be of "websocket", "polling" and subclasses of Transport/],
  ["io({ transports: 'polling' })", /transports must be an array/],
  ["io({ path: 1 })", /path must be a string/],
  ["io({ query: 1 })", /query must be an object or a string/],
  ["io({ retries: -1 })", /retries must be a number, 0 or more/],
  ["io({ bufferOverflow: 'keep' })", /bufferOverflow must be "throw", "drop-oldest" or "drop-newest"/],
  ["io({ transports: [], transportImplementations: [] })", /specifying both/],
  ["io({ upgrade: 'no' })", /upgrade must be true or false/],
  ["io({ autoConnect: 0 })", /autoConnect must be/],
  ["io({ forceNew: 'yes' })", /forceNew must be/],
  ["io({ withCredentials: 1 })", /withCredentials must be/],
  ["io({ reconnection: 'no' })", /reconnection must be/],
  ["io({ reconnectionDelay: '1 s' })", /reconnectionDelay must be a number, 0 or more/],
  ["io({ reconnectionDelayMax: NaN })", /reconnectionDelayMax must be/],
  ["io({ reconnectionAttempts: -1 })", /reconnectionAttempts must be/],
  ["io({ randomizationFactor: {} })", /randomizationFactor must be/],
  ["io({ timeout: '20s' })", /timeout must be/],
  ["io({ fallbackDelay: true })", /fallbackDelay must be/],
  ["io({ get query() { throw new Error('mine') } })", /mine/],
  ["idle.on('a')", /listener must be a function/],
  ["idle.emit('connect')", /"connect" is a reserved event name/],
  ["idle.emit({})", /event name must be a string or a number/],
  ["idle.emit('a', 1n)", /BigInt/i],
  ["{ const a = {}; a.a = a; idle.emit('a', a) }", /./],
];

async function wrong({ page, proxy }) {
  await page.open("/library.html");
  const messages = await page.run((codes) => {
    window.idle = io({ autoConnect: false, forceNew: true });
    return codes.map((code) => {
      try {
        new Function(code)();
        return `${code} threw nothing`;
      } catch (error) {
        return error instanceof Error ? error.message : `no error: ${error}`;
      }
    });
  }, WRONG.map(([code]) => code));
  for (const [at, [code, expected]] of WRONG.entries()) assert.match(messages[at], expected, code);
  assert.deepEqual(proxy.log.filter(({ transport }) => transport), [], "none has connected anything");
}

async function listeners({ page }) {
  await page.open("/library.html");
  const seen = await page.run(async () => {
    const socket = io();
    const seen = [];
    const said = (name) => new Promise((resolve) => socket.emit("say", name, resolve));
    const add = (name) => () => seen.push(name);
    const [a, last] = [add("a"), add("last")];
    socket.on("x", a).on("x", a).once("x", add("once")).addEventListener("x", last);
    socket.on("x", function () {
      seen.push(this === socket);
    });
    socket.off("x", a).removeListener("x", add("of nobody"));
    await said("x");
    await said("x");
    socket.removeEventListener("x", last).on("1", add("number")).on("__proto__", add("proto"));
    for (const name of ["x", 1, "__proto__"]) await said(name);
    socket.off("x").on("y", add("y"));
    for (const name of ["x", "y"]) await said(name);
    socket.removeAllListeners();
    await said("y");
    return seen;
  });
  const twice = ["a", "once", "last", true, "a", "last", true];
  assert.deepEqual(seen, [...twice, "a", true, "number", "proto", "y"]);
}

async function properties({ page }) {
  await page.open("/library.html");
  const [before, during, after] = await page.run(async () => {
    const socket = io({ autoConnect: false });
    const look = () => {
      const { connected, disconnected, active, nsp } = socket;
      return { connected, disconnected, active, nsp, id: typeof socket.id };
    };
    const seen = [look()];
    await new Promise((resolve) => socket.open().on("connect", resolve));
    seen.push({ ...look(), io: socket.io === socket.io, engine: typeof socket.io.engine.id });
    seen.push({ ...look.call(socket.close()) });
    return seen;
  });
  const idle = { connected: false, disconnected: true, active: false, nsp: "/", id: "undefined" };
  assert.deepEqual(before, idle);
  const open = { connected: true, disconnected: false, active: true, nsp: "/", id: "string" };
  assert.deepEqual(during, { ...open, io: true, engine: "string" });
  assert.deepEqual(after, idle);
}

async function auth({ page }) {
  await page.open("/library.html");
  const outcomes = await page.run(async () => {
    const later = (data) => new Promise((resolve) => setTimeout(resolve, 1, data));
    const forms = {
      object: { token: "secret" },
      callback: (hand) => hand({ token: "secret" }),
      lateCallback: (hand) => setTimeout(hand, 1, { token: "secret" }),
      promise: () => later({ token: "secret" }),
      asyncCallback: async (hand) => hand(await later({ token: "secret" })),
      missing: undefined,
      wrong: { token: "guess" },
      text: "secret",
      throws: () => {
        throw new Error("no token");
      },
      rejects: () => Promise.reject(new Error("no token yet")),
      circular: (hand) => {
        const data = {};
        hand(Object.assign(data, { data }));
      },
    };
    const outcomes = {};
    for (const [name, auth] of Object.entries(forms)) {
      const socket = io("/admin", { auth, forceNew: true });
      outcomes[name] = await new Promise((resolve) => {
        socket.on("connect", () => resolve("connected"));
        socket.on("connect_error", (error) => resolve(`${error.message}, active: ${socket.active}`));
      });
      socket.disconnect();
    }
    return outcomes;
  });
  const { circular, ...others } = outcomes;
  assert.match(circular, /, active: false$/);
  assert.deepEqual(others, {
    object: "connected",
    callback: "connected",
    lateCallback: "connected",
    promise: "connected",
    asyncCallback: "connected",
    missing: "no entry, active: false",
    wrong: "no entry, active: false",
    text: "socketio-wasm: auth must be an object, active: false",
    throws: "no token, active: false",
    rejects: "no token yet, active: false",
  });
}

async function sharing({ page, server }) {
  await page.open("/library.html");
  const engines = await page.run(async () => {
    const connected = (socket) => new Promise((resolve) => socket.on("connect", () => resolve(socket)));
    const main = await connected(io());
    const admin = await connected(io("/admin", { auth: { token: "secret" } }));
    const own = await connected(io("/admin", { auth: { token: "secret" }, forceNew: true }));
    return [main, admin, own].map((socket) => socket.io.engine.id);
  });
  assert.equal(engines[0], engines[1], "two namespaces over one connection");
  assert.notEqual(engines[0], engines[2], "forceNew");
  assert.equal(server.io.engine.clientsCount, 2);
}
