// What JavaScript has of each connection, and does for it: transports, the write buffer, the clock and a timer, what
// came and what was taken from it. The wasm knows connections, and all that belongs to them, by numbers: `network.rs`.

import { byteLength, closeDetails, decodeError, failure, frames, fromBase64, handshake, hasSession } from "./host.js";
import { isObject, parse, reconstruct } from "./host.js";
import { hurry } from "./transports.js";

const networks = []; // by number

/** What JavaScript has of a connection; its number. */
export function makeNetwork(options) {
  const network = {
    options,
    // Engine.IO packets that wait for the transport.
    buffer: [],
    transports: { __proto__: null },
    // Those of namespaces: the number of each, and the other way round.
    numbers: new Map(),
    names: [],
    time: 0,
    wall: Date.now(),
  };
  return placeIn(networks, network);
}

/** Puts a value where there is none; at which place. */
export function placeIn(list, value) {
  const free = list.indexOf(undefined);
  return free < 0 ? list.push(value) - 1 : ((list[free] = value), free);
}

export const networkOf = (n) => networks[n];

/** `on` is called with what happens. */
export const listen = (n, on) => (networks[n].on = on);

export const dataOf = (n) => networks[n].data;

/** The `data` of a refusal. */
export const detailOf = (n) => (isObject(networks[n].data) ? networks[n].data.data : undefined);

export const causeOf = (n) => networks[n].cause;
export const nameOf = (n, nsp) => networks[n].names[nsp];

/** The number of a namespace, which is a new one for a new name. */
export function numberOf(n, name) {
  const { numbers, names } = networks[n];
  if (!numbers.has(name)) numbers.set(name, names.push(name) - 1);
  return numbers.get(name);
}

/** What is to be sent next: Engine.IO packets. */
export const stage = (n, frames) => (networks[n].staged = frames);

/** The DISCONNECT packet of a namespace is to be sent next. */
export const stageDisconnect = (n, nsp) => stage(n, frames(1, nameOf(n, nsp), undefined, undefined, {}));

export const maxPayload = (n, id) => networks[n].transports[id]?.maxPayload;

/** The size of what is to be sent next and is too large for a POST; 0 if nothing is. Only polling has a limit. */
export function excess(n, id) {
  const max = networks[n].transports[id]?.waiting && maxPayload(n, id);
  const largest = max > 0 && Math.max(...networks[n].staged.map(byteLength));
  return largest > max ? largest : 0;
}

/** Nothing is heard of it any more. */
export function endNetwork(n) {
  const { timer, transports } = networks[n];
  clearTimeout(timer);
  for (const id in transports) close(n, id);
  networks[n] = undefined;
}

/** Something happened. What is told meanwhile leaves the text and the data as they are. */
export function hear(network, what, id, value) {
  const { text, data } = network;
  network.sender = undefined;
  date = 0;
  const isText = typeof value === "string";
  if (isText) network.text = value;
  else if (what === 2) network.data = value;
  else if (what === 3 || what === 4 || what === LOSE) network.cause = value;
  network.on(what, id, isText ? value.length : 0, isText ? headOf(value, 0) : 0);
  network.text = text;
  network.data = data;
}

/** Hands an exception of the user's code to the page, as if nothing had caught it. MDN: reportError. */
export function report(error) {
  if (globalThis.reportError && !globalThis.Zone) return reportError(error);
  // Node, browsers before 2022, and zone.js: what is thrown is its zone's, for Angular's ErrorHandler.
  queueMicrotask(() => {
    throw error;
  });
}

