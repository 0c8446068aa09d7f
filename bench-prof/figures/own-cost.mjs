// A client's own cost per event: a stand-in for the WebSocket, inside the page, hands frames over and takes them.

const figure = (title) => [{ key: "cpu", title: `own cost per event, ${title}`, unit: "µs", goal: 0.8, checked: true }];
const each = (ms, events) => ({ cpu: (ms * 1000) / events });

const received = (name, title, kind, size, count) => ({
  name: `own-receive-${name}`,
  kind: "stand-in",
  cpu: true,
  figures: figure(title),
  async measure(page, { scale }) {
    const events = Math.round(count * scale);
    await page.call("prepareFeed", kind, size, events);
    const { cpu } = await page.measure("feed");
    await page.call("verifyFeed");
    return each(cpu, events);
  },
});

const emitted = {
  name: "own-emit",
  kind: "stand-in",
  cpu: true,
  figures: figure("emitted"),
  async measure(page, { scale }) {
    const events = Math.round(40_000 * scale);
    await page.call("prepareSend", events);
    const { cpu } = await page.measure("send");
    await page.call("verifySend");
    return each(cpu, events);
  },
};

export default [
  received("small", "received", "number", 0, 40_000),
  received("1kb", "received, 1 KB", "json", 1024, 10_000),
  emitted,
];
