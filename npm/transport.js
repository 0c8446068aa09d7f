// Transports by name and by class, and those that a page writes itself.

import { fromBase64, has, transportError, wrong } from "../src/web/host.js";
import { call, task } from "../src/web/network.js";
import { address, optionsOf, pathOf } from "../src/web/transports.js";
import { WEBSOCKET } from "./core.js";
import { Emitter } from "./emitter.js";

// Engine.IO packets by their digit. Spec: engine.io-protocol v4, "Packet encoding".
export const TYPES = ["open", "close", "ping", "pong", "message", "upgrade", "noop"];

/** An Engine.IO packet as an object. */
export function toPacket(data) {
  if (data[0] === "b") data = fromBase64(data.slice(1));
  return typeof data === "string" ? { type: TYPES[data[0]], data: data.slice(1) } : { type: "message", data };
}

const isText = (data) => data === undefined || typeof data === "string";
const toData = ({ type, data }) => (isText(data) ? TYPES.indexOf(type) + (data ?? "") : data);

/** What a page extends to bring a transport of its own. Such a transport is used like a WebSocket. */
export class Transport extends Emitter {
  writable = false;

  constructor(options) {
    super();
    this.opts = options;
    this.query = options.query;
    this.socket = options.socket;
  }

  open() {
    this.readyState = "opening";
    this.doOpen();
    return this;
  }

  close() {
    if (this.readyState === "opening" || this.readyState === "open") {
      this.doClose();
      this.onClose();
    }
    return this;
  }

  send(packets) {
    if (this.readyState === "open") this.write(packets);
  }

  onOpen() {
    this.readyState = "open";
    this.writable = true;
    this.emit("open");
  }

  onData(data) {
    this.onPacket(toPacket(data));
  }

  onPacket(packet) {
    this.emit("packet", packet);
  }

  onClose(details) {
    this.readyState = "closed";
    this.emit("close", details);
  }

  onError(reason, description, context) {
    this.emit("error", transportError(reason, description, context));
    return this;
  }

  createUri(schema, query = {}) {
    return address({ ...this.opts, query }, this.name, query.sid, schema.startsWith("ws") ? "ws" : "http");
  }
}

/** Long-polling by XMLHttpRequest. */
export class XHR extends Transport {}
/** Long-polling by fetch. */
export class Fetch extends Transport {}
/** The browser's WebSocket. */
export class WebSocketTransport extends Transport {}

/**
 * Whether long-polling comes first because of headers: a browser's WebSocket has none of the page, and a server that
 * asks for them does so as a session begins.
 */
export const headersDecide = (options) => !options.transports && optionsOf(options, "polling").extraHeaders;

/** The numbers of transports, as the wasm wants them, and the classes that the page brings. */
export function transportsOf(options, isWebSocketFirst) {
  const { transports = headersDecide(options) ? ["polling", "websocket"] : ["websocket", "polling"] } = options;
  const own = [];
  const number = (transport) => {
    if (transport === "polling") return has("XMLHttpRequest") ? 1 : has("fetch") ? 2 : 0;
    if (transport === "websocket") return has("WebSocket") ? WEBSOCKET : 0;
    // Only other clients have it; the list is often copied with it.
    if (transport === "webtransport") return 0;
    const known = [XHR, Fetch, WebSocketTransport].indexOf(transport);
    if (known >= 0) return has(["XMLHttpRequest", "fetch", "WebSocket"][known]) ? known + 1 : 0;
    if (!(transport?.prototype instanceof Transport)) {
      throw wrong("transports", 'of "websocket", "polling" and subclasses of Transport');
    }
    return WEBSOCKET + own.push(transport);
  };
  const numbers = (options.transportImplementations ?? transports).map(number);
  if (isWebSocketFirst) numbers.sort((a, b) => (b === WEBSOCKET) - (a === WEBSOCKET));
  // Four bits for each of eight at most, the first one lowest.
  return { own, numbers: numbers.filter(Boolean).slice(0, 8).reduceRight((all, one) => all * 16 + one, 0) };
}

/** A page's own transport, looking like a WebSocket. */
export function adapt(Class, options, sid, made) {
  const { name } = Class.prototype;
  const own = optionsOf(options, name);
  const query = { ...own.query, EIO: 4, transport: name, ...(sid && { sid }) };
  const transport = (made.transport = new Class({ ...own, query, path: pathOf(own) }));
  // The first ones, as many as `busy`, are with the transport.
  const waiting = (made.waiting = []);
  let busy = 0;
  const flush = () => {
    if (!transport.writable || busy || !waiting.length) return;
    busy = waiting.length;
    transport.send(waiting.slice());
    if (transport.writable) done();
  };
  const done = () => {
    waiting.splice(0, busy);
    busy = 0;
    flush();
  };
  const channel = {
    get bufferedAmount() {
      return waiting.length;
    },
    send(data) {
      waiting.push(toPacket(data));
      flush();
    },
    close: () => call(transport.close, transport.off()),
  };
  transport
    .on("open", () => channel.onopen())
    .on("packet", (packet) => channel.onmessage?.({ data: toData(packet) }))
    .on("drain", done)
    .on("error", (error) => channel.onerror(error))
    .on("close", (details = { description: "transport closed" }) => channel.onclose?.({ details }));
  // Only then is anybody listening.
  task.then(() => channel.onopen && transport.open()).catch((error) => channel.onerror(error));
  return channel;
}
