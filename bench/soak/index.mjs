// Long use, at speed: what grows? Events and reconnections over three connections, one of each kind; memory, timers,
// listeners and the server's connections are looked at from time to time.

import { openLab } from "../lab/lab.mjs";
import { runSteps } from "../../scripts/lib/steps.mjs";

// Until compiled code and the heap have the size that they keep.
const WARM_UP = 4;
const SAMPLES = 24;
// Bytes of heap for each event that would be called growth: a hundredth of an object.
const LIMIT = 0.2;

/** Runs until so many events have been exchanged and so many reconnections made. Answers how many of the looks are bad. */
export async function soak({ events, reconnections }) {
  const samples = [];
  const step = {
    title: `${events.toLocaleString("en")} events, ${reconnections.toLocaleString("en")} reconnections`,
    run: async (progress) => void (await run({ events, reconnections }, samples, progress)),
  };
  await runSteps([step]);
  return report(samples);
}

async function run({ events, reconnections }, samples, progress) {
  const lab = await openLab();
  try {
    const tab = await lab.freshPage("none");
    await tab.evaluate(`import("/soak/page.js").then((soak) => (globalThis.soak = soak).open())`);
    const rounds = Math.ceil(reconnections / 3 / SAMPLES);
    const each = Math.ceil(events / SAMPLES / rounds / 6);
    for (let n = 0; n < SAMPLES; n++) {
      progress(`part ${n + 1} of ${SAMPLES}`);
      let count = samples.at(-1)?.events ?? 0;
      for (let turn = 0; turn < rounds; turn++) count += await tab.evaluate(`soak.round(${each})`);
      samples.push({ events: count, reconnections: (n + 1) * rounds * 3, ...(await look(tab)) });
    }
  } finally {
    await lab.close();
  }
}

async function look(tab) {
  const { heap, wasm } = await tab.memory();
  const timers = await tab.evaluate("soak.activeTimers()");
  const clients = await tab.evaluate("soak.clients()");
  return { heap, wasm, timers, clients, listeners: await tab.listeners() };
}

function report(samples) {
  const kept = samples.slice(WARM_UP);
  const slope = slopeOf(kept.map(({ events, heap }) => [events, heap]));
  const last = samples.at(-1);
  console.log(`\n  ${last.events.toLocaleString("en")} events, ${last.reconnections.toLocaleString("en")} reconnections\n`);
  const rows = [["heap, bytes for each event", `${slope.toFixed(4)} (limit ${LIMIT})`, slope <= LIMIT]];
  for (const name of ["wasm", "timers", "clients", "listeners"]) {
    const values = kept.map((sample) => sample[name]);
    // Requests and sockets that come and go just then have listeners, too: what counts is whether there are ever more.
    const more = slopeOf(kept.map(({ reconnections, [name]: value }) => [reconnections, value]));
    rows.push([name, `${Math.min(...values)} to ${Math.max(...values)}`, more <= 0.01]);
  }
  for (const [name, value, isGood] of rows) console.log(`  ${isGood ? "✓" : "✗"}  ${name.padEnd(28)} ${value}`);
  return rows.filter(([, , isGood]) => !isGood).length;
}

/** Of the straight line that is nearest to the points: least squares. */
function slopeOf(points) {
  const mean = (at) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const top = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return top / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
