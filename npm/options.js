// Options: checked at once, copied, completed.

import { log } from "./debug-log.js";

/** What is said of a wrong option. */
export function wrong(what, expected) {
  return new TypeError(`socketio-wasm: ${what} must be ${expected}`);
}

const isObject = (value) => typeof value === "object" && value !== null;
const isDelay = (value) => typeof value === "number" && value >= 0;
const isNotNegative = [isDelay, "a number, 0 or more"];
const isDelayOrNone = [(value) => isDelay(value) || value === false, "a number, 0 or more, or false"];
const isBoolean = [(value) => typeof value === "boolean", "true or false"];
const isText = [(value) => typeof value === "string", "a string"];
const isRecord = [isObject, "an object"];

const CHECKS = [
  ["autoConnect forceNew multiplex reconnection upgrade withCredentials rememberUpgrade forceBase64", isBoolean],
  ["addTrailingSlash closeOnBeforeunload", isBoolean],
  ["reconnectionDelay reconnectionDelayMax reconnectionAttempts randomizationFactor requestTimeout", isNotNegative],
  ["retries ackTimeout maxAttachments maxBuffered", isNotNegative],
  ["timeout fallbackDelay", isDelayOrNone],
  ["path timestampParam host hostname", isText],
  ["query", [(value) => isObject(value) || typeof value === "string", "an object or a string"]],
  ["extraHeaders transportOptions parser", isRecord],
  ["transports transportImplementations", [Array.isArray, "an array"]],
  [
    "bufferOverflow",
    [(value) => ["throw", "drop-oldest", "drop-newest"].includes(value), '"throw", "drop-oldest" or "drop-newest"'],
  ],
];

/** A copy without what is missing. Throws a `TypeError` that names the first option that is wrong. */
export function checked(options = {}) {
  if (!isObject(options)) throw wrong("the options", "an object");
  const copy = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined && value !== null));
  for (const [names, [isGood, expected]] of CHECKS) {
    for (const name of names.split(" ")) {
      if (name in copy && !isGood(copy[name])) throw wrong(name, expected);
    }
  }
  return copy;
}

/** A query as an object. */
export const queryOf = (query) => (isObject(query) ? query : Object.fromEntries(new URLSearchParams(query)));

const ADDRESS = /^(?:(\w[\w+.-]*):)?\/\/([^/?#]*)([^?#]*)\??([^#]*)/;

/**
 * Which server and namespace an address means: `[scheme:]//authority[/namespace][?query]`, and shorter forms that the
 * page's own address completes. The path of the address is the namespace; the HTTP path is an option.
 */
export function parse(uri, { hostname, host = hostname, port = "", secure }) {
  // Without a page, while it is rendered on a server: as in the reference.
  const page = globalThis.location ?? { protocol: uri ? "https:" : "http:", host: "localhost", hostname: "localhost" };
  uri ??= ownAddress(page, host, port, secure);
  if (typeof uri !== "string") throw wrong("the URL", "a string");
  if (uri.length > 8000) throw new Error("URI too long");
  const fail = (what) => new Error(`socketio-wasm: invalid URL "${uri}": ${what}`);
  let whole = uri;
  if (/^\/(?!\/)/.test(uri)) whole = `//${page.host}${uri}`;
  else if (!/^(\w[\w+.-]*:)?\/\//.test(uri)) whole = `//${uri}`;
  const [, scheme = page.protocol.slice(0, -1), authority, path, query] = ADDRESS.exec(whole);
  const isKnown = /^(https?|wss?)$/i.test(scheme);
  // A page that came by neither, from a file for one, gets http: as in the reference.
  if (!isKnown && whole.startsWith(scheme)) throw fail("the scheme must be http, https, ws or wss");
  if (DEBUG) log("socket.io-client:url", "parsed %s: server %s, namespace %s", uri, authority, path || "/");
  const isSecure = /^(https|wss)$/i.test(scheme);
  return { ...serverOf(isSecure, authority, fail), nsp: path || "/", query: queryOf(query) };
}

/** The page's own server, or what the options say of it. */
function ownAddress(page, hostname, port, secure) {
  const protocol = secure === undefined ? page.protocol : secure ? "https:" : "http:";
  if (hostname === undefined && port === "" && secure === undefined) return `${protocol}//${page.host}`;
  const host = hostname ?? page.hostname;
  const isBare = /^[^[]*:.*:/.test(host);
  return `${protocol}//${isBare ? `[${host}]` : host}${port && `:${port}`}`;
}

function serverOf(secure, authority, fail) {
  try {
    const url = new URL(`${secure ? "https" : "http"}://${authority}`);
    const hostname = url.hostname.replace(/^\[|\]$/g, "");
    return { secure, hostname, port: url.port || (secure ? "443" : "80") };
  } catch {
    throw fail("the host or the port is missing or malformed");
  }
}
