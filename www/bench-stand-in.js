// A WebSocket that never leaves the page: it plays a Socket.IO server that accepts each connection and namespace,
// keeps what is sent, and hands over the frames it is given. What is measured with it is the client alone.

const HANDSHAKE = { sid: "stand-in", upgrades: [], pingInterval: 1e9, pingTimeout: 1e8, maxPayload: 1e6 };

export class StandIn {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;
  /** The one that was made last. */
  static latest;

  binaryType = "blob";
  bufferedAmount = 0;
  extensions = "";
  protocol = "";
  readyState = 0;
  sent = [];
  #listeners = new Map();

  constructor(url) {
    this.url = String(url);
    StandIn.latest = this;
    setTimeout(() => {
      if (this.readyState !== 0) return;
      this.readyState = 1;
      this.#tell({ type: "open" });
      this.receive(`0${JSON.stringify(HANDSHAKE)}`);
    });
  }

  send(data) {
    // "40", and the namespace where it is not the main one: answered as a server would.
    if (data.charCodeAt(0) === 52 && data.charCodeAt(1) === 48) queueMicrotask(() => this.#accept(data));
    else this.sent.push(data);
  }

  receive(data) {
    this.#tell({ type: "message", data });
  }

  close() {
    if (this.readyState === 3) return;
    this.readyState = 3;
    setTimeout(() => this.#tell({ type: "close", code: 1000, reason: "", wasClean: true }));
  }

  addEventListener(type, listener) {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  removeEventListener(type, listener) {
    this.#listeners.set(type, (this.#listeners.get(type) ?? []).filter((other) => other !== listener));
  }

  #accept(data) {
    const [nsp] = /\/[^,]*,/.exec(data) ?? [""];
    this.receive(`40${nsp}{"sid":"stand-in"}`);
  }

  #tell(event) {
    this[`on${event.type}`]?.(event);
    for (const listener of this.#listeners.get(event.type) ?? []) listener(event);
  }
}

/** Takes the place of the browser's WebSocket; what it answers puts that back. */
export function installStandIn() {
  const { WebSocket } = globalThis;
  globalThis.WebSocket = StandIn;
  return () => (globalThis.WebSocket = WebSocket);
}

/** `count` frames as they come from a network: flat, and each a text of its own. */
export const framesOf = (count, text) => Array.from({ length: count }, (_, n) => flat(text(n)));

const flat = (text) => new TextDecoder().decode(new TextEncoder().encode(text));
