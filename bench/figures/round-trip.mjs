// An event with an acknowledgement, the next one after the answer.

import { quantile } from "../report/statistics.mjs";

const roundTrip = (transport, count, title, goal, limit) => ({
  name: `${transport}-round-trip`,
  kind: "line",
  cpu: transport === "websocket",
  figures: [
    { key: "p50", title: `${title}: round trip, median`, unit: "µs", goal: 1 },
    { key: "p99", title: `${title}: round trip, 99th percentile`, unit: "µs", goal: 1 },
    { key: "cpu", title: `${title}: CPU per round trip`, unit: "µs", goal, limit, checked: goal !== undefined },
  ],
  async measure(page, { scale }) {
    const trips = Math.round(count * scale);
    await page.call("open", transport);
    const { value, cpu } = await page.measure("echo", transport, trips);
    return { p50: quantile(value, 0.5) * 1000, p99: quantile(value, 0.99) * 1000, cpu: (cpu * 1000) / trips };
  },
});

export default [
  roundTrip("websocket", 1_000, "WebSocket", 0.95, 1.05),
  roundTrip("polling", 200, "polling"),
];
