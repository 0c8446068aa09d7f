// Listeners by what they listen to: the name of an event, or a number.

export const makeListeners = () => new Map();

export function addListener(listeners, key, listener) {
  const list = listeners.get(key);
  list ? list.push(listener) : listeners.set(key, [listener]);
}

export function removeListener(listeners, key, listener) {
  listener.isGone = true;
  const list = listeners.get(key);
  const at = list?.indexOf(listener) ?? -1;
  if (at >= 0) list.splice(at, 1);
  if (!list?.length) listeners.delete(key);
}

/** Calls the listeners that are there now, and still there when their turn comes. */
export function callListeners(listeners, key, value) {
  const list = listeners.get(key);
  if (list?.length === 1) list[0](value);
  else if (list) for (const listener of list.slice()) listener.isGone || listener(value);
}

/** Calls the listeners of every event, which have the key 0, then those of this one. `data`: its name and arguments. */
export function callForEvent(listeners, data) {
  callListeners(listeners, 0, data);
  callListeners(listeners, String(data[0]), data);
}

/** Calls all listeners for the last time. */
export function endListeners(listeners) {
  for (const key of [...listeners.keys()]) callListeners(listeners, key);
}
