// What each connection leaves behind after it has ended. Chromium lets one connect every 12 ms: hence the long wait.

// Until the heap has the size that it keeps.
const WARM_UP = 250;
const CYCLES = 500;
// Between two collections a client may let things lie: that is no leak.
const PER_COLLECTION = 50;

async function run(tab, cycles) {
  for (let n = 0; n < cycles; n += PER_COLLECTION) {
    await tab.call("cycles", PER_COLLECTION);
    await tab.collectGarbage();
  }
  const { heap, wasm } = await tab.memory();
  return heap + wasm;
}

export default {
  name: "cycles",
  kind: "visit",
  atMostRounds: 3,
  figures: [{ key: "growth", title: "growth per connect and disconnect", unit: "B", goal: 1, against: "raw" }],
  async measure(lab, client) {
    const tab = await lab.freshPage(client);
    try {
      const before = await run(tab, WARM_UP);
      return { growth: ((await run(tab, CYCLES)) - before) / CYCLES };
    } finally {
      await tab.close();
    }
  },
};
