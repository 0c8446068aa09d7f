// The JavaScript shape of the exported classes: what wasm-bindgen cannot say itself.
// A name is added by writing it into one of the lists.

import "./load.js";
import { Manager, Socket } from "../target/npm/glue.js";

/** Methods that answer `this`. */
const chained = ["on", "once", "off", "connect", "disconnect"];

/** Other names of the same method. */
const aliases = {
  on: ["addEventListener"],
  off: ["removeListener", "removeEventListener", "removeAllListeners"],
  connect: ["open"],
  disconnect: ["close"],
};

function shape(methods) {
  for (const name of chained) {
    const method = methods[name];
    if (!method) continue;
    methods[name] = function (...args) {
      method.apply(this, args);
      return this;
    };
    for (const alias of aliases[name] || []) methods[alias] = methods[name];
  }
}

shape(Manager.prototype);
shape(Socket.prototype);

// Rest arguments: the wasm takes them as one array.
Socket.prototype.emit = function (...args) {
  this.emitArgs(args);
  return this;
};
Socket.prototype.send = function (...args) {
  return this.emit("message", ...args);
};
