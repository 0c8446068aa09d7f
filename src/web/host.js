// What JavaScript does with JavaScript values for the drivers: JSON and binary data, errors, what to remember.
// None of these values ever enters the wasm's memory.

import { call, networkOf, placeIn } from "./network.js";

export const isObject = (value) => typeof value === "object" && value !== null;

// Not before it is needed: where pages are tested without a browser it may be missing.
let encoder;
const NOT_ASCII = /[^\0-\x7f]/;

/** At least as many bytes as a packet has in a payload: mostly that is enough to know, and takes no time. */
export const mostBytes = (packet) => (typeof packet === "string" ? packet.length * 3 : byteLength(packet));

/** The bytes that a packet has in a payload. */
export function byteLength(packet) {
  if (typeof packet !== "string") return Math.ceil((packet.size ?? packet.byteLength) / 3) * 4 + 1;
  // Looking for others takes a fraction of the time.
  return NOT_ASCII.test(packet) ? (encoder ??= new TextEncoder()).encode(packet).length : packet.length;
}

const CHUNK = 24576;

/** The bytes of a buffer or a view: not a copy. */
const bytesOf = (data) =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);

/** Base64 of a buffer or a view, natively where the browser can. */
export function toBase64(data) {
  const bytes = bytesOf(data);
  if (bytes.toBase64) return bytes.toBase64();
  let text = "";
  // As many arguments as every browser takes, and a multiple of 3, so that the parts can be joined.
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  }
  return text;
}

/** Binary data as a packet of text. A Blob goes as it is: reading it takes time. */
export const toText = (data) => (data instanceof Blob ? data : `b${toBase64(data)}`);

/** The bytes that a text stands for; `undefined` if it isn't base64. */
export function fromBase64(text) {
  try {
    const bytes = Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (unit) => unit.charCodeAt());
    return bytes.buffer;
  } catch {
    return undefined;
  }
}

/** Whether the browser has something of this name. */
export const has = (name) => typeof globalThis[name] === "function";

/** Tells the one who develops the page. */
export const warn = (text) => console.warn(`socketio-wasm: ${text}`);

/** The text of what was thrown, or of a refusal. */
export function messageOf(error) {
  const text = typeof error === "string" ? error : error?.message;
  return typeof text === "string" ? text : "";
}

/** The data of an event: its name and its arguments. */
export const named = (event, args) => [event, ...args];

/** A function of any number of arguments that calls one of a list. */
export const variadic = (call) => (...args) => call(args);

const RESERVED = new Set("connect connect_error disconnect disconnecting newListener removeListener".split(" "));

/** Whether an event of this name belongs to the library and can't be sent or received. */
export const isReserved = (name) => RESERVED.has(name);

/**
 * The data of a packet of this type: a part of a text. `undefined` if there is none, `null` if it isn't what the type
 * wants. Spec: socket.io-protocol v5, "Packet types".
 */
export function parse(text, from, to, type) {
  try {
    const data = from < to ? JSON.parse(text.slice(from, to)) : undefined;
    return check(data, type) ? data : null;
  } catch {
    return null;
  }
}

/** Whether this is data for a packet of this type. */
export function check(data, type) {
  const isList = Array.isArray(data);
  if (type === 0) return data === undefined || (isObject(data) && !isList);
  if (type === 1) return data === undefined;
  // The reference fails on a refusal without data: it is one all the same.
  if (type === 4) return typeof data === "string" || data === undefined || (isObject(data) && !isList);
  if (!isList || type === 3 || type === 6) return isList;
  return typeof data[0] === "number" || (typeof data[0] === "string" && !isReserved(data[0]));
}

/** Whether the data of a CONNECT packet is that of a Socket.IO v5 server. */
export const hasSession = (data) => typeof data?.sid === "string";

