// What a test does with the page in the browser, and what it can see of it.

import assert from "node:assert/strict";
import { until } from "./wait.mjs";

/**
 * Runs before every other script of the page. Keeps uncaught errors and scripts that did not load,
 * and the time from the start of the page to its first `connect`, by the page's own clock.
 */
const recorder = `(() => {
  const seen = (window.seen = { errors: [], connectedAfter: null });
  const text = (error) => [String(error), error?.stack].join("\\n");
  addEventListener("error", (event) => {
    const { target, error, message } = event;
    if (target !== window && target.localName !== "script") return;
    seen.errors.push(target === window ? text(error || message) : "not loaded: " + target.src);
  }, true);
  addEventListener("unhandledrejection", ({ reason }) => seen.errors.push(text(reason)));
  new MutationObserver((_, observer) => {
    const items = [...document.querySelectorAll("#events li")];
    if (!items.some((item) => /^connect\\b/.test(item.textContent.trim()))) return;
    seen.connectedAfter = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true, characterData: true });
})();`;

/** The top of each page: the recorder, and what a case wants to have run before the page's own scripts. */
export function headOf(scripts) {
  return [recorder, ...scripts].map((script) => `<script>${script}</script>`).join("");
}

export class Page {
  constructor(driver, proxy) {
    this.driver = driver;
    this.proxy = proxy;
  }

  /** Loads a page by way of the proxy. The page before must have had no error. */
  async open(path) {
    await this.checkErrors();
    await this.driver.get(this.proxy.origin + path);
  }

  async reload() {
    await this.checkErrors();
    await this.driver.navigate().refresh();
  }

  /** Leaves: the page's connections end, as when a user goes elsewhere. */
  async leave() {
    await this.checkErrors();
    await this.driver.get("about:blank");
  }

  async checkErrors() {
    const script = "return window.seen ? window.seen.errors : [];";
    const errors = await this.driver.executeScript(script);
    assert.deepEqual(errors, [], "the page had uncaught errors");
  }

  /** Runs a function in the page, awaits what it returns, and hands that back. */
  async run(task, ...args) {
    const { value, error } = await this.driver.executeAsyncScript(runner(task), ...args);
    if (error) throw new Error(`in the page: ${error}`);
    return value;
  }

  /** Waits until a function in the page answers something truthy. */
  see(what, task, ...args) {
    return until(what, () => this.run(task, ...args));
  }

  /** The texts of the list of events. */
  events() {
    return this.run(() => {
      const items = [...document.querySelectorAll("#events li")];
      return items.map((item) => item.textContent.trim());
    });
  }

  seeEvent(text) {
    const shown = async () => (await this.events()).some((item) => item.includes(text));
    return until(`"${text}" in the list of events`, shown);
  }

  /** Milliseconds from the start of the page to its first `connect`. */
  connectedAfter() {
    return this.run(() => window.seen.connectedAfter);
  }

  /** For the report of a failed test: what the page shows and had for errors. */
  describe() {
    const parts = "[location.href, document.body?.innerText, JSON.stringify(window.seen)]";
    return this.driver.executeScript(`return ${parts}.join("\\n");`);
  }
}

/** pages/library.html runs tasks itself; other pages do not allow that, and WebDriver's way will do. */
function runner(task) {
  return `
    const done = arguments[arguments.length - 1];
    const args = Array.from(arguments).slice(0, -1);
    Promise.resolve()
      .then(async () => {
        if (!window.runTask) return (${task})(...args);
        const json = await window.runTask(${JSON.stringify(String(task))}, JSON.stringify(args));
        return json && JSON.parse(json);
      })
      .then((value) => done({ value }), (error) => done({ error: String(error && error.stack || error) }));`;
}
