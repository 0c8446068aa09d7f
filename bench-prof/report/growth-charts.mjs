// How cost grows: a small chart for each series, both axes in powers of ten. What grows in proportion becomes a straight
// line; a client that is dearer by a factor has a line that is higher, not steeper.

import { line, shape, svg, text } from "./svg.mjs";
import { ratio } from "./table.mjs";

const COLUMNS = 2;
const CELL = { width: 430, height: 232 };
const PLOT = { left: 56, top: 36, width: 340, height: 150 };
const NAMES = { reference: "socket.io-client", wasm: "socketio-wasm", raw: "raw: the floor" };

export function growthCharts(growth) {
  const cells = [...growth.map(chart), summary(growth)].map((shapes, at) => {
    const [column, row] = [at % COLUMNS, Math.floor(at / COLUMNS)];
    return shape("g", { transform: `translate(${column * CELL.width} ${row * CELL.height})` }, shapes.join("\n"));
  });
  const height = Math.ceil(cells.length / COLUMNS) * CELL.height;
  return svg(COLUMNS * CELL.width, height, "How cost grows with how much there is of something", cells);
}

function chart({ title, sizes, clients }) {
  const values = Object.values(clients).flat().map(Math.log10);
  const [low, high] = [Math.floor(Math.min(...values)), Math.ceil(Math.max(...values))];
  const [right, bottom] = [PLOT.left + PLOT.width, PLOT.top + PLOT.height];
  const x = axis(Math.log10(sizes[0]), Math.log10(sizes.at(-1)), PLOT.left, PLOT.width);
  const y = axis(low, high, bottom, -PLOT.height);
  const rows = Array.from({ length: high - low + 1 }, (_, n) => low + n);
  return [
    text(PLOT.left, 20, title, "bold"),
    ...rows.map((power) => line(PLOT.left, y(power), right, y(power), "grid")),
    ...rows.map((power) => text(PLOT.left - 6, y(power) + 4, time(power), "muted end")),
    ...sizes.map((size) => text(x(Math.log10(size)), bottom + 18, size.toLocaleString("en"), "muted middle")),
    ...Object.entries(clients).map(([client, series]) => curve(client, series, sizes, x, y)),
  ];
}

function curve(client, series, sizes, x, y) {
  const points = series.map((value, n) => [x(Math.log10(sizes[n])), y(Math.log10(value))].map(Math.round).join());
  return shape("polyline", { points: points.join(" "), kind: `line line-${client}` });
}

const axis = (from, to, start, length) => (value) => start + ((value - from) / (to - from || 1)) * length;

/** 10 to the power, in milliseconds: "100 µs", "1 s". */
function time(power) {
  const [unit, more] = power < 0 ? ["µs", 3] : power < 3 ? ["ms", 0] : ["s", -3];
  return `${Number(`1e${power + more}`)} ${unit}`;
}

/** The place that is left: which line is whose, and where they end. */
function summary(growth) {
  const legend = Object.entries(NAMES).flatMap(([client, name], at) => [
    line(PLOT.left, 20 + at * 22, PLOT.left + 30, 20 + at * 22, `line line-${client}`),
    text(PLOT.left + 40, 24 + at * 22, name),
  ]);
  const rows = growth.flatMap(({ title, sizes, clients: { reference, wasm } }, at) => [
    text(PLOT.left, 130 + at * 20, `${sizes.at(-1).toLocaleString("en")} ${title}`, "muted"),
    text(PLOT.left + PLOT.width, 130 + at * 20, ratio(wasm.at(-1) / reference.at(-1)), "bold end"),
  ]);
  return [...legend, text(PLOT.left, 108, "At the right end, socketio-wasm to socket.io-client", "bold"), ...rows];
}
