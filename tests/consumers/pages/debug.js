// Exchanges with localStorage.debug as in the page's address, and answers which namespaces logged something.

const namespaces = new Set();
console.debug = (text) => namespaces.add(/^(?:%c)?([\w.:-]+)/.exec(text)?.[1] ?? text);
localStorage.debug = new URLSearchParams(location.search).get("debug");

globalThis.exchanged = import("./socketio.debug.js")
  .then(({ io }) => exchange(io))
  .then(() => [...namespaces].sort());
