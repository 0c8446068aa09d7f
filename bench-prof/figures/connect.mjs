// From the navigation to a connection, in a tab that has loaded nothing before.

async function visit(lab, client, origin, options, until) {
  const tab = await lab.freshTab();
  try {
    await tab.load(`${origin}/connect/${client}?options=${encodeURIComponent(JSON.stringify(options))}`);
    return await tab.evaluate(`${until}.promise`);
  } finally {
    await tab.close();
  }
}

const connect = (name, title, where, options) => ({
  name: `connect-${name}`,
  kind: "visit",
  moreRounds: 2,
  figures: [{ key: "time", title: `navigation to connect, ${title}`, unit: "ms", goal: 1 }],
  measure: async (lab, client) => ({ time: await visit(lab, client, lab[where], options, "connected") }),
});

const running = (name, title, where) => ({
  name: `running-${name}`,
  kind: "visit",
  moreRounds: 2,
  // It has no defaults to compare: it does what it is told.
  without: ["raw"],
  figures: [{ key: "time", title: `navigation to running over WebSocket${title}`, unit: "ms", goal: 0.75 }],
  measure: async (lab, client) => ({ time: await visit(lab, client, lab[where], {}, "running") }),
});

const webSocket = { transports: ["websocket"] };
const polling = { transports: ["polling"] };

export default [
  connect("websocket", "WebSocket", "origin", webSocket),
  connect("websocket-slow", "WebSocket, slow line", "slow", webSocket),
  connect("polling", "polling", "origin", polling),
  running("defaults", "", "origin"),
  running("defaults-slow", ", slow line", "slow"),
];
