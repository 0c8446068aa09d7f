// What becomes of a page: it is left and comes back, loses the network, is hidden or frozen.

import assert from "node:assert/strict";
import { emitAll, start } from "../outbox-page.mjs";
import { startOutboxServer } from "../outbox-server.mjs";
import { pass, swallow } from "../proxy.mjs";
import { startTestServer } from "../test-server.mjs";
import { pause, until } from "../wait.mjs";

// Far below the time in which the server misses a heartbeat, and below any wait before a reconnection here.
const AT_ONCE = 10_000;
const WAIT = 60_000;
const HEARTBEAT = 500;
const HEARTBEATS = 20;

const transports = ["websocket", "polling"];
const upgrade = ["polling", "websocket"];

export default function lifecycle(scene, browser) {
  const server = startTestServer;
  for (const transport of transports) {
    scene(`leaving a page ends its session at once (${transport})`, { server }, (world) => leave(world, transport));
    const lose = (world) => loseNetwork(world, transport, browser);
    scene(`the network is lost and found: the page notices both at once (${transport})`, { server }, lose);
    const live = (world) => liveHidden(world, transport, browser);
    scene(`a hidden page whose timers hardly run stays connected (${transport})`, { server: slow, scripts: throttled }, live);
    const fall = (world) => fallSilent(world, transport, browser);
    const silent = `a server that fell silent while the page was hidden is noticed at once (${transport})`;
    scene(silent, { server: slow, scripts: throttled }, fall);
  }
  if (browser === "firefox") goingBackAnew(scene, server);
  else goingBack(scene, server);
  scene("back to a page that had disconnected: it is as it was", { server }, goBackDisconnected);
  scene("a page is shown again: it does not wait for its next attempt", { server }, (world) => show(world, browser));
  if (browser !== "chromium") return;
  // At the end: the next time that the tab is hidden, its page is not told.
  for (const transport of transports) {
    const frozen = `a frozen page misses the heartbeat: connected at once (${transport})`;
    scene(frozen, { server: pinging, scripts: throttled }, (world) => thaw(world, transport));
  }
}

function goingBack(scene, server) {
  for (const path of [...transports, upgrade]) {
    scene(`back to a page: it is as it was, and connected again (${path})`, { server }, (world) => goBack(world, path));
  }
  const blind = { checkOnResume: false };
  scene("back to a page with checkOnResume off: connected again", { server }, (world) => goBack(world, "websocket", blind));
  scene("back to a page that was left while it connected", { server }, goBackEarly);
  scene("back to a page that was left while it upgraded", { server, onUpgrade: swallow }, goBackUpgrading);
  scene("back to a page whose outbox was at rest: what is emitted then is done", { server: startOutboxServer }, goBackOutbox);
}

/** Firefox decides before `pagehide`, and keeps no page that has a request or a WebSocket then. */
function goingBackAnew(scene, server) {
  for (const path of [...transports, upgrade]) {
    const title = `back to a page that Firefox did not keep: it is a new one, connected, of one session (${path})`;
    scene(title, { server, scripts: [connectOnLoad(path)] }, (world) => goBackAnew(world, path));
  }
}

const pings = (pingTimeout) => () => startTestServer(undefined, { pingInterval: HEARTBEAT / 5, pingTimeout });
const pinging = pings((HEARTBEAT * 4) / 5);
// In time for an answer by a slow machine, not for one that waits for a timer.
const slow = pings(1_500);

/**
 * Timers run once a minute, as in a page that was hidden for five. From the beginning, as nobody waits for that long here.
 * https://developer.chrome.com/blog/timer-throttling-in-chrome-88
 */
const throttled = [
  `{
    const { setTimeout } = window;
    window.setTimeout = (task, delay, ...args) => setTimeout(task, Math.max(delay ?? 0, ${WAIT}), ...args);
  }`,
];

/** In the page: a connection that nobody would wait for, and what is told of it. */
function connect(transports, wait, options) {
  const socket = io({ transports, reconnectionDelay: wait, reconnectionDelayMax: wait, ...options });
  const tell = (what) => window.told.push(what);
  window.socket = socket;
  window.told = [];
  socket.on("connect", () => tell("connect"));
  socket.on("connect_error", () => tell("connect_error"));
  socket.on("disconnect", (reason, details) => tell(`${reason}: ${details?.description}`));
  addEventListener("pageshow", ({ persisted }) => tell(`restored: ${persisted}`));
  document.addEventListener("visibilitychange", () => tell(document.visibilityState));
}

