// The script's text is there: until `io` can be called.

export default {
  name: "evaluate",
  kind: "visit",
  moreRounds: 2,
  figures: [{ key: "time", title: "the script is evaluated", unit: "ms", goal: 1.5 }],
  async measure(lab, client) {
    const tab = await lab.freshPage("none");
    try {
      return { time: await tab.evaluate(`bench.evaluate("${client}")`) };
    } finally {
      await tab.close();
    }
  },
};
