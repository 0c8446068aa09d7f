// What docs/security.md says of Content Security Policy and of checksums, in each browser.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { openBrowser, unsupported } from "../e2e/browser.mjs";
import { here } from "./bundlers.mjs";
import { assertExchanges, visit } from "./page.mjs";
import { startServer } from "./server.mjs";

const dist = "node_modules/socketio-wasm/dist";
const folders = ["pages", ".", dist].map(here);

// Nothing but what is needed, and no text becomes a script.
const strictest = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  // The browser's own wish: favicon.ico.
  "img-src 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
];
const without = (name) => strictest.filter((part) => !part.startsWith(name)).join("; ");

const entries = {
  "a classic script": "script.html",
  "a module": "module.html",
  "a module, with the wasm as a file of its own": "init.html",
};

const wanted = process.env.SOCKETIO_E2E_BROWSERS?.split(",").map((name) => name.trim());

for (const name of ["chromium", "firefox", "webkit"]) {
  const skip = wanted && !wanted.includes(name) ? "not in SOCKETIO_E2E_BROWSERS" : unsupported(name);
  describe(name, { skip, timeout: 120_000 }, () => {
    let browser;
    before(async () => (browser = await openBrowser(name)));
    after(() => browser?.close());
    const page = (title, policy, body) =>
      test(title, async () => {
        const server = await startServer({ folders, headers: { "content-security-policy": policy } });
        try {
          await body(browser.driver, server.origin);
        } finally {
          await server.close();
        }
      });
    policies(page);
    checksums(page);
  });
}

function policies(page) {
  for (const [title, path] of Object.entries(entries)) {
    page(`${title} needs no more than 'wasm-unsafe-eval' and its server`, strictest.join("; "), (driver, origin) =>
      assertExchanges(driver, `${origin}/${path}`));
  }

  page("a policy without the server lets nothing out: connect_error", without("connect-src"), async (driver, origin) => {
    const { error, errors } = await visit(driver, `${origin}/script.html`);
    assert.match(error, /error/);
    assert.match(errors.join("\n"), /connect-src|default-src/);
  });

  for (const path of ["script.html", "init.html"]) {
    page(`a policy that forbids WebAssembly leaves ${path} with an error`, "script-src 'self'", async (driver, origin) => {
      const { value, error } = await visit(driver, `${origin}/${path}`);
      assert.equal(value, undefined);
      assert.match(error, path === "script.html" ? /must have 'wasm-unsafe-eval'/ : /there is no wasm/);
    });
  }
}

function checksums(page) {
  const open = "default-src 'self' 'wasm-unsafe-eval'";
  for (const [what, name] of [["script", "socketio.min.js"], ["wasm", "socketio.wasm"]]) {
    page(`${name} with its checksum`, open, (driver, origin) =>
      assertExchanges(driver, `${origin}/integrity.html?${what}=${encodeURIComponent(checksum(name))}`));
    page(`${name} with another checksum is not run`, open, async (driver, origin) => {
      const other = encodeURIComponent(checksum("socketio.cjs"));
      const { value, error } = await visit(driver, `${origin}/integrity.html?${what}=${other}`);
      assert.equal(value, undefined);
      assert.ok(error);
    });
  }
}

function checksum(name) {
  return `sha384-${createHash("sha384").update(readFileSync(here(`${dist}/${name}`))).digest("base64")}`;
}