/** Calls the user's code: what it throws disturbs nothing else. Says whether it threw nothing. */
export function call(listener, self, args) {
  try {
    listener.apply(self, args);
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}

/** Tells the npm package: see `src/js/face.rs`. */
export const tell = (n, what, of, more) => networks[n].tell(what, of, more);
export const poll = (n, id) => networks[n].transports[id]?.poll();

// What the machines themselves send, by the digit that it begins with.
const packetOf = (digit) => (digit === 2 ? "2probe" : `${digit}`);

/** Sends a packet before all that is in the buffer. */
export const send = (n, id, digit) => networks[n].transports[id]?.send([packetOf(digit)]);

/** Sends all that is in the buffer. */
export function flush(n, id) {
  const { transports, buffer } = networks[n];
  networks[n].flushed = id;
  transports[id]?.send(buffer);
}

export const put = (n, digit) => networks[n].buffer.push(packetOf(digit));

/** Puts what was staged into the buffer. */
export function write(n) {
  const { buffer, staged } = networks[n];
  // One by one: a call does not take arguments without end.
  for (const frame of staged) buffer.push(frame);
}

/**
 * Sends what was staged for a namespace; `ask(nsp)` says whether there is a connection. What follows within a task needs no
 * asking, as nothing happens meanwhile: it goes where the one before went.
 */
export function sendStaged(n, nsp, ask) {
  const network = networks[n];
  if (sender !== network || network.sender !== nsp) {
    sender = network;
    network.flushed = undefined;
    network.sender = nsp;
    network.sent = ask(nsp);
    // A request has begun with this, and takes no more.
    if (!network.sent || network.transports[network.flushed]?.waiting) sender = undefined;
  } else {
    write(n);
    if (network.flushed !== undefined) flush(n, network.flushed);
  }
  return network.sent;
}

export const discard = (n) => (networks[n].buffer.length = 0);

export function close(n, id) {
  const { transports } = networks[n];
  const transport = transports[id];
  delete transports[id];
  transport?.close();
}

/** The bytes that the network has not taken yet. */
export const amountOf = (n, id) => networks[n].transports[id]?.amount() ?? 0;

/** What waits for the transport, after what the transport has not handed to the network yet. */
export const waitingOf = (n, id) => [...(networks[n].transports[id]?.waiting?.() ?? []), ...networks[n].buffer];

/** Whether the network has taken all there is. */
export const isIdle = (n, id) => !waitingOf(n, id).length && !(amountOf(n, id) > 0);

// Asked once for all that runs without a break: it takes as long as the rest of an emit.
let date = 0;
let sender; // the network that was the last to send since then
const forgetDate = () => (sender = date = 0);
// A tenth of what `queueMicrotask` takes.
export const task = Promise.resolve();

export function dateNow() {
  if (!date) {
    date = Date.now();
    task.then(forgetDate);
  }
  return date;
}

/**
 * `Date.now()`, made to never go backwards. `performance.now()` would not need that, but it stands still while some
 * machines sleep, and a sleep is just what the heartbeat must notice.
 */
export function now(n) {
  const network = networks[n];
  const wall = dateNow();
  if (wall > network.wall) network.time += wall - network.wall;
  network.wall = wall;
  return network.time;
}

// setTimeout takes what is longer for 0. Firing too early does no harm.
export const LONGEST = 2 ** 31 - 1;

/** Fires at this time, or earlier: then it is set anew; below zero: never. */
export function arm(n, deadline) {
  const network = networks[n];
  const time = now(n);
  // Each ping and each namespace moves the deadline, mostly away. One that is past has been slept through.
  if (deadline >= network.deadline && network.deadline > time) return;
  clearTimeout(network.timer);
  network.deadline = deadline;
  if (deadline < 0) return;
  const delay = Math.min(deadline - time, LONGEST);
  const fire = () => {
    network.deadline = 0;
    // Whatever the clock says, that much time has passed.
    if (delay < LONGEST) network.time = Math.max(now(n), deadline);
    hear(network, 7, 0);
  };
  network.timer = setTimeout(fire, delay);
}

const unitOf = (text, at) => {
  const unit = text.charCodeAt(at);
  // All that the protocols write themselves is ASCII.
  return unit < 128 ? unit : 255;
};

/** Four code units of a text as one number. */
const headOf = (text, at) =>
  unitOf(text, at) | (unitOf(text, at + 1) << 8) | (unitOf(text, at + 2) << 16) | (unitOf(text, at + 3) << 24);

export const head = (n, at) => headOf(networks[n].text, at);

export const find = (n, unit, from) => networks[n].text.indexOf(String.fromCharCode(unit), from);

/**
 * Takes the data of a packet from the text: -1 if it isn't such data. Else twice the number of the namespace that another
 * part of the text names, the main one by nothing; and 1 more if there is a session id in the data. -2 for no such namespace.
 */
export function decode(n, from, to, type, nspFrom, nspTo) {
  const network = networks[n];
  const { text, numbers } = network;
  const data = (network.data = parse(text, from, to, type));
  if (data === null) return -1;
  const nsp = numbers.get(nspFrom < nspTo ? text.slice(nspFrom, nspTo) : "/") ?? -1;
  return nsp < 0 ? -2 : 2 * nsp + (type === 0 && hasSession(data));
}

/** Takes a part of the text as it is. */
export function slice(n, from, to) {
  const network = networks[n];
  network.data = network.text.slice(from, to);
}

/** Takes binary data from the text; whether it was base64. */
export const binary = (n, from, to) =>
  (networks[n].data = fromBase64(networks[n].text.slice(from, to))) !== undefined;

/** Keeps the data until its attachments are there; without an answer to that, adds the data to them. */
export function hold(n, isAttachment) {
  const network = networks[n];
  if (!isAttachment) network.partial = [];
  network.partial.push(network.data);
}

/** All of them are there; whether they are those that the data speaks of. */
export function complete(n) {
  const network = networks[n];
  const [data, ...attachments] = network.partial;
  network.data = data;
  return reconstruct(data, attachments, network.options);
}

/** Takes an open packet from the text; every request from now on has its session id. */
export function accept(n, id, from, to) {
  const network = networks[n];
  const data = (network.data = handshake(network.text.slice(from, to)));
  const transport = network.transports[id];
  if (data && transport) Object.assign(transport, { sid: data.sid, maxPayload: data.maxPayload });
  // Behind the page's own listeners for it: what those emit is sent.
  globalThis.removeEventListener?.("pagehide", react);
  globalThis.addEventListener?.("pagehide", react);
  return !!data;
}

export const interval = (n, isTimeout) => networks[n].data[isTimeout ? "pingTimeout" : "pingInterval"];
export const canUpgrade = (n) => networks[n].data.upgrades.includes("websocket");

/** Nothing is known of what went before. */
export function forget(n) {
  networks[n].cause = networks[n].partial = undefined;
}

/** What went wrong is this; what the wasm calls it. `from`, `to`: the part of the text that says more. */
export function blame(n, what, from, to) {
  const network = networks[n];
  if (what > 3) network.cause = decodeError(what - 4, network.text?.slice(from, to));
  else network.cause = CAUSES[what](network.cause);
}

const CAUSES = [
  () => new Error("timeout"),
  () => new Error("No transports available"),
  // Who hears of an error gets one, also where a transport was closed in good order.
  (cause) => failure("transport closed", cause),
  () => closeDetails("transport closed by the server"),
];

export const isFirstPolling = (n) => isPollingFirst(networks[n].options);
// A number where the wasm calls it without the glue between.
export const prefer = (n, isPolling) => remember(networks[n].options, !!isPolling);

// What becomes of the page: it loses the network and finds it again, is put aside and comes back, is left.

const WAKE = 9;
const LOSE = 10;

// What each event means, and the option that turns it off.
const EVENTS = {
  online: [WAKE, "reconnectOnOnline"],
  offline: [LOSE, "closeOnOffline", "network connection lost"],
  // These are of documents only. A worker may live on without its page.
  visibilitychange: [WAKE, "checkOnResume"],
  resume: [WAKE, "checkOnResume"],
  pagehide: [LOSE, "closeOnPagehide", "page hidden"],
  pageshow: [WAKE, "closeOnPagehide"],
};

let isWatching = false;

/** One listener of each kind for all connections, and for good: to add one takes as long as hundreds of events. */
export function watch() {
  if (isWatching) return;
  isWatching = true;
  const isPage = !!globalThis.document;
  const types = Object.keys(EVENTS).slice(0, isPage ? 6 : 2);
  // While capturing: the events of a document don't bubble. Node has none at all, and Cloudflare's workers refuse to.
  for (const type of types) globalThis.addEventListener?.(type, react, isPage && type !== "pagehide");
}

function react({ type, persisted }) {
  const [what, option, description] = EVENTS[type];
  if (type === "visibilitychange" && document.visibilityState === "hidden") return;
  // A page with a connection is not kept for the way back; one that is not kept needs to hear of nothing.
  const isKept = persisted !== false;
  networks.forEach((network, n) => {
    const { options, transports, buffer } = network ?? {};
    if (!network || options[option] === false || (type === "offline" && options.hostname === "localhost")) return;
    if (type === "pagehide") {
      for (const id in transports) {
        transports[id].leave?.(buffer);
        if (isKept) close(n, id);
      }
    }
    if (isKept) hear(network, what, 0, { description });
  });
  if (type === "pagehide") hurry();
}

// Which transport worked, per server and for as long as the tab lives. Where there is no `sessionStorage` (in a worker),
// where the page may not use it, or where it is full, nothing is remembered: no reason to fail. MDN: Storage.
const keyOf = ({ secure, hostname, port }) => `socketio-wasm:polling:${secure ? "https" : "http"}://${hostname}:${port}`;

/** Whether only long-polling worked the last time, where that matters: the first look takes a new page milliseconds. */
function isPollingFirst(options) {
  const [first, second] = options.transports ?? [1, 1];
  try {
    return !!(second && first !== "polling" && sessionStorage[keyOf(options)]);
  } catch {
    return false;
  }
}

/** Remembers whether only long-polling works. */
function remember(options, polling) {
  try {
    // Mostly it is known, and writing takes longer than looking.
    if (isPollingFirst(options) !== polling) sessionStorage[keyOf(options)] = polling ? "1" : "";
  } catch {
    // As said above.
  }
}

// How deep data nests: what decodes it calls itself for each level, and the stack is short.

const MAX_LEVELS = 128;
const isBranch = (value) => isObject(value) && !ArrayBuffer.isView(value);

/** Whether data nests deeper than that. Not by recursion: how deep it nests is up to the server. */
export function isDeep(data) {
  let level = [data];
  for (let depth = 0; level.length && depth <= MAX_LEVELS; depth++) {
    level = level.flatMap((value) => Object.values(value).filter(isBranch));
  }
  return level.length > 0;
}
