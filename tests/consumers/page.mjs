// Opens an app in the browser and waits for what it exchanged with the server.

import assert from "node:assert/strict";
import { exchanged } from "./server.mjs";

/** Asserts that the page at `url` exchanges events, over `transport`, and that nothing went wrong on the way. */
export async function assertExchanges(driver, url, transport = "websocket") {
  const { value, error, errors } = await visit(driver, url);
  assert.deepEqual({ error, errors }, { error: undefined, errors: [] });
  assert.deepEqual(value, exchanged(transport));
}

/** Answers `{ value }` or `{ error }`, and with it `errors`: all that the page could not catch. */
export async function visit(driver, url) {
  await driver.get(url);
  return driver.executeAsyncScript(waitForExchange);
}

/** Runs in the page. */
function waitForExchange(answer) {
  const { exchanged, errors } = globalThis;
  // WebKit's driver may be here before a module has run.
  if (!exchanged && !errors?.length && performance.now() < 5_000) return setTimeout(waitForExchange, 10, answer);
  const end = (result) => answer({ ...result, errors: globalThis.errors });
  if (!exchanged) end({ error: `the app did not start: ${document.body?.textContent}` });
  else exchanged.then((value) => end({ value }), (error) => end({ error: String(error) }));
}
