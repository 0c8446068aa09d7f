// The benchmark that anyone can run in their own browser: rounds in which the clients take turns, and bars that grow.
import { figures, loadClients } from "./bench-figures.js";

const rounds = 7;
const names = { reference: "socket.io-client", wasm: "socketio-wasm" };

const byId = (id) => document.getElementById(id);
const rows = figures.map(createRow);
let running = false;

byId("run").addEventListener("click", () => {
  if (!running) run();
});

async function run() {
  setRunning(true);
  showError("");
  try {
    const clients = await loadClients();
    for (const [at, figure] of figures.entries()) await measure(figure, rows[at], clients);
    byId("progress").textContent = "Done.";
  } catch (error) {
    byId("progress").textContent = "Broken off.";
    showError(error.message);
  } finally {
    setRunning(false);
  }
}

async function measure(figure, row, clients) {
  const values = { reference: [], wasm: [] };
  for (let round = 0; round <= rounds; round++) {
    byId("progress").textContent = `${figure.title}: round ${Math.max(round, 1)} of ${rounds}`;
    // Neither is always the first.
    const order = round % 2 ? ["wasm", "reference"] : ["reference", "wasm"];
    for (const name of order) {
      const value = await figure.measure(figure.standIn ? clients[name].standIn : clients[name].io);
      // In the first turn the code is still being compiled: it does not count.
      if (round > 0) values[name].push(value);
    }
    if (round > 0) row.show(values);
    await nextFrame();
  }
}

const nextFrame = () => new Promise((resolve) => setTimeout(resolve, 50));

function createRow({ title, how, unit }) {
  const item = element("li");
  const head = element("div", "figure-head");
  const heading = element("h2", "", `${title} `);
  heading.append(element("span", "how", how));
  const ratio = element("p", "ratio", "–");
  head.append(heading, ratio);
  const bars = Object.fromEntries(Object.keys(names).map((name) => [name, createBar(name, unit)]));
  item.append(head, ...Object.values(bars).map((bar) => bar.element));
  byId("figures").append(item);
  return { show: (values) => show(bars, ratio, values) };
}

function createBar(name, unit) {
  const bar = element("div", `bar ${name}`);
  const track = element("span", "track");
  const fill = element("span", "fill");
  const value = element("span", "value", "–");
  track.append(fill);
  bar.append(element("span", "name", names[name]), track, value);
  return {
    element: bar,
    show(amount, longest) {
      fill.style.width = `${(100 * amount) / longest}%`;
      value.textContent = `${amount.toPrecision(3)} ${unit}`;
    },
  };
}

function show(bars, ratio, values) {
  const [reference, wasm] = [median(values.reference), median(values.wasm)];
  const longest = Math.max(reference, wasm) || 1;
  bars.reference.show(reference, longest);
  bars.wasm.show(wasm, longest);
  // A coarse clock may have seen nothing at all.
  ratio.textContent = reference > 0 ? `× ${(wasm / reference).toFixed(2)}` : "–";
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function setRunning(now) {
  running = now;
  byId("run").setAttribute("aria-disabled", String(now));
  document.documentElement.dataset.bench = now ? "running" : "ready";
}

function showError(text) {
  byId("error").textContent = text;
  byId("error").hidden = !text;
}