/** The fields of an open packet; `undefined` if one is missing or makes no sense. */
export function handshake(text) {
  try {
    const data = JSON.parse(text);
    // Zero would be a session that is dead at once.
    const isGood = data.pingInterval > 0 && data.pingTimeout > 0 && typeof data.sid === "string";
    return isGood && Array.isArray(data.upgrades) ? data : undefined;
  } catch {
    return undefined;
  }
}

const { hasOwnProperty } = Object.prototype;
const isBinary = (value) =>
  isObject(value) && (value instanceof ArrayBuffer || ArrayBuffer.isView(value) || value instanceof Blob);

// Deeper than any real data; what nests deeper refers to itself.
const MAX_DEPTH = 1000;

/** What JSON makes text of in place of a value. */
function inJson(value, depth) {
  if (!isObject(value)) return value;
  if (depth > MAX_DEPTH) throw new TypeError("the data nests too deep, or refers to itself");
  return typeof value.toJSON === "function" && !isBinary(value) ? value.toJSON() : value;
}

// Each event comes by here: by indices and keys, as lists of values take twice the time.
function hasBinary(data, depth) {
  const value = inJson(data, depth);
  if (!isObject(value)) return false;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const inner = value[at];
      if (isObject(inner) && hasBinary(inner, depth + 1)) return true;
    }
    return false;
  }
  if (isBinary(value)) return true;
  for (const key in value) {
    const inner = hasOwnProperty.call(value, key) && value[key];
    if (isObject(inner) && hasBinary(inner, depth + 1)) return true;
  }
  return false;
}

/** Binary data that can be sent: memory that is shared between workers can't be. */
const unshared = (data) =>
  ArrayBuffer.isView(data) && !(data.buffer instanceof ArrayBuffer) ? bytesOf(data).slice() : data;

/** A copy with placeholders for binary data. Spec: socket.io-protocol v5, "Packet encoding". */
function extract(data, attachments, depth) {
  const value = inJson(data, depth);
  // JSON leaves functions out, and is not to find a `toJSON` again.
  if (!isObject(value)) return typeof value === "function" ? undefined : value;
  if (isBinary(value)) return { _placeholder: true, num: attachments.push(unshared(value)) - 1 };
  if (value instanceof String || value instanceof Number || value instanceof Boolean) return value;
  const deeper = (inner) => extract(inner, attachments, depth + 1);
  if (Array.isArray(value)) return value.map(deeper);
  // Unlike assignments, entries make `__proto__` a property like any other.
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deeper(inner)]));
}

/** Puts attachments where their placeholders are; says whether each placeholder names one. */
export function reconstruct(data, buffers, options) {
  const attachments = buffers.map((buffer) => toBinary(buffer, options));
  // Not by recursion: how deep it nests is up to the server.
  const open = [data];
  for (const object of open) {
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (!isObject(value)) continue;
      if (value._placeholder !== true) open.push(value);
      else if (Number.isInteger(value.num) && value.num in attachments) object[key] = attachments[value.num];
      else return false;
    }
  }
  return true;
}

/** Received binary data as the user wants it. */
export function toBinary(buffer, { binaryType }) {
  if (binaryType === "nodebuffer") return globalThis.Buffer.from(buffer);
  return binaryType === "blob" ? new Blob([buffer]) : binaryType === "bytes" ? new Uint8Array(buffer) : buffer;
}

/** A Socket.IO packet as an Engine.IO message. Spec: socket.io-protocol v5, "Packet encoding". */
export function frame(type, attachments, nsp, id, json) {
  return `4${type}${attachments ? `${attachments}-` : ""}${nsp === "/" ? "" : `${nsp},`}${id ?? ""}${json}`;
}

/** A Socket.IO packet as Engine.IO messages, its attachments last. Throws where they are too many, and what JSON throws. */
export function frames(type, nsp, id, data, { maxAttachments = 10, forceBase64 }) {
  // CONNECT has no binary data.
  if (!data || type === 0 || !hasBinary(data, 0)) {
    return [frame(type, 0, nsp, id, data ? JSON.stringify(data) : "")];
  }
  const attachments = [];
  const json = JSON.stringify(extract(data, attachments, 0));
  const count = attachments.length;
  if (count > maxAttachments) {
    const what = `${count} binary attachments are more than maxAttachments, ${maxAttachments}`;
    throw new Error(`socketio-wasm: ${what}`);
  }
  const binary = forceBase64 ? attachments.map(toText) : attachments;
  // What is found on a prototype JSON leaves out.
  return [frame(count ? type + 3 : type, count, nsp, id, json), ...binary];
}

