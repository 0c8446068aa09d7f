// JSON of a megabyte, emitted.

const MB = 1024 * 1024;
const COUNT = 3;

const largeJson = (transport, title) => ({
  name: `${transport}-json-1mb-up`,
  kind: "line",
  cpu: true,
  figures: [{ key: "cpu", title: `${title}: 1 MB of JSON up, CPU`, unit: "ms/MB", goal: 0.95, checked: true }],
  async measure(page) {
    await page.call("open", transport);
    await page.call("prepareUp", "json", MB, COUNT);
    const { cpu } = await page.measure("up", transport, "json", MB, COUNT);
    return { cpu: cpu / COUNT };
  },
});

export default [largeJson("websocket", "WebSocket"), largeJson("polling", "polling")];
