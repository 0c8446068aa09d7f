// Which server, by which transports, how.

import { locate } from "../src/web/address.js";
import { SET } from "./core.js";
import { log } from "./debug-log.js";
import { checked } from "./options.js";
import { adapt, transportsOf } from "./transport.js";

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
  return options;
}

const delay = (value, standard) => (value === false ? Infinity : (value ?? standard));

/** Hands a connection's options to the wasm. */
export function configure(core, options, endpoint, reconnection, isWebSocketFirst) {
  const { own, numbers } = transportsOf(options, isWebSocketFirst);
  endpoint.custom.classes = own;
  endpoint.numbers = numbers;
  const values = [
    numbers,
    options.upgrade ?? true,
    delay(options.fallbackDelay, 2000),
    delay(options.timeout, 20000),
    reconnection,
    options.reconnectionAttempts ?? Infinity,
    options.reconnectionDelay ?? 1000,
    options.reconnectionDelayMax ?? 5000,
    // As in the reference: what is out of range is no jitter.
    options.randomizationFactor > 1 ? 0 : (options.randomizationFactor ?? 0.5),
  ];
  values.forEach((value, n) => core(SET, n, value));
}
