// The figures as text, and what of them has missed its goal.

import { green, red, table } from "../../scripts/lib/steps.mjs";
import { isOver } from "./statistics.mjs";

const CLIENTS = ["reference", "wasm", "raw"];

export function number(value) {
  if (value === undefined || !Number.isFinite(value)) return "–";
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString("en");
  return Math.abs(value) >= 100 ? String(Math.round(value)) : value.toPrecision(value < 1 ? 2 : 3);
}

export const ratio = (value) => (value === undefined ? "–" : value.toFixed(2));
export const quartiles = (value) => (value ? `${ratio(value.q1)}–${ratio(value.q3)}` : "–");
export const percent = (value) => `${Math.round(value * 100)} %`;

/** "≤ 0.80", "≥ 1.60", or nothing. */
export function goalOf({ goal, moreIsBetter, against }) {
  if (goal === undefined) return "";
  return `${moreIsBetter ? "≥" : "≤"} ${goal.toFixed(2)}${against === "reference" ? "" : ` × ${against}`}`;
}

/** A column for each thing that is known of a figure. */
export function cells(figure) {
  const { title, unit, clients, noise } = figure;
  const values = CLIENTS.map((client) => number(clients[client]?.median));
  const floor = clients.raw?.ratio?.median;
  const own = [ratio(figure.ratio?.median), quartiles(figure.ratio)];
  return [title, unit, ...values, ...own, goalOf(figure), ratio(floor), percent(noise)];
}

export const head = [
  ...["figure", "unit", "socket.io-client", "socketio-wasm", "raw"],
  ...["ratio", "quartiles", "goal", "floor", "noise"],
];

export function textTable(figures) {
  if (figures.length === 0) return "";
  return table([[...head, ""], ...figures.map((figure) => [...cells(figure), figure.verdict ?? ""])]);
}

/** For the line of a step. */
export function verdictOf(figure) {
  if (!figure.verdict) return "";
  const text = `${ratio(figure.ratio.median)} (${goalOf(figure)})`;
  return figure.verdict === "missed" ? red(text) : green(text);
}

/** Says which checked figures are worse than they may be; answers the exit code. */
export function missed(figures) {
  const checked = figures.filter((figure) => figure.checked);
  const over = checked.filter(isOver);
  for (const figure of over) {
    const { title, noise, limit } = figure;
    const most = limit ? `${goalOf(figure)}, for now ${ratio(limit)}` : goalOf(figure);
    console.error(red(`missed: ${title} is ${ratio(figure.ratio.median)} (${quartiles(figure.ratio)}), its goal ${most}, the noise ${percent(noise)}`));
  }
  console.log(`${checked.length - over.length} of ${checked.length} checked figures are as they may be, or within the noise`);
  // Nothing measured is not a success.
  return over.length || !checked.length ? 1 : 0;
}
