// What a client keeps: the JavaScript heap and the WebAssembly memory of a page with it, less those of the page alone.

const EVENTS = 100_000;
const BURST = 10_000;

const bytes = async (tab) => {
  const { heap, wasm } = await tab.memory();
  return heap + wasm;
};

async function onFreshPage(lab, client, task) {
  const tab = await lab.freshPage(client);
  try {
    return await task(tab);
  } finally {
    await tab.close();
  }
}

let alone; // the same each time, to the byte or nearly so

async function memory(tab) {
  await tab.call("open", "websocket");
  const connected = await bytes(tab);
  for (let n = 0; n < EVENTS; n += BURST) await tab.call("down", "websocket", "number", 0, BURST);
  return { connected: (connected - alone) / 1024, used: ((await bytes(tab)) - alone) / 1024 };
}

export default {
  name: "memory",
  kind: "visit",
  // It has next to no noise, and takes long.
  atMostRounds: 3,
  figures: [
    { key: "connected", title: "memory of the client, connected", unit: "KB", goal: 1 },
    { key: "used", title: "memory of the client, after 100,000 events", unit: "KB", goal: 1 },
  ],
  async measure(lab, client) {
    alone ??= await onFreshPage(lab, "none", bytes);
    return onFreshPage(lab, client, memory);
  },
};
