// node touched.mjs <import or require> <name>: prints which objects of a browser are touched when a module is loaded.

import { createRequire } from "node:module";

const page = "window document location navigator history screen localStorage sessionStorage indexedDB addEventListener";
const network = "fetch XMLHttpRequest WebSocket WebTransport EventSource Worker BroadcastChannel caches";
const touched = new Set();
for (const name of `${page} ${network}`.split(" ")) {
  const get = () => void touched.add(name);
  Object.defineProperty(globalThis, name, { configurable: true, get });
}

const [how, name] = process.argv.slice(2);
if (how === "import") await import(name);
else createRequire(import.meta.url)(name);
console.log(JSON.stringify([...touched]));
