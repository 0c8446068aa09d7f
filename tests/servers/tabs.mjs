// Tabs of one browser, each with a page of its own.

import { Page } from "../e2e/page.mjs";

export class Tabs extends Array {
  /** Opens the page, the first time in the window that the browser has anyway. */
  async add(driver, origin) {
    if (this.length) await driver.switchTo().newWindow("tab");
    const tab = new Tab(driver, { origin }, await driver.getWindowHandle());
    this.push(tab);
    await tab.open("/library.html");
    return tab;
  }

  async close() {
    for (const tab of this.slice(1)) {
      await tab.choose();
      await tab.driver.close();
    }
    await this[0]?.choose();
    await this[0]?.driver.get("about:blank");
  }
}

class Tab extends Page {
  constructor(driver, proxy, handle) {
    super(driver, proxy);
    this.handle = handle;
  }

  choose() {
    return this.driver.switchTo().window(this.handle);
  }

  /** Makes it a user of this node: the balancer's cookie says so. */
  async goTo(node) {
    await this.choose();
    await this.driver.manage().addCookie({ name: "node", value: node });
  }

  async open(path) {
    await this.choose();
    return super.open(path);
  }

  async run(task, ...args) {
    await this.choose();
    return super.run(task, ...args);
  }

  async checkErrors() {
    await this.choose();
    return super.checkErrors();
  }
}
