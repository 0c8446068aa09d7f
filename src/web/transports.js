// The transports: a WebSocket, HTTP long-polling by XMLHttpRequest or fetch. What happens is told by number: 0 it is open,
// 1 a text came, 2 binary data came, 3 it failed, 4 it was closed, 5 a payload came, or its rest, 6 all was sent, 8 a part.

import { byteLength, closeDetails, has, isObject, mostBytes, toBase64, transportError, wrong } from "./host.js";
import { dateNow, hear, LONGEST, makeNetwork, networkOf, numberOf, watch } from "./network.js";

// First, so that the build can put them where they are used.
// A DISCONNECT shortly behind something else, and what follows, goes so many milliseconds later: two tasks may be one go.
const GAP = 10;
// A payload that is longer is worked off in parts, of so many characters at least, and after so many milliseconds the
// next part in a task of its own: whatever a server sends, the page stays responsive.
const PART = 16384;
const LONGEST_TASK = 8;
// How long after its last POST a session's last GET may wait for its answer.
const MOMENT = 200;
// A test's clock, put in the place of this one later, may stand still for ever: the server is to hear of an end.
const wait = setTimeout;
// The end of a session. It is sent by `fetch` in any case: only that outlives the page, which may be left at any time.
const CLOSE = "1";

/** The options of one transport. */
export const optionsOf = (options, name) => ({ ...options, ...options.transportOptions?.[name] });

/** The path of the HTTP requests as it is sent. */
export function pathOf({ path, addTrailingSlash }) {
  return path.replace(/^(?!\/)/, "/").replace(/\/?$/, addTrailingSlash === false ? "" : "/");
}

/** The address of a transport. Spec: engine.io-protocol v4, "Handshake"; the protocol's own parameters win. */
export function address(options, name, sid, schema, stamped) {
  const query = { ...options.query, EIO: 4, transport: name };
  if (stamped) query[options.timestampParam ?? "t"] = Math.random().toString(36).slice(2, 10);
  if (sid) query.sid = sid;
  else if (options.forceBase64) query.b64 = 1;
  const isStandard = +options.port === (options.secure ? 443 : 80);
  const port = options.port && !isStandard ? `:${options.port}` : "";
  const host = options.hostname.includes(":") ? `[${options.hostname}]` : options.hostname;
  const pairs = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join("="));
  return `${schema}${options.secure ? "s" : ""}://${host}${port}${pathOf(options)}?${pairs.join("&")}`;
}

/** Makes a transport, in the session of another or in none; if it is not there yet. */
export function open(n, id, isWebSocket, tag, other) {
  const network = networkOf(n);
  const { options, transports } = network;
  const on = (what, value) => hear(network, what, id, value);
  const make = () => (transports[id] = (isWebSocket ? channel : polling)(options, tag, transports[other]?.sid, on));
  watch();
  if (transports[id]) return;
  if (!later.size) return make();
  // The server is to hear first of the DISCONNECT that waits.
  const timer = setTimeout(() => make().poll?.(), GAP);
  transports[id] = { amount: () => 0, close: () => clearTimeout(timer), poll() {} };
}

/** Which of the ways that a transport has this browser has: the tag of `open`; -1 if none. */
export function tagOf(isWebSocket) {
  if (isWebSocket) return has("WebSocket") ? 0 : -1;
  return has("XMLHttpRequest") ? 0 : has("fetch") ? 1 : -1;
}

/** A WebSocket, or what the page has in its place. Spec: engine.io-protocol v4, "WebSocket"; MDN: WebSocket. */
function channel(options, tag, sid, on) {
  const own = optionsOf(options, "websocket");
  let socket;
  try {
    socket = tag
      ? options.custom(tag, sid)
      : new WebSocket(address(own, "websocket", sid, "ws", own.timestampRequests), own.protocols ?? []);
  } catch (error) {
    // Not at once: listeners that are added after the call that started it must hear of it.
    socket = { send() {}, close() {} };
    queueMicrotask(() => socket.onerror?.(error));
  }
  socket.binaryType = "arraybuffer";
  socket.onopen = () => on(0);
  socket.onmessage = ({ data }) => {
    // For a namespace that it has ended itself the server would end the connection.
    if (later.has(socket) && isDisconnect(data)) later.set(socket, later.get(socket).filter((frame) => frame !== data));
    on(typeof data === "string" ? 1 : 2, data);
  };
  socket.onerror = (event) => on(3, event instanceof Error ? event : transportError("websocket error", event));
  socket.onclose = (event) => on(4, event.details ?? closeDetails("websocket connection closed", event));
  return {
    sid,
    amount: () => socket.bufferedAmount,
    send: (buffer) => sendAll(socket, buffer),
    close: () => closeSocket(socket),
  };
}

