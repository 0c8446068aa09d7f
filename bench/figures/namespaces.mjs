// Many namespaces over one new connection.

const COUNT = 50;
const TIMES = 4;

export default {
  name: "namespaces",
  kind: "line",
  cpu: true,
  figures: [
    { key: "time", title: `${COUNT} namespaces: until all are connected`, unit: "ms", goal: 0.85 },
    { key: "cpu", title: `${COUNT} namespaces: CPU`, unit: "ms", goal: 0.75, limit: 1.15, checked: true },
  ],
  async measure(page) {
    const { value, cpu } = await page.measure("namespaces", COUNT, TIMES);
    return { time: value, cpu: cpu / TIMES };
  },
};
