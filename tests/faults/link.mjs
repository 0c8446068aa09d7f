// One connection that passes the network: two sockets, and a pipe for each way between them.

import net from "node:net";
import { STATUS_CODES } from "node:http";
import { Pipe } from "./pipe.mjs";

const REQUEST = /^(GET|POST|OPTIONS|HEAD) (\S+) HTTP\/1\.1\r\n/;

/** So that the half of a chunk is there before the reset, which may overtake it. */
const REST_MS = 30;

export class Link {
  isWebSocket = false;
  /** Nothing passes any more. */
  silent = false;
  /** How many chunks have come of each way: of a WebSocket the first is the handshake. */
  chunks = { up: 0, down: 0 };
  #loses = false;
  #ended = false;

  constructor(network, page) {
    this.network = network;
    this.page = page;
    /** Bytes per second of this connection, each way. */
    this.pace = network.pace ?? Infinity;
    page.setNoDelay(true);
    this.closed = new Promise((resolve) => (this.#closed = resolve));
    page.on("data", (chunk) => this.#fromPage(chunk));
    page.on("error", () => {}); // `close` follows
    page.on("close", () => this.#pageLeft());
  }
  #closed;

  reset() {
    abort(this.page);
    if (this.server) abort(this.server);
    this.#end();
  }

  #pageLeft() {
    // What fell silent stays as it is for the server: it has to find out by itself.
    if (!this.silent) this.server?.destroy();
    this.#end();
  }

  #end() {
    if (this.pipes) for (const pipe of Object.values(this.pipes)) pipe.drop();
    this.#closed();
  }

  #fromPage(chunk) {
    if (this.silent || this.#ended) return;
    const request = this.isWebSocket ? undefined : readHead(chunk);
    if (request) {
      this.isWebSocket = request.isWebSocket;
      const verdict = this.network.judge(request);
      if (verdict === "reset") return this.reset();
      if (verdict?.status) return this.#answer(verdict);
      this.#loses = verdict === "lose answer";
    }
    this.#pass("up", chunk);
  }

  /** An answer of the proxy itself, in the server's place. */
  #answer({ status, body, type = "text/html" }) {
    this.#ended = true;
    const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, `Content-Type: ${type}`, "Connection: close"];
    // The page is of another origin: it shall see what pages of the server's own origin see.
    lines.push("Access-Control-Allow-Origin: *", `Content-Length: ${Buffer.byteLength(body)}`, "", body);
    this.page.end(lines.join("\r\n"));
  }

  #connect() {
    const { network, page } = this;
    this.server = net.connect(network.target);
    this.server.setNoDelay(true);
    this.pipes = { up: new Pipe(this, "up", page, this.server), down: new Pipe(this, "down", this.server, page) };
    this.server.on("data", (chunk) => this.#fromServer(chunk));
    this.server.on("error", () => {});
    this.server.on("end", () => this.silent || this.pipes.down.end());
    this.server.on("close", (hadError) => {
      if (hadError && !this.silent) abort(this.page);
    });
  }

  #fromServer(chunk) {
    if (this.#loses) return this.reset();
    this.#pass("down", chunk);
  }

  #pass(direction, chunk) {
    if (this.silent || this.#ended) return;
    if (!this.server) this.#connect();
    const verdict = this.network.onChunk({ direction, chunk, link: this });
    this.chunks[direction]++;
    if (verdict === "reset") return this.reset();
    if (verdict === "silence") return void (this.silent = true);
    if (verdict === undefined) return this.pipes[direction].push(chunk);
    this.#ended = true;
    this.pipes[direction].push(verdict === "break" ? this.#part(chunk) : chunk.subarray(0, verdict));
    setTimeout(() => this.reset(), REST_MS + this.network.delay);
  }

  /** Of a request, or of an answer, all but its end; of a WebSocket's frame the half. */
  #part(chunk) {
    return chunk.subarray(0, this.isWebSocket ? chunk.length >> 1 : chunk.length - 2);
  }
}

/** Node 20 never ends a process in which a socket was reset that was about to end. */
function abort(socket) {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

/** A browser writes the head of a request at once, and the next request after the answer. */
function readHead(chunk) {
  const text = chunk.toString("latin1", 0, 4_096);
  const [, method, url] = REQUEST.exec(text) ?? [];
  return url && { method, url, isWebSocket: /\r\nupgrade: *websocket\r\n/i.test(text) };
}
