// Browsers that say what their page holds. `evaluate` runs an expression in the page and awaits its value, `collect` has
// garbage collected, `count` answers how many objects there are, by kind and name.

import { openChromium } from "../../bench/lab/chromium.mjs";
import { openBrowser } from "../e2e/browser.mjs";
import { countsIn } from "./snapshot.mjs";

export const browsers = {
  async chromium(url) {
    const browser = await openChromium();
    const tab = await browser.open();
    await tab.load(url);
    return {
      evaluate: (expression) => tab.evaluate(expression),
      collect: () => tab.collectGarbage(),
      count: async () => countsIn(await tab.snapshot()),
      close: () => browser.close(),
    };
  },

  async firefox(url) {
    // Only its own code may ask for a collection or for a snapshot.
    const { driver, close } = await openBrowser("firefox", { driverArgs: ["--allow-system-access"] });
    await driver.get(url);
    const collect = () => asFirefox(driver, requestCollection);
    return {
      evaluate: (expression) => evaluate(driver, expression),
      collect,
      async count() {
        await collect();
        return new Map(await asFirefox(driver, census));
      },
      close,
    };
  },
};

async function evaluate(driver, expression) {
  const { value, error } = await driver.executeAsyncScript(settle("window.eval(arguments[0])"), expression);
  if (error) throw new Error(error);
  return value;
}

/** Runs a function as code of Firefox itself. */
async function asFirefox(driver, task) {
  await driver.setContext("chrome");
  const { value, error } = await driver.executeAsyncScript(settle(`(${task})()`));
  await driver.setContext("content");
  if (error) throw new Error(error);
  return value;
}

const settle = (expression) => `
  const done = arguments[arguments.length - 1];
  Promise.resolve(${expression}).then((value) => done({ value }), (error) => done({ error: String(error) }));`;

function requestCollection() {
  for (const what of ["gc", "cc", "gc"]) Services.obs.notifyObservers(null, `child-${what}-request`);
}

/** A snapshot of the page's process, counted: pairs of a kind and name with how many there are. */
async function census() {
  // Firefox ends a page's process that saves one while nobody uses the tools.
  ChromeUtils.notifyDevToolsOpened();
  const { messageManager } = gBrowser.selectedBrowser;
  const saved = new Promise((resolve) => {
    const tell = ({ data }) => (messageManager.removeMessageListener("saved", tell), resolve(data));
    messageManager.addMessageListener("saved", tell);
  });
  const save = 'sendAsyncMessage("saved", ChromeUtils.saveHeapSnapshot({ runtime: true }));';
  messageManager.loadFrameScript(`data:,${encodeURIComponent(save)}`, false);
  const path = await saved;
  const count = { by: "count", count: true, bytes: false };
  const byClass = { by: "objectClass", then: count, other: count };
  const domNode = { by: "descriptiveType", then: count, other: count };
  // What else there is belongs to the engine: code, shapes, texts.
  const breakdown = { by: "coarseType", objects: byClass, domNode, scripts: count, strings: count, other: count };
  const { objects, domNode: nodes } = ChromeUtils.readHeapSnapshot(path).takeCensus({ breakdown });
  await IOUtils.remove(path);
  return Object.entries({ ...objects, ...nodes }).map(([name, { count }]) => [name, count]);
}
