// The page of one client: `page.html?client=raw`, with `&stand-in` for a WebSocket that never leaves the page.
// The runner calls the functions of `bench`.

import * as bursts from "./bursts.js";
import * as connections from "./connections.js";
import * as growth from "./growth.js";
import * as own from "./own.js";
import { installStandIn } from "/www/bench-stand-in.js";

const parameters = new URLSearchParams(location.search);
const client = parameters.get("client");
// Before the client is there: it may keep the WebSocket that it has found.
if (parameters.has("stand-in")) installStandIn();

window.bench = { ready, evaluate };

/** Loads the client; `none` is the page alone. */
async function ready() {
  const { io } = client === "none" ? {} : await import(`/clients/${client}.js`);
  const functions = { ...bursts, ...connections, ...growth, ...own };
  for (const [name, task] of Object.entries(functions)) bench[name] = (...args) => task(io, ...args);
}

/** Milliseconds that a classic script takes until its `io` can be called. */
async function evaluate(name) {
  const response = await fetch(`/clients/${name}.script.js`);
  const script = document.createElement("script");
  script.textContent = await response.text();
  const begin = performance.now();
  document.head.append(script);
  if (typeof window.io !== "function") throw new Error(`${name} made no io`);
  return performance.now() - begin;
}
