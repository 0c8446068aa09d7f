// Which server, by which transports, how.

import { locate } from "../src/web/transports.js";
import { SET } from "./core.js";
import { log } from "./debug-log.js";
import { checked } from "./options.js";
import { adapt, headersDecide, transportsOf } from "./transport.js";

/** The options of a connection, with its server: what `host.js` reads whenever a transport is made. */
export function endpointOf(uri, given, path) {
  const options = { path, ...checked(given) };
  if (options.transports && options.transportImplementations) {
    throw new Error("specifying both 'transportImplementations' and 'transports' options is not supported");
  }
  const nsp = locate(uri, options);
  if (DEBUG) {
    const { secure, hostname, port } = options;
    log("socket.io-client:url", "parsed %s: server %o, namespace %s", uri, { secure, hostname, port }, nsp);
  }
  // Not for the page's eyes.
  const custom = (tag, sid) => adapt(custom.classes[tag - 1], options, sid, custom);
  const writable = true;
  Object.defineProperties(options, { custom: { value: custom }, numbers: { writable }, network: { writable } });
  choose(options, options);
  return options;
}

/** Which transports the options name. */
function choose(options, endpoint) {
  const isWebSocketFirst = options.rememberUpgrade && upgraded.has(serverOf(options));
  const { own, numbers } = transportsOf(options, isWebSocketFirst);
  endpoint.custom.classes = own;
  endpoint.numbers = numbers;
}

/** What options are when nothing is said of them: in the order in which the wasm knows them, from 1 on. */
export const STANDARD = {
  upgrade: true,
  fallbackDelay: 2000,
  timeout: 20000,
  reconnection: true,
  reconnectionAttempts: Infinity,
  reconnectionDelay: 1000,
  reconnectionDelayMax: 5000,
  randomizationFactor: 0.5,
};

// The servers that were reached by a WebSocket.
const upgraded = new Set();

/** What a server is known by. */
export const serverOf = ({ secure, hostname, port }) => [secure, hostname, port].join();

/** Remembers whether a server was reached by a WebSocket: for `rememberUpgrade`. */
export function remember(options, isWebSocket) {
  upgraded[isWebSocket ? "add" : "delete"](serverOf(options));
}

/** Hands a connection's options to the wasm. */
export function configure(core, options, endpoint) {
  choose(options, endpoint);
  core(SET, 0, endpoint.numbers);
  Object.keys(STANDARD).forEach((name, at) => {
    // A WebSocket without the headers that decide is no way out.
    const isNone = name === "fallbackDelay" && headersDecide(options);
    const value = options[name] ?? (isNone ? Infinity : STANDARD[name]);
    const isNever = value === false && /^(timeout|fallbackDelay)$/.test(name);
    // As in the reference: what is out of range is no jitter.
    const isOutOfRange = value > 1 && name === "randomizationFactor";
    core(SET, at + 1, isNever ? Infinity : isOutOfRange ? 0 : value);
  });
}