const isConnected = () => window.socket?.connected;
const isDisconnected = () => !window.socket.connected;
const isConnectedAgain = () => window.told.filter((what) => what === "connect").length > 1;
const toldOfConnection = () => window.told.filter((what) => !/^(hidden|visible)$/.test(what));

const argsOf = (path) => [[path].flat(), WAIT];

/** A script for the head: the page connects by itself. It is in the page's other pages, too. */
const connectOnLoad = (path) => {
  const task = `(${connect})(...${JSON.stringify(argsOf(path))})`;
  return `addEventListener("load", () => location.pathname === "/library.html" && ${task});`;
};

async function open(page, path, options) {
  await page.open("/library.html");
  await page.run(connect, ...argsOf(path), options);
}

async function openConnected(page, path, options) {
  await open(page, path, options);
  await page.see("connected", isConnected);
}

const seeAtOnce = (page, what, task) => until(what, () => page.run(task), AT_ONCE);

/** The last transport of the path is the session's. */
const untilLast = ({ sessions: [session] }, path) => {
  return until("its transport", () => session.transport.name === [path].flat().at(-1));
};

const noSession = (server) => until("no session at the server", () => server.sessions.length === 0, AT_ONCE);

async function goBack({ page, server }, path, options = {}) {
  await openConnected(page, path, options);
  await untilLast(server, path);
  await leaveAndReturn(page, server);
}

async function goBackUpgrading({ page, proxy, server }) {
  await openConnected(page, upgrade);
  await until("a WebSocket handshake", () => proxy.upgrades.length === 1);
  await leaveAndReturn(page, server);
}

async function leaveAndReturn(page, server) {
  await page.open("/policy.html");
  await noSession(server);
  await page.driver.navigate().back();
  await seeAtOnce(page, "connected again", isConnected);
  const [, end, ...rest] = await page.run(toldOfConnection);
  // WebKitGTK ends requests before it says that the page is left.
  assert.match(end, /^transport (close: page hidden|error: 0)$/);
  assert.deepEqual(rest, ["restored: true", "connect"]);
  assert.equal(server.sessions.length, 1);
}

async function goBackEarly({ page, proxy, server }) {
  proxy.onUpgrade = swallow;
  await open(page, "websocket");
  await until("a WebSocket handshake", () => proxy.upgrades.length === 1);
  await page.open("/policy.html");
  proxy.onUpgrade = pass;
  await page.driver.navigate().back();
  await seeAtOnce(page, "connected", isConnected);
  assert.ok(await page.run(() => window.told.includes("restored: true")));
  assert.equal(server.sessions.length, 1);
}

async function goBackOutbox({ page, server }) {
  await page.open("/library.html");
  await page.run(start);
  await page.run(emitAll, 1);
  await page.see("the answer", () => window.answers.length === 1);
  await page.run(() => addEventListener("pageshow", ({ persisted }) => (window.restored = persisted)));
  await page.open("/policy.html");
  await noSession(server);
  await page.driver.navigate().back();
  assert.ok(await page.run(() => window.restored), "it is the same page");
  assert.equal(await page.run(() => window.socket.durable.emitWithAck("order", 1)), "done: 1");
  assert.deepEqual(server.state.done, [0, 1]);
}

async function goBackAnew({ page, server }, path) {
  await page.open("/library.html");
  await page.see("connected", isConnected);
  await untilLast(server, path);
  await page.run(() => void (window.isOld = true));
  await page.open("/policy.html");
  await noSession(server);
  await page.driver.navigate().back();
  await seeAtOnce(page, "connected", isConnected);
  assert.equal(await page.run(() => !!window.isOld), false);
  assert.deepEqual(await page.run(toldOfConnection), ["restored: false", "connect"]);
  assert.equal(server.sessions.length, 1);
}

/** Firefox, too, keeps such a page: what it does not keep above, it does not for the connection. */
async function goBackDisconnected({ page, proxy, server }) {
  await openConnected(page, "websocket");
  await page.run(() => void window.socket.disconnect());
  await until("the end of the WebSocket", () => proxy.openWebSockets.length === 0);
  await page.open("/policy.html");
  await page.driver.navigate().back();
  await page.run(() => void window.socket.connect());
  await seeAtOnce(page, "connected again", isConnected);
  assert.ok(await page.run(() => window.told.includes("restored: true")));
  assert.equal(server.sessions.length, 1);
}

