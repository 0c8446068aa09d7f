// Sends what is kept: in order, one at a time, the next when the one before was acknowledged.

import { alone } from "./alone.js";
import { report } from "./call.js";
import { unpack } from "./entry.js";

// What a packet has beside the namespace and the event: its type, two numbers and the entry's id.
const AROUND = 64;
// As long as a timer can be: until there is an answer, or the connection is gone.
const LONG = 2 ** 31 - 1;

export class Sender {
  isRunning = false;
  isWanted = false;
  /** The entry that is under way, and what has become of it, each time that it was sent over this connection. */
  id = undefined;
  outcomes = [];

  constructor(box) {
    this.box = box;
  }

  /** A second call while the first is at work lets it look once more. */
  async wake() {
    this.isWanted = true;
    if (this.isRunning) return;
    this.isRunning = true;
    const { name, socket, store } = this.box;
    try {
      while (this.isWanted && socket.connected) {
        this.isWanted = false;
        await alone(name, store, (hold) => this.drain(hold));
      }
    } catch (error) {
      // What is kept stays kept: the next emit or connection tries again.
      report(error);
    }
    this.isRunning = false;
  }

  async drain(hold) {
    const { socket, store } = this.box;
    while (socket.connected) {
      await hold();
      const entry = await store.first();
      if (!entry || !(await this.handle(entry))) return;
    }
  }

  /** Says whether it is the next one's turn. */
  async handle(entry) {
    const { box } = this;
    const refusal = this.refusal(entry);
    if (refusal) return this.drop(entry, refusal);
    const { refused, answer, isUnsent } = await this.outcome(entry);
    // The connection has ended meanwhile: the next one tries.
    if (isUnsent) return false;
    if (refused) return this.drop(entry, refused);
    if (!answer) return this.retry(entry);
    if (await box.store.remove(entry)) box.answered(entry, answer);
    return true;
  }

  /** An answer that comes after its time counts, too: over a slow network none else may come. */
  async outcome(entry) {
    if (this.id !== entry.id) this.outcomes = [];
    this.id = entry.id;
    this.outcomes.push(this.send(entry));
    const wait = Math.min(this.box.options.ackTimeout, LONG);
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, wait, { isLate: true })));
    const outcome = await Promise.race([...this.outcomes, late]);
    clearTimeout(timer);
    // With a connection all that were sent over it end.
    if (!outcome.isLate) this.id = undefined;
    return outcome;
  }

  /** Why it is not to be sent at all. */
  refusal(entry) {
    if (this.box.store.isOld(entry)) return this.box.tooOld();
    const { io, nsp } = this.box.socket;
    const { maxPayload } = io.engine;
    const size = entry.largest + nsp.length + AROUND;
    if (!(maxPayload > 0 && size > maxPayload)) return;
    // The server would end the connection for it, each time anew.
    return new Error(`socketio-wasm: a packet of up to ${size} bytes is above the server's maxPayload, ${maxPayload}`);
  }

  /** Resolves to the answer; to nothing when the connection ends; or to what `emit` throws and always will. */
  send(entry) {
    const { socket, options } = this.box;
    const [event, ...args] = unpack(entry);
    if (options.sendId) args.unshift(entry.id);
    return new Promise((resolve) => {
      // Not one for the queue that the socket itself has with the option `retries`.
      socket.flags.queued = true;
      let isUnsent = true;
      socket.timeout(LONG).emit(event, ...args, (error, ...answer) => resolve(error ? { isUnsent } : { answer }));
      isUnsent = false;
    }).catch((refused) => ({ refused }));
  }

  async retry(entry) {
    const { options, store } = this.box;
    const tries = entry.tries + 1;
    if (tries >= options.maxTries) {
      return this.drop(entry, new Error(`socketio-wasm: tried ${tries} times, and not acknowledged`));
    }
    await store.update({ ...entry, tries });
    // By whoever is first: another tab's connection may be the better one.
    this.isWanted = true;
    return false;
  }

  async drop(entry, error) {
    if (await this.box.store.remove(entry)) this.box.dropped(entry, error);
    return true;
  }
}
