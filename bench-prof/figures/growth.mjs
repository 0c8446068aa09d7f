// How cost grows with how much there is of something: a few sizes each, over the stand-in.

const growth = (name, title, sizes) => ({ name: `growth-${name}`, task: name, title, sizes });

export const growthExperiments = [
  growth("listeners", "listeners of one event", [1, 10, 100, 1_000]),
  growth("names", "event names", [1, 10, 100, 1_000, 10_000]),
  growth("spaces", "namespaces", [1, 10, 50, 100, 200]),
  growth("acks", "pending acknowledgements", [1, 10, 100, 1_000, 10_000, 100_000]),
  growth("buffered", "events emitted before the connection", [1, 10, 100, 1_000, 10_000, 100_000]),
];

const CLIENTS = ["reference", "wasm", "raw"];
const ROUNDS = 3;

/** Answers the series with, for each client, the median milliseconds at each size. */
export async function runGrowth(lab, { name, task, title, sizes }, progress) {
  const clients = Object.fromEntries(CLIENTS.map((client) => [client, []]));
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  for (const size of sizes) {
    const taken = Object.fromEntries(CLIENTS.map((client) => [client, []]));
    for (let round = 0; round < ROUNDS; round++) {
      progress(`${size.toLocaleString("en")}, round ${round + 1} of ${ROUNDS}`);
      for (const client of CLIENTS) {
        const page = await lab.page(client, "stand-in");
        await page.collectGarbage();
        taken[client].push(await page.call(task, size));
      }
    }
    for (const client of CLIENTS) clients[client].push(median(taken[client]));
  }
  return { name, title, unit: "ms", sizes, clients };
}
