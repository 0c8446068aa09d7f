// Keeps what went wrong, for the test to read.

globalThis.errors = [];
const keep = (text) => globalThis.errors.push(text);
addEventListener("error", ({ message, target }) => keep(message || `${target.src} did not load`), true);
addEventListener("unhandledrejection", ({ reason }) => keep(String(reason)));
addEventListener("securitypolicyviolation", (event) => keep(`${event.violatedDirective} forbids ${event.blockedURI}`));