// The server drops the events of a namespace that come in one go with its end.
// Looking into a long text copies it.
const isDisconnect = (frame) => typeof frame === "string" && frame.length < 9000 && frame.startsWith("41");
const later = new Map();
let linger, last = 0;

/** Closes a socket of which nothing more is to be heard. In Node, that of `ws` throws what it has no listener for. */
export function closeSocket(socket) {
  Object.assign(socket, { onopen: null, onmessage: null, onerror() {}, onclose: null });
  if (later.has(socket)) later.get(socket).push(undefined);
  else if (linger || socket.readyState !== 0) socket.close();
  // Browsers warn of one that is closed before it is open, as in components that are mounted twice to try them.
  else wait((linger = () => (linger = socket.close())), MOMENT);
}

/** Sends all that is in the buffer. */
export function sendAll(socket, buffer) {
  if (buffer.length === 1) sendInOrder(socket, buffer.pop());
  else for (const frame of buffer.splice(0)) sendInOrder(socket, frame);
}

function sendInOrder(socket, frame) {
  if (!isDisconnect(frame)) last = frame.length < 9000 && frame[1] === "0" ? last : dateNow();
  else if (!later.has(socket) && dateNow() - last < GAP) {
    later.set(socket, []);
    wait(sendLater, GAP, socket);
  }
  if (later.size && later.has(socket)) later.get(socket).push(frame);
  else send(socket, frame);
}

/** Only what a page has in a WebSocket's place throws here. */
function send(socket, frame) {
  try {
    socket.send(frame);
  } catch (error) {
    socket.onerror?.(error);
  }
}

function sendLater(socket) {
  if (!later.has(socket)) return;
  const frames = later.get(socket);
  // What comes from now on waits as long again: a CONNECT of the same namespace in one go with its DISCONNECT is an error
  // for the server. Timers that are late, as on a busy machine, fire one right behind the other.
  later.set(socket, []);
  wait(goOn, GAP, socket);
  sendNow(socket, frames);
}

const sendNow = (socket, frames) => frames.forEach((frame) => (frame === undefined ? socket.close() : send(socket, frame)));

function goOn(socket) {
  const frames = later.get(socket);
  if (later.delete(socket)) frames.forEach((frame) => (frame === undefined ? closeSocket(socket) : sendInOrder(socket, frame)));
}

/** The page is left: what would be sent later is sent now. */
export function hurry() {
  later.forEach((frames, socket) => later.delete(socket) && sendNow(socket, frames));
  linger?.();
}

/** In a task of its own. A timer, all that jsdom has, fires once in a second or in a minute in a page in the background. */
function soon(call) {
  if (!has("MessageChannel")) return setTimeout(call);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => call(port1.close()); // an open one keeps Node alive
  port2.postMessage(0);
}

/**
 * HTTP long-polling: one GET that waits, one POST at a time.
 * Spec: engine.io-protocol v4, "HTTP long-polling".
 */
function polling(options, tag, sid, on) {
  // What is still to be sent, in order: packets as text, and binary data; what is on its way; the requests.
  const queue = [];
  let posted = [], get, post, isHeld, isClosed, isEnded, isLeft, last;
  const start = (packets, done) => request(optionsOf(options, "polling"), tag, self.sid, packets, done);
  const flush = () => {
    if (post) return;
    posted = queue.splice(0, fitting(queue, self.maxPayload));
    if (!posted.length) return on(6);
    post = start(posted, (result) => {
      post = undefined;
      if (isHeld) self.poll((isHeld = false));
      const isOk = typeof result === "string";
      if (isLeft) return isOk && queue.length ? flush() : self.leave([]);
      isEnded = isOk && posted[0] === CLOSE;
      posted = [];
      if (isOk) return flush();
      // What can't be sent in order isn't sent at all.
      queue.length = 0;
      on(3, result);
    });
  };
  const take = (body, from) => {
    const begin = Date.now();
    while (!isClosed) {
      const to = body.indexOf("\x1e", from + PART);
      if (to < 0) return on(5, body.slice(from));
      on(8, body.slice(from, to));
      from = to + 1;
      if (Date.now() - begin > LONGEST_TASK) return soon(() => take(body, from));
    }
  };
  const waiting = () => [...posted, ...queue];
  const self = {
    sid,
    waiting,
    amount: () => waiting().reduce((sum, packet) => sum + byteLength(packet), 0),
    poll() {
      // By Node's `fetch` a GET overtakes a POST, which a server that answers one request at a time reads when the GET ends.
      if (post && !has("XMLHttpRequest")) return (isHeld = true);
      get = start(undefined, (result) => {
        get = undefined;
        clearTimeout(last);
        if (!isEnded) typeof result === "string" ? take(result, 0) : on(3, result);
      });
    },
    send(buffer) {
      for (const packet of buffer.splice(0)) queue.push(packet);
      flush();
    },
    close() {
      isClosed = true;
      if (!isLeft) post?.abort();
      // When it has taken a session's end, the server answers the GET as well.
      if (isEnded && get) last = setTimeout(get.abort, MOMENT);
      else get?.abort();
    },
    /** The page is left: what is on its way, and what waits, may still arrive; then the session is ended at the server. */
    leave(buffer) {
      if (!self.sid) return;
      if (buffer.length) self.send(buffer);
      // Two POSTs at once are an error for the server.
      isLeft = post;
      if (!post) start([CLOSE], () => {});
    },
  };
  return self;
}

