// Events emitted over a connection to the server.

const emit = (transport, count, title, goal, more) => ({
  ...more,
  name: `${transport}-emit`,
  kind: "line",
  cpu: true,
  figures: [{ key: "cpu", title, unit: "µs", goal, checked: true }],
  async measure(page, { scale }) {
    const events = Math.round(count * scale);
    await page.call("open", transport);
    await page.call("prepareUp", "number", 0, events);
    const { cpu } = await page.measure("up", transport, "number", 0, events);
    return { cpu: (cpu * 1000) / events };
  },
});

export default [
  emit("websocket", 20_000, "WebSocket: CPU per event emitted", 1, { moreRounds: 2 }),
  emit("polling", 50_000, "polling: CPU per event emitted", 0.6),
];
