// Many events and many connections in one page, and what the page and the server hold meanwhile.

import { openChromium } from "../../bench/lab/chromium.mjs";
import { until } from "../e2e/wait.mjs";
import { install } from "./page.mjs";
import { startSoakServer } from "./server.mjs";

// Most run over a WebSocket; the other two take their turns.
const KINDS = { websocket: ["websocket"], polling: ["polling"], upgraded: ["polling", "websocket"] };
const TURNS = [...Array(8).fill("websocket"), "polling", "upgraded"];
const ENDS = ["cut", "lost", "left", "released"];

// Laps before the first look: until then caches fill, and code is compiled.
const WARM_UP = 60;

/** Runs `events` in laps that each end with a reconnection. Answers `looks` looks at what is held meanwhile, and a first. */
export async function soak({ events, reconnections, looks }, progress = () => {}) {
  const server = await startSoakServer();
  const browser = await openChromium();
  try {
    const tab = await browser.open();
    await tab.load(`${server.origin}/library.html`);
    await tab.evaluate(`(${install})()`);
    for (const [kind, transports] of Object.entries(KINDS)) {
      await tab.evaluate(`soak.open(${JSON.stringify(kind)}, ${JSON.stringify(transports)})`);
    }
    return await laps(tab, server, { events, reconnections, looks }, progress);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function laps(tab, server, { events, reconnections, looks }, progress) {
  const each = Math.ceil(events / reconnections / 2);
  const between = Math.floor(reconnections / looks);
  const seen = [];
  for (let lap = 1; lap <= WARM_UP + reconnections; lap++) {
    const [kind, end] = [TURNS[lap % TURNS.length], ENDS[(lap >> 1) % ENDS.length]];
    await tab.evaluate(`soak.lap("${kind}", ${each}, "${end}")`);
    const done = lap - WARM_UP;
    if (done >= 0 && done % between === 0) seen.push(await look(tab, server, done, done * each * 2));
    progress(`${(lap * each * 2).toLocaleString("en")} events, ${lap} reconnections`);
  }
  return seen;
}

async function look(tab, server, reconnections, events) {
  const kept = Object.keys(KINDS).length;
  await until("the end of the connections that were left", () => server.connections().sessions === kept);
  await atRest(tab, kept);
  const memory = await tab.memory();
  // A session whose end the server has seen may have come to its own only now, and waits for its last GET.
  const { timers } = await atRest(tab, kept);
  return { reconnections, events, ...memory, listeners: await tab.listeners(), timers, ...server.connections() };
}

const atRest = (tab, most) =>
  until("the page to come to rest", async () => {
    const timers = await tab.evaluate("soak.timers()");
    return timers <= most && { timers };
  });
