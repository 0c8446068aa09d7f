// io(): from an address and options to a socket, over a connection that is shared if possible.

import { isObject } from "../src/web/host.js";
import { parseAddress } from "../src/web/transports.js";
import { log } from "./debug-log.js";
import { serverOf } from "./endpoint.js";
import { Manager } from "./manager.js";
import { checked } from "./options.js";

/** The connections that later calls share, by server and path. */
const cache = {};

export function io(uri, options) {
  if (isObject(uri)) [uri, options] = [undefined, uri];
  const own = checked(options);
  const { nsp, ...server } = parseAddress(uri, own);
  const id = [serverOf(server), own.path ?? "/socket.io"].join();
  const isOwn = own.forceNew || own["force new connection"] || own.multiplex === false || cache[id]?.nsps[nsp]?.active;
  let manager = isOwn ? undefined : cache[id];
  // A connection that was left is made anew, with the options of this call.
  const wasLeft = manager?.nsps[nsp] && !Object.values(manager.nsps).some((socket) => socket.active);
  if (!manager || wasLeft) {
    if (DEBUG) log("socket.io-client", "new connection to %s", id);
    manager = new Manager(uri, own);
    if (!isOwn) cache[id] = manager;
  }
  // What was disconnected is replaced: its listeners stay with it.
  delete manager.nsps[nsp];
  return manager.socket(nsp, own);
}
