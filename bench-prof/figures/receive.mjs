// Events received over a connection to the server.

const receive = (transport, kind, size, count, figures) => ({
  name: `${transport}-receive-${kind === "number" ? "small" : "1kb"}`,
  kind: "line",
  cpu: true,
  figures,
  async measure(page, { scale }) {
    const events = Math.round(count * scale);
    await page.call("open", transport);
    const { value, cpu, script } = await page.measure("down", transport, kind, size, events);
    const each = (ms) => (ms * 1000) / events;
    return { cpu: each(cpu), script: each(script), rate: (events / value) * 1000 };
  },
});

const cpu = (title, goal) => ({ key: "cpu", title, unit: "µs", goal, checked: true });
const script = (title) => ({ key: "script", title, unit: "µs" });
const rate = (title, goal) => ({ key: "rate", title, unit: "/s", goal, moreIsBetter: true });

export default [
  receive("websocket", "number", 0, 20_000, [
    cpu("WebSocket: CPU per event received", 1),
    script("… of it, in scripts"),
  ]),
  receive("websocket", "json", 1024, 10_000, [
    cpu("WebSocket: CPU per event received, 1 KB", 1),
    script("… of it, in scripts"),
  ]),
  receive("polling", "number", 0, 50_000, [
    cpu("polling: CPU per event received", 0.5),
    rate("polling: events received per second", 1.6),
  ]),
  receive("polling", "json", 1024, 10_000, [cpu("polling: CPU per event received, 1 KB", 0.85)]),
];
