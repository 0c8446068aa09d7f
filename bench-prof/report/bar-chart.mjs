// One bar for each figure with a goal: how much of the reference's cost is left. Short is good.

import { line, shape, svg, text } from "./svg.mjs";
import { ratio } from "./table.mjs";

const WIDTH = 860;
const LEFT = 330;
const RIGHT = 72;
const TOP = 56;
const ROW = 24;
const MAX = 2; // longer bars are cut
const KINDS = { reached: "bar", "within the noise": "bar near", missed: "bar over" };

const x = (value) => LEFT + (Math.min(Math.max(value, 0), MAX) / MAX) * (WIDTH - LEFT - RIGHT);

/** The cost: where more is better, its inverse. */
const cost = ({ moreIsBetter }, value) => (moreIsBetter ? 1 / value : value);

export function barChart({ figures }) {
  const shown = figures.filter(({ verdict }) => verdict);
  const height = TOP + shown.length * ROW + 12;
  const bottom = height - 8;
  const grid = [0, 0.5, 1, 1.5, 2].flatMap((value) => [
    line(x(value), TOP - 6, x(value), bottom, value === 1 ? "one" : "grid"),
    text(x(value), TOP - 12, value === 1 ? "socket.io-client" : `× ${value}`, "muted middle"),
  ]);
  const rows = shown.flatMap((figure, at) => row(figure, TOP + at * ROW));
  return svg(WIDTH, height, "What socketio-wasm costs, socket.io-client being 1", [...legend(), ...grid, ...rows]);
}

function legend() {
  const y = 15;
  const sample = (kind) => shape("rect", { x: 0, y: y - 9, width: 18, height: 10, rx: 2, kind });
  const entries = [
    [sample("bar"), "goal reached"],
    [sample("bar near"), "missed by less than the noise"],
    [sample("bar over"), "missed"],
    [line(9, y - 11, 9, y + 3, "goal"), "goal"],
    [shape("circle", { cx: 9, cy: y - 4, r: 4, kind: "floor" }), "raw: the floor"],
  ];
  const at = [LEFT - 140, LEFT - 20, LEFT + 195, LEFT + 280, LEFT + 345];
  const entry = ([mark, words], n) =>
    shape("g", { transform: `translate(${at[n]} 0)` }, mark + text(25, y, words, "muted"));
  return entries.map(entry);
}

function row(figure, y) {
  const value = cost(figure, figure.ratio.median);
  const kind = KINDS[figure.verdict];
  const floor = figure.clients.raw?.ratio;
  const marks = [
    text(LEFT - 10, y + 13, figure.title, "end"),
    shape("rect", { x: LEFT, y: y + 2, width: x(value) - LEFT, height: 14, rx: 2, kind }),
    text(WIDTH, y + 13, figure.moreIsBetter ? `1 / ${ratio(1 / value)}` : ratio(value), "bold end"),
  ];
  const goal = x(cost(figure, figure.goal));
  // Compared with the floor, a figure has no place on the reference's scale for either mark.
  if (figure.against !== "reference") return marks;
  marks.push(line(goal, y, goal, y + 18, "goal"));
  if (floor) marks.push(shape("circle", { cx: x(cost(figure, floor.median)), cy: y + 9, r: 4, kind: "floor" }));
  return marks;
}
