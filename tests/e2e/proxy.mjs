// A reverse proxy between the page and its server: it can refuse, reset, swallow or hold what passes,
// puts scripts at the top of HTML pages, and keeps a log of all it saw, for the tests to assert on.

import http from "node:http";
import net from "node:net";
import { once } from "node:events";

/** What may become of a WebSocket handshake: values for `proxy.onUpgrade`. */
export const pass = (upgrade) => upgrade.forward();
export const refuse = (status) => (upgrade) => upgrade.answer(status);
export const reset = (upgrade) => upgrade.reset();
export const swallow = (upgrade) => upgrade.swallow();
/** The handshake succeeds, and then the connection breaks. */
export const passThenCut = (upgrade) => upgrade.forward((socket) => socket.resetAndDestroy());
export const holdUntil = (wait) => async (upgrade) => {
  await wait();
  upgrade.forward();
};

export async function startProxy(target, settings = {}) {
  const proxy = new FaultyProxy(target, settings);
  await proxy.listen();
  return proxy;
}

class FaultyProxy {
  constructor(target, { onUpgrade = pass, head = "" } = {}) {
    const { hostname, port } = new URL(target);
    this.target = { host: hostname, port: Number(port) };
    this.onUpgrade = onUpgrade;
    /** Awaited between the server's answer to a polling request and passing it on. */
    this.beforeAnswer = () => {};
    /** While true, nothing from the server reaches the page, and no connection ends either. */
    this.silent = false;
    /** HTML put at the top of each page, before all else. */
    this.head = head;
    /** One entry per request, in the order of arrival. */
    this.log = [];
    this.sockets = new Set();
    this.server = http.createServer((req, res) => this.#request(req, res));
    this.server.on("upgrade", (req, socket, head) => this.#upgrade(req, socket, head));
    this.server.on("connection", (socket) => this.#keep(socket));
  }

  async listen() {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    this.origin = `http://127.0.0.1:${this.server.address().port}`;
  }

  /** Socket.IO requests that are no WebSocket handshakes. */
  get pollings() {
    return this.log.filter((entry) => entry.transport === "polling" && !entry.upgrade);
  }

  get upgrades() {
    return this.log.filter((entry) => entry.upgrade);
  }

  /** WebSocket connections open right now. */
  get openWebSockets() {
    return this.upgrades.filter((entry) => entry.status === 101 && !entry.closed);
  }

  /** Socket.IO traffic of either transport, in the order of arrival. */
  get traffic() {
    return this.log.filter((entry) => entry.transport);
  }

  /** Cuts every connection that passes, as a network that fails does. */
  cut() {
    for (const socket of this.sockets) socket.destroy();
  }

  async close() {
    this.server.close();
    this.cut();
    if (this.server.listening) await once(this.server, "close");
  }

  #keep(socket) {
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
    socket.on("error", () => {}); // the browser or the server went away: `close` follows
    return socket;
  }

  #enter(req, upgrade) {
    const url = new URL(req.url, this.origin);
    const entry = {
      method: req.method,
      path: url.pathname,
      transport: url.searchParams.get("transport"),
      sid: url.searchParams.get("sid"),
      upgrade,
      at: performance.now(),
      status: undefined, // of the answer, once there is one
      answeredAt: undefined,
      requestBody: "",
      responseBody: "",
      closed: false,
    };
    this.log.push(entry);
    return entry;
  }

  #request(req, res) {
    const entry = this.#enter(req, false);
    const headers = { ...req.headers };
    // The page must come plain and whole: it is changed on the way.
    for (const name of ["accept-encoding", "if-none-match", "if-modified-since"]) delete headers[name];
    const { method, url } = req;
    const options = { ...this.target, method, path: url, headers, agent: false };
    const forward = http.request(options);
    forward.on("response", (answer) => this.#answer(entry, answer, res).catch(() => res.destroy()));
    forward.on("error", () => res.destroy());
    req.on("data", (chunk) => (entry.requestBody += chunk.toString("latin1")));
    req.pipe(forward);
    res.on("close", () => {
      entry.closed = true;
      if (!res.writableFinished) forward.destroy(); // the browser has aborted the request
    });
  }

  async #answer(entry, answer, res) {
    const chunks = [];
    for await (const chunk of answer) chunks.push(chunk);
    let body = Buffer.concat(chunks);
    if (String(answer.headers["content-type"]).startsWith("text/html")) body = this.#inject(body);
    entry.responseBody = entry.transport ? body.toString("utf8") : "";
    if (this.silent && entry.transport) return; // never answered
    await this.beforeAnswer(entry);
    entry.status = answer.statusCode;
    entry.answeredAt = performance.now();
    const headers = { ...answer.headers, "content-length": body.length };
    delete headers["transfer-encoding"];
    res.writeHead(answer.statusCode, headers).end(body);
  }

  #inject(html) {
    const text = html.toString("utf8");
    const doctype = /^\s*<!doctype html>/i.exec(text)?.[0] ?? "";
    return Buffer.from(doctype + this.head + text.slice(doctype.length));
  }

  #upgrade(req, socket, head) {
    const entry = this.#enter(req, true);
    socket.on("close", () => (entry.closed = true));
    socket.on("end", () => socket.end()); // Node's servers leave the other half open
    const upgrade = {
      forward: (then) => this.#forward(entry, req, socket, head, then),
      answer: (status) => {
        entry.status = status;
        entry.answeredAt = performance.now();
        const first = `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`;
        socket.end(`${first}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      },
      reset: () => {
        entry.answeredAt = performance.now();
        socket.resetAndDestroy();
      },
      swallow: () => socket.resume(), // reads on, to notice when the browser closes
    };
    Promise.resolve(this.onUpgrade(upgrade)).catch(() => socket.destroy());
  }

  #forward(entry, req, socket, head, then) {
    if (socket.destroyed) return;
    const upstream = this.#keep(net.connect(this.target));
    const lines = [`${req.method} ${req.url} HTTP/1.1`];
    for (let i = 0; i < req.rawHeaders.length; i += 2) {
      lines.push(`${req.rawHeaders[i]}: ${req.rawHeaders[i + 1]}`);
    }
    upstream.write(`${lines.join("\r\n")}\r\n\r\n`);
    upstream.write(head);
    upstream.once("data", (chunk) => {
      entry.status = Number(chunk.subarray(9, 12));
      entry.answeredAt = performance.now();
    });
    upstream.on("data", (chunk) => this.silent || socket.write(chunk, () => then?.(socket)));
    socket.pipe(upstream);
    socket.on("close", () => upstream.destroy());
    upstream.on("close", () => socket.destroy());
  }
}
