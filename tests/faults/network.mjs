// The network between a page and its server: a TCP proxy that reads the head of each HTTP request.
// What it does to those that pass can be changed at any time.

import net from "node:net";
import { once } from "node:events";
import { Link } from "./link.mjs";

export const pass = () => undefined;

let networks = 0;

/**
 * Browsers have limits by address, of handshakes under way and of failures: so that runs beside each other don't
 * meet, each has an address of its own. Linux has all of 127.0.0.0/8.
 */
function ownAddress() {
  networks++;
  return process.platform === "linux" ? `127.77.${networks >> 7}.${1 + (networks & 127)}` : "127.0.0.1";
}

export class Network {
  /** What becomes of a request: undefined, `reset`, `lose answer`, or an answer `{ status, body }` in the server's place. */
  onRequest = pass;
  /**
   * What becomes of `{ direction, chunk, link }`: undefined, `reset`, `break` in its midst, a number: so many bytes of
   * it and then a reset, or `silence` from there on.
   */
  onChunk = pass;
  /** Milliseconds that all takes on its way, each way. */
  delay = 0;
  /** Bytes per second, each way. */
  bandwidth = Infinity;
  /** Each request, as `{ at, method, url, isWebSocket, verdict, again }`. */
  requests = [];
  links = new Set();
  #free = { up: 0, down: 0 };

  constructor(target) {
    this.target = target;
  }

  async start() {
    this.address = ownAddress();
    await this.accept();
  }

  get origin() {
    return `http://${this.address}:${this.port}`;
  }

  /** Nobody listens here any more: who comes is refused. */
  async refuse() {
    this.server.close();
    this.cut();
    await once(this.server, "close");
  }

  /** Listens, on the same port as before. */
  async accept() {
    this.server = net.createServer((socket) => this.#enter(socket));
    this.server.listen(this.port ?? 0, this.address);
    await once(this.server, "listening");
    this.port = this.server.address().port;
  }

  /** Resets every connection that passes. */
  cut(wanted = () => true) {
    for (const link of this.links) if (wanted(link)) link.reset();
  }

  /** The connections of now carry nothing any more, and don't end either. Those that follow do. */
  silence(wanted = () => true) {
    for (const link of this.links) if (wanted(link)) link.silent = true;
  }

  /** What becomes of a request. Each poll has an address of its own: one that comes again is sent by the browser itself. */
  judge(request) {
    const again = this.requests.some(({ method, url }) => url === request.url && method === request.method);
    const verdict = this.onRequest();
    this.requests.push({ at: Date.now(), ...request, verdict, again });
    return verdict;
  }

  /** When something of that size is through, of all that goes the same way. */
  through(direction, size) {
    if (this.bandwidth === Infinity) return performance.now() + this.delay;
    const begin = Math.max(performance.now(), this.#free[direction]);
    this.#free[direction] = begin + (size / this.bandwidth) * 1_000;
    return this.#free[direction] + this.delay;
  }

  async close() {
    for (const link of this.links) link.reset();
    if (this.server.listening) await this.refuse();
  }

  #enter(socket) {
    const link = new Link(this, socket);
    this.links.add(link);
    link.closed.then(() => this.links.delete(link));
  }
}
