// One look at the page for all runs that wait for something there: a WebDriver session does one thing at a time.

import { glance } from "./page.mjs";
import { pause } from "../e2e/wait.mjs";

const INTERVAL = 150;

export class Glances {
  #waiting = new Set();
  #looking = false;

  constructor(page) {
    this.page = page;
  }

  /** Resolves with what is seen of a client when that satisfies `condition`. */
  see(name, what, condition, deadline) {
    return new Promise((resolve, reject) => {
      const late = `not seen within ${deadline / 1_000} s: ${what}`;
      this.#waiting.add({ name, condition, resolve, reject, late, end: performance.now() + deadline });
      this.#look().catch((error) => this.#waiting.forEach((entry) => entry.reject(error)));
    });
  }

  async #look() {
    if (this.#looking) return;
    this.#looking = true;
    try {
      while (this.#waiting.size) {
        const seen = await this.page.run(glance);
        for (const entry of this.#waiting) this.#judge(entry, seen[entry.name]);
        await pause(INTERVAL);
      }
    } finally {
      this.#looking = false;
    }
  }

  #judge(entry, seen) {
    const isLate = performance.now() > entry.end;
    if (seen && entry.condition(seen)) entry.resolve(seen);
    else if (isLate) entry.reject(new Error(`${entry.late}; seen: ${JSON.stringify(seen)}`));
    else return;
    this.#waiting.delete(entry);
  }
}
