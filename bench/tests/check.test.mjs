// What `--check` says of a run: `node --test bench/tests`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { summarise } from "../report/statistics.mjs";
import { missed } from "../report/table.mjs";

const figure = { key: "cpu", title: "CPU", unit: "µs", goal: 0.8, checked: true };
const quiet = { reference: [10, 10, 10], again: [10, 10, 10] };
const noisy = { reference: [10, 10, 10], again: [8, 10, 13] };
const exitCode = (...figures) => missed(figures);

test("a figure below its goal passes", () => {
  assert.equal(exitCode(summarise(figure, { ...quiet, wasm: [7, 8, 7.5] })), 0);
});

test("a figure above its goal fails", () => {
  assert.equal(exitCode(summarise(figure, { ...quiet, wasm: [8.2, 8.1, 8.3] })), 1);
});

test("a figure above its goal by less than the noise of the same run passes", () => {
  assert.equal(exitCode(summarise(figure, { ...noisy, wasm: [8.2, 8.1, 8.3] })), 0);
});

test("a figure above its goal by more than the noise fails", () => {
  assert.equal(exitCode(summarise(figure, { ...noisy, wasm: [12, 12, 12] })), 1);
});

test("a figure of which some rounds reach the goal passes: it is the machine that differs", () => {
  assert.equal(exitCode(summarise(figure, { ...quiet, wasm: [7, 9, 9] })), 0);
});

test("a figure whose goal is not reached yet fails above its limit", () => {
  const limited = { ...figure, limit: 1.1 };
  assert.equal(exitCode(summarise(limited, { ...quiet, wasm: [10, 10.5, 10] })), 0);
  assert.equal(exitCode(summarise(limited, { ...quiet, wasm: [12, 12, 12] })), 1);
});

test("where more is better, less than the goal fails", () => {
  const rate = { ...figure, goal: 1.6, moreIsBetter: true };
  assert.equal(exitCode(summarise(rate, { ...quiet, wasm: [15, 15, 15] })), 1);
  assert.equal(exitCode(summarise(rate, { ...quiet, wasm: [17, 17, 17] })), 0);
});

test("a figure that is not checked fails nothing, and nothing measured is no success", () => {
  const unchecked = summarise({ ...figure, checked: false }, { ...quiet, wasm: [20, 20, 20] });
  const good = summarise(figure, { ...quiet, wasm: [7, 7, 7] });
  assert.equal(exitCode(unchecked, good), 0);
  assert.equal(exitCode(unchecked), 1);
});

test("a machine that slows down for a whole round changes no ratio", () => {
  const turns = { reference: [10, 50, 10], again: [10, 50, 10], wasm: [7, 35, 7] };
  const { ratio, noise } = summarise(figure, turns);
  assert.deepEqual([ratio.q1, ratio.median, ratio.q3, noise], [0.7, 0.7, 0.7, 0]);
});