/** What is said of a wrong option. */
export function wrong(what, expected) {
  return new TypeError(`socketio-wasm: ${what} must be ${expected}`);
}

/** An error of a transport: what failed, how (an HTTP status or an event), and the request. */
export function transportError(message, description, context) {
  return Object.assign(new Error(message), { type: "TransportError", description, context });
}

/** An error in any case. `cause`: that one, or what is known of an end in good order. */
export const failure = (message, cause) => (cause instanceof Error ? cause : transportError(message, cause));

/** What is known of a transport that was closed in good order. */
export const closeDetails = (description, context) => ({ description, context });

export const V2 =
  "It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible";

// In the order of `proto`'s DecodeError.
const DECODE_ERRORS = [
  ...["server error", "server error", "server error", "unknown packet type", "illegal attachments"],
  ...["too many attachments", "illegal id", "invalid payload", "got binary data when not reconstructing a packet"],
  "got plaintext data when reconstructing a packet",
];

/** What a packet that isn't the protocol is reported as; `text`: what came, as far as it says more. */
export function decodeError(what, text = "") {
  let message = DECODE_ERRORS[what];
  // A payload of Engine.IO v3 counts its characters.
  if (/^\d+:0\{/.test(text)) message = V2;
  else if (message.endsWith("type")) message += ` ${text}`;
  return Object.assign(new Error(message), { code: "parser error" });
}

// Connection state recovery: the place in the server's log that comes as the last argument of its events.

// The digits of base 64 are 0-9, A-Z, a-z, - and _.
const valueOf = (digit) => (/[^\W_]/.test(digit) ? parseInt(digit, 36) + 26 * (digit > "Z") : 62 + (digit > "-"));
const MONTH = 2_600_000_000;

const isRecent = (ms) => Math.abs(ms - Date.now()) < MONTH;
const isStreamId = (text) => /^\d{13,}-\d+$/.test(text);
const isObjectId = (text) => /^[\da-f]{24}$/.test(text);

/**
 * Whether a text is such a place, and not the last argument of a volatile event, which has none. Only its form can tell:
 * a time in base 64 (the server's own adapters), a Redis stream's id, or a MongoDB ObjectId. `last`: the one before.
 */
export function isOffset(text, last) {
  if (typeof text !== "string") return false;
  if (isStreamId(text)) return true;
  // The others are times of late, and a server that has one form has no other.
  if (isObjectId(text)) return (!last || isObjectId(last)) && isRecent(parseInt(text.slice(0, 8), 16) * 1000);
  const [, time] = /^([\w-]{7})(\.[\w-]+)?$/.exec(text) ?? [];
  return !!time && isRecent([...time].reduce((sum, digit) => sum * 64 + valueOf(digit), 0));
}

// For the crate's own API: what JavaScript has of a namespace, by number as well, for as long as the namespace has a
// handle. What comes for it is the data of its network: `space.rs`.

const spaces = [];

export const makeSpace = (n, nsp) =>
  placeIn(spaces, { network: networkOf(n), nsp, unsent: new Map(), received: [], listeners: new Map() });

/** Calls all listeners for the last time. */
export function endSpace(s) {
  const { listeners } = spaces[s];
  for (const key of [...listeners.keys()]) callListeners(listeners, key);
  spaces[s] = undefined;
}

/** A Socket.IO packet is to be sent next; how many attachments it has, -1 if its name is reserved. */
export function stagePacket(s, type, id, data) {
  const { network, nsp } = spaces[s];
  if (type === 2 && isReserved(data[0])) return -1;
  if (type === 0) data = withRecovery(spaces[s], data ?? undefined);
  network.staged = frames(type, network.names[nsp], id < 0 ? undefined : id, data, network.options);
  return network.staged.length - 1;
}

/** The data of CONNECT, with what connection state recovery wants to know. */
function withRecovery({ pid, offset }, auth) {
  if (!check(auth, 0)) throw new Error("auth must be an object");
  return pid === undefined ? auth : { pid, offset, ...auth };
}

/** CONNECT is sent. Asked for once: should the answer get lost, a server that restores a session twice forgets it. */
export function asked(s, isRefused) {
  const space = spaces[s];
  if (!isRefused) space.asked = space.pid;
  space.pid = isRefused ? space.asked : undefined;
}

/** The server has granted the namespace; whether the session is the one that was asked for. */
export function grant(s) {
  const space = spaces[s];
  const { pid, sid } = space.network.data;
  const isRecovered = pid !== undefined && pid === space.asked;
  Object.assign(space, { pid, sid, asked: undefined });
  return isRecovered;
}

export const idOf = (s) => spaces[s].sid;

/** What was staged waits for a connection. `id`: of its answer, by which it is found; -1 if it wants none. */
export function keep(s, id) {
  const { network, unsent } = spaces[s];
  unsent.set(id < 0 ? network.staged : id, network.staged);
}

/** The first that waits is to be sent next: its id; -2 if none waits. */
export function unkeep(s) {
  const space = spaces[s];
  // One walk for all: each new one begins where the first has been.
  space.walk ??= space.unsent.entries();
  const { value: [id, frames] = [-2, []] } = space.walk.next();
  if (!space.unsent.delete(id)) space.walk = undefined;
  space.network.staged = frames;
  return id === frames ? -1 : id;
}

export const withdraw = (s, id) => spaces[s].unsent.delete(id);

/** An event came before the server has granted the namespace. `id`: of its answer; -1 if it wants none. */
export function defer(s, id) {
  const { network, received } = spaces[s];
  received.push([network.data, id]);
}

/** The first of those is the data: its id; -2 if there is none. */
export function next(s) {
  const { network, received } = spaces[s];
  if (!received.length) return -2;
  const [data, id] = received.shift();
  network.data = data;
  return id;
}

/** None of them counts any more. */
export const forgetEvents = (s) => (spaces[s].received.length = 0);

// Listeners by what they listen to: the name of an event, or a number.

export function addListener(s, key, listener) {
  if (isReserved(key)) warn(`no event is called "${key}": there are on_connect, on_disconnect and on_connect_error`);
  const { listeners } = spaces[s];
  const list = listeners.get(key);
  list ? list.push(listener) : listeners.set(key, [listener]);
}

export function removeListener(s, key, listener) {
  const { listeners } = spaces[s];
  listener.isGone = true;
  const list = listeners.get(key);
  const at = list?.indexOf(listener) ?? -1;
  if (at >= 0) list.splice(at, 1);
  if (!list?.length) listeners.delete(key);
}

/** Calls the listeners that are there now, and still there when their turn comes. */
function callListeners(listeners, key, value) {
  const list = listeners.get(key);
  // Nothing may be thrown into the wasm, which would be left in the middle of what it does.
  if (list) for (const listener of list.slice()) listener.isGone || call(listener, undefined, [value]);
}

export const notify = (s, key) => callListeners(spaces[s].listeners, key);

/**
 * Calls the listeners of every event, which have the key 0, then those of this one. With connection state recovery the
 * place in the server's log is the last argument, but of one that wants an answer.
 */
export function callForEvent(s, wantsAnswer) {
  const space = spaces[s];
  const { network, listeners, pid, offset } = space;
  const { data } = network;
  if (pid !== undefined && !wantsAnswer && isOffset(data[data.length - 1], offset)) space.offset = data.pop();
  callListeners(listeners, 0, data);
  callListeners(listeners, String(data[0]), data);
}