/**
 * How many packets go into one body: none is above `maxPayload`, and a DISCONNECT goes alone. The first one always
 * fits: it can't be split, and the server's answer to one that is too large is the error that the user must see.
 */
export function fitting(packets, maxPayload) {
  const end = packets.findIndex(isDisconnect);
  const count = end < 0 ? packets.length : Math.max(end, 1);
  // Between two packets there is one byte more.
  const most = packets.reduce((sum, packet) => sum + 1 + mostBytes(packet), 0);
  if (count < 2 || !(maxPayload > 0) || most <= maxPayload) return count;
  let used = byteLength(packets[0]);
  for (let at = 1; at < count; at++) {
    if ((used += 1 + byteLength(packets[at])) > maxPayload) return at;
  }
  return count;
}

/** One HTTP exchange, a POST if there are packets: `done(body)` or `done(error)`, once and later, unless aborted. */
function request(options, tag, sid, packets, done) {
  let isOver = false, cancel;
  const end = (result) => isOver || ((isOver = true), done(result));
  const send = (body) => {
    if (isOver) return;
    const url = address(options, "polling", sid, "http", options.timestampRequests !== false);
    cancel = (tag || body === CLOSE ? byFetch : byXhr)(options, url, body, end);
  };
  // Listeners that are added after this call must hear of what fails at once.
  new Promise((resolve) => resolve(packets && payload(packets))).then(send).catch(end);
  return {
    abort() {
      // What has ended is left as it is, for those who look at the error.
      if (isOver) return;
      isOver = true;
      cancel?.();
    },
  };
}

const CONTENT_TYPE = { "Content-type": "text/plain;charset=UTF-8" };

