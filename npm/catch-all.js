// Listeners for every event: of those that come, and of those that go.

import { isListener, remove } from "./emitter.js";

/** Gives a class `onAny`, `prependAny`, `offAny` and `listenersAny`, or what else they are called. */
export function addCatchAll(prototype, name, listOf) {
  prototype[`on${name}`] = function (listener) {
    listOf(this).push(isListener(listener));
    return this;
  };
  prototype[`prepend${name}`] = function (listener) {
    listOf(this).unshift(isListener(listener));
    return this;
  };
  prototype[`off${name}`] = function (listener) {
    if (listener) remove(listOf(this), listener);
    else listOf(this).length = 0;
    return this;
  };
  prototype[`listeners${name}`] = function () {
    return listOf(this);
  };
}
