// All faults in one browser, each by each transport.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { unsupported } from "../e2e/browser.mjs";
import { settings } from "./faults.mjs";
import { AT_ONCE, Session } from "./session.mjs";

/** SOCKETIO_E2E_BROWSERS, such as "chromium,firefox", limits the browsers. */
const wanted = process.env.SOCKETIO_E2E_BROWSERS?.split(",").map((name) => name.trim());

export function runIn(browserName) {
  const skip = wanted && !wanted.includes(browserName) ? "not in SOCKETIO_E2E_BROWSERS" : unsupported(browserName);
  describe(browserName, { skip, concurrency: AT_ONCE }, () => {
    const session = new Session();
    before(() => session.open(browserName));
    after(() => session.close());
    for (const { fault, transport } of settings({ browserName })) {
      test(`${fault.name}, ${transport}: nothing lost, nothing twice, all in order`, { timeout: 300_000 }, async () => {
        const { problems } = await session.run(fault, transport);
        assert.deepEqual(problems, []);
      });
    }
  });
}