/** What a server's answer to a session that it doesn't know, or not any more, adds to the message of the error. */
const hint = (body) => (/^{"code":1,/.test(body) ? ": session unknown: is the load balancer sticky?" : "");

/** Answers how to cancel it, as does the other. MDN: XMLHttpRequest. */
function byXhr(options, url, body, end) {
  const xhr = new XMLHttpRequest();
  xhr.open(body === undefined ? "GET" : "POST", url);
  const headers = { ...options.extraHeaders, ...(body !== undefined && CONTENT_TYPE) };
  for (const name of Object.keys(headers)) {
    try {
      xhr.setRequestHeader(name, headers[name]);
    } catch {
      // As in the reference: one that can't be sent is left out.
    }
  }
  xhr.withCredentials = !!options.withCredentials;
  xhr.timeout = options.requestTimeout ?? 0;
  const what = body === undefined ? "xhr poll error" : "xhr post error";
  const done = (text) => end(xhr.status === 200 ? text : transportError(what + hint(text), xhr.status, xhr));
  // What extensions and recorders have in its place may know no `loadend`.
  xhr.onreadystatechange = () => xhr.readyState > 3 && done(xhr.responseText);
  xhr.send(body);
  return () => xhr.abort();
}

/** MDN: Fetch API. */
function byFetch(options, url, body, end) {
  const controller = new AbortController();
  const cancel = () => controller.abort();
  const timer = options.requestTimeout && setTimeout(cancel, Math.min(options.requestTimeout, LONGEST));
  const what = body === undefined ? "fetch read error" : "fetch write error";
  const read = async () => {
    try {
      const response = await fetch(url, {
        method: body === undefined ? "GET" : "POST",
        body,
        headers: { ...options.extraHeaders, ...(body !== undefined && CONTENT_TYPE) },
        credentials: options.withCredentials ? "include" : "same-origin",
        signal: controller.signal,
        keepalive: body === CLOSE,
      });
      if (response.status === 200) return await response.text();
      // Of a copy: the body is left for those who look at the error.
      const said = await response.clone().text().catch(String);
      return transportError(what + hint(said), response.status, response);
    } catch (error) {
      return transportError(what, 0, error);
    }
  };
  read().then((result) => end(result, clearTimeout(timer)));
  return cancel;
}

const toPart = (packet) => (typeof packet === "string" ? packet : `b${toBase64(packet)}`);

/** The body of a POST. Blobs have to be read first: then it is a promise. */
function payload(packets) {
  if (!packets.some((packet) => packet instanceof Blob)) return packets.map(toPart).join("\x1e");
  // What has no such method, as in jsdom, is a failure of this request.
  const read = async (packet) => (packet instanceof Blob ? packet.arrayBuffer() : packet);
  return Promise.all(packets.map(read)).then(payload);
}

/** A query as an object. As in the reference a plus is a plus: tokens have some. */
const queryOf = (query) =>
  isObject(query) ? query : Object.fromEntries(new URLSearchParams(query.replace(/\+/g, "%2B")));

/** Completes options by the server that an address means; tells the namespace. */
export function locate(uri, options) {
  const { query, nsp, ...server } = parseAddress(uri, options);
  Object.assign(options, server, { query: { ...query, ...(options.query && queryOf(options.query)) } });
  return nsp;
}

/** For the crate's own API: a connection to the server of a URL, whose namespace is the first; its number. */
export function reach(url, options) {
  // The limit of attachments is looked at where there is an error for it.
  const all = { path: "/socket.io", binaryType: "bytes", maxAttachments: Infinity, ...options };
  const nsp = locate(url || undefined, all);
  const n = makeNetwork(all);
  numberOf(n, nsp);
  return n;
}

const ADDRESS = /^(?:(\w[\w+.-]*:)?\/\/)?([^/?#]*)([^?#]*)\??([^#]*)/;

/**
 * `[scheme:]//authority[/namespace][?query]`, and shorter forms that the page's own address completes. The path of the
 * address is the namespace; the HTTP path is an option. Throws what is wrong with it.
 */
export function parseAddress(uri, { hostname, host = hostname, port = "", secure }) {
  // Without a page, while it is rendered on a server: as in the reference.
  const page = globalThis.location ?? { protocol: uri ? "https:" : "http:", host: "localhost", hostname: "localhost" };
  uri ??= ownAddress(page, host, port, secure);
  if (typeof uri !== "string") throw wrong("the URL", "a string");
  if (uri.length > 8000) throw new Error("URI too long");
  const fail = (what) => new Error(`socketio-wasm: invalid URL "${uri}": ${what}`);
  const [, scheme, authority, nsp, query] = ADDRESS.exec(uri);
  if (scheme && !/^(http|ws)s?:$/i.test(scheme)) throw fail("the scheme must be http, https, ws or wss");
  // A page that came by neither, from a file for one, gets http: as in the reference.
  const isSecure = /^(https|wss):$/i.test(scheme ?? page.protocol);
  // An address without a host is of the page's own.
  const server = authority ? (/^:/.test(authority) ? page.hostname : "") + authority : page.host;
  return { ...serverOf(isSecure, server, fail), nsp: nsp || "/", query: queryOf(query) };
}

/** The page's own server, or what the options say of it. */
function ownAddress(page, host, port, secure) {
  // The scheme of a page that came by neither is none of a server.
  const protocol = secure === undefined ? "" : secure ? "https:" : "http:";
  // The page's own port goes with all that is its own.
  host ??= port === "" && secure === undefined ? page.host : page.hostname;
  const isBare = /^[^[]*:.*:/.test(host);
  return `${protocol}//${isBare ? `[${host}]` : host}${port && `:${port}`}`;
}

function serverOf(secure, authority, fail) {
  try {
    const url = new URL(`${secure ? "https" : "http"}://${authority}`);
    return { secure, hostname: url.hostname.replace(/^\[|\]$/g, ""), port: url.port || (secure ? "443" : "80") };
  } catch {
    throw fail("the host or the port is missing or malformed");
  }
}
