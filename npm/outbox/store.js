// The entries in IndexedDB: by number, so in the order in which they were emitted, over all tabs.

import { finished, openDatabase, request } from "./indexed-db.js";

const ENTRIES = "entries";
// "bytes": the sum over the entries; "lease": see alone.js.
const STATE = "state";

export class Store {
  constructor(name, options) {
    this.name = name;
    this.options = options;
  }

  isOld({ at }) {
    return Date.now() - at > this.options.maxAge;
  }

  /** Answers the entries that were too old and made place, and the limit that is in the way, if there is one. */
  add(entry) {
    return this.write(async (entries, state) => {
      const old = [];
      for (let first; (first = await firstOf(entries)) && this.isOld(first); old.push(first)) {
        await request(entries.delete(first.number));
      }
      const before = (await request(state.get("bytes"))) ?? 0;
      const bytes = sum(before, entry.bytes, ...old.map((each) => -each.bytes));
      const limit = this.limit(await request(entries.count()), bytes);
      if (!limit) await request(entries.add(entry));
      await request(state.put(limit ? bytes - entry.bytes : bytes, "bytes"));
      return { old, limit };
    });
  }

  /** The option that forbids one more entry. */
  limit(count, bytes) {
    const { maxCount, maxBytes } = this.options;
    if (count >= maxCount) return "maxCount";
    return bytes > maxBytes ? "maxBytes" : undefined;
  }

  first() {
    return this.read(firstOf);
  }

  all() {
    return this.read((entries) => request(entries.getAll()));
  }

  /** Says whether it was still there. Another one may have its number, when the database was deleted meanwhile. */
  remove({ number, bytes, id }) {
    return this.write(async (entries, state) => {
      if ((await request(entries.get(number)))?.id !== id) return false;
      await request(entries.delete(number));
      await request(state.put((await request(state.get("bytes"))) - bytes, "bytes"));
      return true;
    });
  }

  update(entry) {
    return this.write(async (entries) => {
      if ((await request(entries.get(entry.number)))?.id === entry.id) await request(entries.put(entry));
    });
  }

  /** Answers what was there. */
  clear() {
    return this.write(async (entries, state) => {
      const all = await request(entries.getAll());
      await request(entries.clear());
      await request(state.delete("bytes"));
      return all;
    });
  }

  /** Takes the lease, or prolongs it; answers how long to wait if another one has it. */
  lease(owner, time) {
    return this.write(async (_, state) => {
      const now = Date.now();
      const lease = await request(state.get("lease"));
      const left = lease && lease.owner !== owner ? lease.until - now : 0;
      // One that lasts longer than any can is from before the clock was set back.
      if (left > 0 && (left <= time || !time)) return left;
      await request(state.put({ owner, until: now + time }, "lease"));
      return 0;
    });
  }

  read(work) {
    return this.transact("readonly", work);
  }

  write(work) {
    return this.transact("readwrite", work);
  }

  async transact(mode, work) {
    // A browser may have closed the database without a word, as Safari does: the second time it is opened anew.
    const transaction = await this.begin(mode).catch(() => this.begin(mode));
    const [answer] = await Promise.all([
      work(transaction.objectStore(ENTRIES), transaction.objectStore(STATE)),
      finished(transaction),
    ]);
    return answer;
  }

  async begin(mode) {
    try {
      const database = await (this.database ??= openDatabase(this.name, create));
      database.onversionchange = () => database.close();
      // What is said to be kept is on the disk.
      return database.transaction([ENTRIES, STATE], mode, { durability: "strict" });
    } catch (cause) {
      this.database = undefined;
      throw new Error(`socketio-wasm: the outbox has no IndexedDB: ${cause.message}`, { cause });
    }
  }
}

function create(database) {
  database.createObjectStore(ENTRIES, { keyPath: "number", autoIncrement: true });
  database.createObjectStore(STATE);
}

async function firstOf(entries) {
  const [first] = await request(entries.getAll(null, 1));
  return first;
}

const sum = (...numbers) => numbers.reduce((total, number) => total + number);
