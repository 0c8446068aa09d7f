// Listeners by event name: the methods of component-emitter, which the reference client has.

import { wrong } from "../src/web/host.js";
import { call } from "../src/web/network.js";

/** The listener, if it is one. */
export function isListener(listener) {
  if (typeof listener === "function") return listener;
  throw wrong("the listener", "a function");
}

/** Removes a listener from a list, once. */
export function remove(list, listener) {
  const at = list.findIndex((other) => other === listener || other.fn === listener);
  if (at >= 0) list.splice(at, 1);
}

export class Emitter {
  // A Map, so that `__proto__` is a name like any other.
  $listeners = new Map();

  on(event, listener) {
    const list = this.listeners(event);
    list.push(isListener(listener));
    this.$listeners.set(String(event), list);
    return this;
  }

  once(event, listener) {
    isListener(listener);
    const once = (...args) => {
      this.off(event, once);
      listener.apply(this, args);
    };
    // By which it is found again when it is removed.
    once.fn = listener;
    return this.on(event, once);
  }

  /** Removes one listener, or all of an event, or all. */
  off(event, listener) {
    const list = this.listeners(event);
    if (arguments.length > 1) {
      remove(list, listener);
      if (list.length) return this;
    }
    if (arguments.length) this.$listeners.delete(String(event));
    else this.$listeners.clear();
    return this;
  }

  /** The listeners of an event: not a copy. */
  listeners(event) {
    return this.$listeners.get(String(event)) ?? [];
  }

  hasListeners(event) {
    return this.$listeners.has(String(event));
  }

  /** Calls the listeners that are there now. */
  emit(event, ...args) {
    this.$emit(event, args);
    return this;
  }

  $emit(event, args) {
    const list = this.$listeners.get(String(event));
    if (!list) return;
    if (list.length === 1) call(list[0], this, args);
    else for (const listener of list.slice()) call(listener, this, args);
  }
}

const { prototype } = Emitter;
prototype.addEventListener = prototype.on;
prototype.removeListener = prototype.removeEventListener = prototype.removeAllListeners = prototype.off;
prototype.emitReserved = prototype.emit;
