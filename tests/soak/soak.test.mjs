import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { faultsOf, lineOf } from "./judge.mjs";
import { soak } from "./soak.mjs";

const SHORT = { events: 80_000, reconnections: 160, looks: 20 };
const LONG = { events: 2_000_000, reconnections: 2_000, looks: 100 };
const COUNTS = process.env.SOCKETIO_SOAK_LONG ? LONG : SHORT;

test("a page that stays open for long holds no more than at its beginning: chromium", { timeout: 600_000 }, async (t) => {
  const looks = await soak(COUNTS);
  const faults = faultsOf(looks);
  t.diagnostic(`the heap for each reconnection: ${JSON.stringify(lineOf(looks, "heap"))}`);
  if (faults.length) for (const look of looks) t.diagnostic(JSON.stringify(look));
  assert.deepEqual(faults, []);
});

describe("what is called a leak", () => {
  const looksOf = (more) => Array.from({ length: 20 }, (_, n) => ({ ...steady(n), ...more(n) }));
  const steady = (n) => {
    const [heap, listeners] = [1e6 + 5_000 * (n % 3), 12 + (n % 3)];
    return { reconnections: n * 10, heap, wasm: 131_072, listeners, timers: 3 };
  };

  test("figures that go up and down are none", () => assert.deepEqual(faultsOf(looksOf(() => ({}))), []));
  test("a heap with a slope is one", () =>
    assert.match(faultsOf(looksOf((n) => ({ heap: 1e6 + 10_000 * n + 5_000 * (n % 3) }))).join(), /^heap grew by 19/));
  test("one more listener for each reconnection is one", () =>
    assert.match(faultsOf(looksOf((n) => ({ listeners: 12 + n }))).join(), /^listeners grew by 19/));
  test("one page of the wasm's memory is one", () =>
    assert.match(faultsOf(looksOf((n) => ({ wasm: n > 9 ? 196_608 : 131_072 }))).join(), /^wasm changed: 131072, 196608/));
});
