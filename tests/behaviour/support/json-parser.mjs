// A parser such as an application may bring: every packet is one text, plain JSON. In the page and at the server.

/** What each class was constructed with, and what its decoders were asked to do. */
export const seen = [];

export class Encoder {
  constructor(...args) {
    seen.push(["Encoder", args.length]);
  }
  encode(packet) {
    return [JSON.stringify({ ...packet, options: undefined, own: true })];
  }
}

export class Decoder {
  #listeners = new Map();

  constructor(...args) {
    seen.push(["Decoder", args.length]);
  }
  add(text) {
    const packet = JSON.parse(text);
    if (!packet.own) throw new Error("not of this parser");
    for (const listener of this.#of("decoded")) listener(packet);
  }
  destroy() {
    seen.push(["destroy"]);
  }
  on(event, listener) {
    this.#listeners.set(event, [...this.#of(event), listener]);
    return this;
  }
  off(event, listener) {
    const others = this.#of(event).filter((other) => other !== listener);
    this.#listeners.set(event, listener ? others : []);
    return this;
  }
  #of(event) {
    return this.#listeners.get(event) ?? [];
  }
}

for (const name of ["removeListener", "removeAllListeners"]) Decoder.prototype[name] = Decoder.prototype.off;