async function leave({ page, proxy, server }, transport) {
  await openConnected(page, transport);
  if (transport === "polling") {
    // The server has no request of which it could see the end.
    proxy.beforeAnswer = ({ responseBody }) => responseBody.includes("held") && new Promise(() => {});
    await until("a GET that waits", () => server.sessions[0].transport.writable);
    server.io.emit("held");
    await until("the answer, held", () => proxy.pollings.some(({ responseBody }) => responseBody.includes("held")));
  }
  await page.leave();
  await noSession(server);
}

async function loseNetwork({ page, server }, transport, browser) {
  await openConnected(page, transport);
  try {
    await setOffline(page, browser, true);
    await seeAtOnce(page, "disconnected", isDisconnected);
    assert.deepEqual(await page.run(() => window.told), ["connect", "transport close: network connection lost"]);
  } finally {
    // Also for the cases that come after it.
    await setOffline(page, browser, false);
  }
  await seeAtOnce(page, "connected again", isConnected);
  await until("one session", () => server.sessions.length === 1);
}

/** WebKitGTK's driver can't do it; the page is told so. Firefox goes on to use what has no network between. */
async function setOffline(page, browser, offline) {
  const { driver } = page;
  if (browser === "chromium") {
    const conditions = { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
    await driver.sendDevToolsCommand("Network.emulateNetworkConditions", conditions);
  } else if (browser === "firefox") {
    await driver.setContext("chrome");
    await driver.executeScript("Services.io.offline = arguments[0];", offline);
    await driver.setContext("content");
  } else {
    await page.run((type) => void dispatchEvent(new Event(type)), offline ? "offline" : "online");
  }
}

/** The page is in a tab behind another meanwhile. WebKitGTK's driver shows all tabs at a time. */
async function hide(page, browser, meanwhile) {
  const { driver } = page;
  const tab = await driver.getWindowHandle();
  await driver.switchTo().newWindow("tab");
  await meanwhile();
  await driver.close();
  await driver.switchTo().window(tab);
  if (browser === "webkit") await page.run(() => void document.dispatchEvent(new Event("visibilitychange")));
  else assert.ok(await page.run(() => window.told.includes("hidden")));
}

async function show({ page, proxy }, browser) {
  await openConnected(page, "websocket");
  await page.run(() => void window.socket.on("disconnect", () => fetch("/disconnected")));
  await hide(page, browser, async () => {
    proxy.cut();
    await until("the page's word that it noticed", () => proxy.log.some(({ path }) => path === "/disconnected"));
  });
  await seeAtOnce(page, "connected again", isConnected);
}

async function liveHidden({ page, server }, transport, browser) {
  await openConnected(page, transport);
  const [session] = server.sessions;
  let heartbeats = 0;
  session.on("heartbeat", () => heartbeats++);
  await hide(page, browser, () => until("heartbeats", () => heartbeats >= HEARTBEATS));
  assert.deepEqual(await page.run(toldOfConnection), ["connect"]);
  assert.deepEqual(server.sessions, [session]);
}

async function fallSilent({ page, proxy, server }, transport, browser) {
  await openConnected(page, transport);
  await hide(page, browser, () => silence(proxy, server));
  await seeAtOnce(page, "connected again", isConnectedAgain);
  assert.deepEqual(await page.run(toldOfConnection), ["connect", "ping timeout: undefined", "connect"]);
  assert.equal(server.sessions.length, 1);
}

/** The server is not heard until it has given the session up. */
async function silence(proxy, server) {
  proxy.silent = true;
  await noSession(server);
  // Its last word must not be heard either, and the page's own clock is a little behind.
  await pause(HEARTBEAT);
  proxy.silent = false;
}

async function thaw({ page, proxy, server }, transport) {
  await openConnected(page, transport);
  const setState = (state) => page.driver.sendDevToolsCommand("Page.setWebLifecycleState", { state });
  await setState("frozen");
  await silence(proxy, server);
  await setState("active");
  await seeAtOnce(page, "connected again", isConnectedAgain);
}
