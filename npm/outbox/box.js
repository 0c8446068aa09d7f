// The outbox of one socket: what is kept, and who hears what became of it.

import { call, report } from "./call.js";
import { shown, withBytes } from "./entry.js";
import { Sender } from "./sender.js";
import { Store } from "./store.js";
import { Tabs } from "./tabs.js";

export class Box {
  /** Who waits for what became of an entry, by its id. */
  acks = new Map();
  turn = Promise.resolve();

  constructor(socket, options) {
    this.socket = socket;
    this.options = options;
    this.name = `socketio-wasm ${options.name} ${socket.nsp}`;
    this.store = new Store(this.name, options);
    this.sender = new Sender(this);
    this.tabs = new Tabs(this.name, (news) => this.hear(news));
    socket.on("disconnect", () => {
      this.sender.id = undefined;
      this.listen();
    });
  }

  /** Sends what there is, if there is a connection. */
  wake() {
    // Where a page is rendered on a server there is nothing to send.
    if (!globalThis.indexedDB) return;
    this.listen();
    this.sender.wake();
  }

  /** The other tabs are listened to only while it matters: a page that listens may not be kept for going back to it. */
  listen() {
    this.tabs.listen(this.socket.connected || this.acks.size > 0);
  }

  hear({ id, error, answer }) {
    if (!id) this.wake();
    else this.settle(id, error && new Error(error), answer);
  }

  /** Resolves when it is kept. */
  keep(entry, ack) {
    return this.inTurn(() => this.add(entry, ack));
  }

  clear() {
    return this.inTurn(async () => {
      const error = new Error("socketio-wasm: the outbox was cleared");
      for (const { id } of await this.store.clear()) this.tell(id, error);
    });
  }

  /** In the order of the calls, although some take longer. */
  inTurn(work) {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }

  async add(entry, ack) {
    const read = await withBytes(entry);
    // Before another tab can send it.
    if (ack) this.acks.set(entry.id, ack);
    if (globalThis.indexedDB) this.listen();
    try {
      const { old, limit } = await this.store.add(read);
      for (const each of old) this.dropped(each, this.tooOld());
      if (limit) throw new Error(`socketio-wasm: the outbox is full: ${limit} is ${this.options[limit]}`);
    } catch (error) {
      this.acks.delete(entry.id);
      this.listen();
      throw error;
    }
    // This tab before the others, as who asks first for the lock is likely to get it.
    this.wake();
    this.tabs.tell({});
  }

  answered(entry, answer) {
    this.tell(entry.id, undefined, answer);
    call(this.options.onAnswer, shown(entry), ...answer);
  }

  dropped(entry, error) {
    const isHeard = this.tell(entry.id, error);
    if (this.options.onDrop) call(this.options.onDrop, shown(entry), error);
    else if (!isHeard) report(error);
  }

  tooOld() {
    return new Error(`socketio-wasm: an entry of the outbox was older than maxAge, ${this.options.maxAge} ms`);
  }

  /** Tells who waits for it, in whatever tab; says whether that is this one. */
  tell(id, error, answer = []) {
    const isHere = this.settle(id, error, answer);
    if (!isHere) this.tabs.tell({ id, error: error?.message, answer });
    return isHere;
  }

  settle(id, error, answer) {
    const ack = this.acks.get(id);
    if (!ack) return false;
    this.acks.delete(id);
    this.listen();
    call(ack, error ?? null, ...answer);
    return true;
  }
}
