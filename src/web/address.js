// Which server and namespace an address means.

import { isObject } from "./host.js";

/** What is said of a wrong option. */
export function wrong(what, expected) {
  return new TypeError(`socketio-wasm: ${what} must be ${expected}`);
}

/** A query as an object. */
const queryOf = (query) => (isObject(query) ? query : Object.fromEntries(new URLSearchParams(query)));

/** Completes options by the server that an address means; tells the namespace. */
export function locate(uri, options) {
  const { query, nsp, ...server } = parse(uri, options);
  Object.assign(options, server, { query: { ...query, ...(options.query && queryOf(options.query)) } });
  return nsp;
}

const ADDRESS = /^(?:(\w[\w+.-]*:)?\/\/)?([^/?#]*)([^?#]*)\??([^#]*)/;

/**
 * `[scheme:]//authority[/namespace][?query]`, and shorter forms that the page's own address completes. The path of the
 * address is the namespace; the HTTP path is an option. Throws what is wrong with it.
 */
export function parse(uri, { hostname, host = hostname, port = "", secure }) {
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
  const isPath = /^\/(?!\/)/.test(uri);
  return { ...serverOf(isSecure, isPath ? page.host : authority, fail), nsp: nsp || "/", query: queryOf(query) };
}

/** The page's own server, or what the options say of it. */
function ownAddress(page, host, port, secure) {
  const protocol = secure === undefined ? page.protocol : secure ? "https:" : "http:";
  // The page's own port goes with all that is its own.
  host ??= port === "" && secure === undefined ? page.host : page.hostname;
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
