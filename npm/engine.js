// The Engine.IO connection: that below a manager, or one of its own.

import { isObject, toBinary, toText } from "../src/web/host.js";
import { call, task } from "../src/web/network.js";
import { pathOf } from "../src/web/transports.js";
import { amountIn, CLOSE, coreOf, isIdleIn, IS_WRITABLE, LOOK, OPEN, TRANSPORT, waitingIn, WEBSOCKET, WRITE } from "./core.js";
import { log } from "./debug-log.js";
import { Emitter } from "./emitter.js";
import { configure, endpointOf, remember } from "./endpoint.js";
import { toPacket, TYPES } from "./transport.js";

const DEFAULTS = {
  addTrailingSlash: true,
  rememberUpgrade: false,
  timestampParam: "t",
  transportOptions: {},
  upgrade: true,
  withCredentials: false,
};
const WAIT = 10;
// After so many milliseconds a page that was to be left stays.
const STAY = 3000;

/** Whether somebody wants to know when all was handed over. */
const isAwaited = (emitter) =>
  emitter && (emitter.$listeners.has("drain") || emitter.$listeners.has("flush") || emitter.ondrain || emitter.onflush);

export class Engine extends Emitter {
  static protocol = 4;
  /** Whether the last connection of this page came to a WebSocket. */
  static priorWebsocketSuccess = false;

  readyState = "opening";
  upgrading = false;
  // What is sent before the connection is open.
  $early = [];
  $transports = [];

  /** `core`: the connection of a manager that this one belongs to. */
  constructor(uri, options, core) {
    super();
    if (isObject(uri)) [uri, options] = [undefined, uri];
    this.$options = core ? options : endpointOf(uri, options, "/engine.io");
    this.opts = { ...DEFAULTS, ...this.$options, path: pathOf(this.$options) };
    const { hostname, port, secure } = this.opts;
    Object.assign(this, { hostname, port, secure });
    this.$core = core ?? coreOf(this, this.$options);
    this.$isOwn = !core;
    if (core) return;
    this.$trace = () => this.$core(LOOK, 0, 3);
    const standard = { timeout: false, ...this.$options, reconnection: false };
    configure(this.$core, standard, this.$options);
    this.$core(LOOK, 0, 1);
    this.$core(OPEN, 0);
  }

  get binaryType() {
    return this.$options.binaryType ?? "arraybuffer";
  }

  set binaryType(type) {
    this.$options.binaryType = type;
  }

  /** The transport in use; before there is one, the first that is tried. */
  get transport() {
    const number = this.$core(TRANSPORT) || this.$options.numbers & 15;
    if (number > WEBSOCKET) return this.$options.custom.transport;
    const name = number === WEBSOCKET ? "websocket" : "polling";
    const query = { ...this.opts.query, EIO: 4, transport: name, sid: this.id };
    const { readyState } = this;
    const transport = (this.$transports[number] ??= new Emitter());
    return Object.assign(transport, { name, query, readyState, writable: !!this.$core(IS_WRITABLE) });
  }

  get writeBuffer() {
    const early = this.$early.map(([data]) => ({ type: "message", data }));
    return [...early, ...(this.$options.custom.waiting ?? []), ...waitingIn(this.$options, this.$core).map(toPacket)];
  }

  get bufferedAmount() {
    return amountIn(this.$options, this.$core);
  }

  on(event, listener) {
    super.on(event, listener);
    // To show each packet costs: only where somebody looks.
    if (/^(packet|message|data|heartbeat)$/.test(event)) this.$trace?.();
    if (event === "drain") this.$join();
    return this;
  }

  send(data, options, callback) {
    if (typeof options === "function") [options, callback] = [{}, options];
    if (this.readyState === "opening") this.$early.push([data, options, callback]);
    if (this.readyState !== "open") return this;
    const frame = !isObject(data) ? `4${data ?? ""}` : this.opts.forceBase64 ? toText(data) : data;
    this.$sent([frame], this.$core(WRITE, 0, 0, [frame]), options, callback);
    return this;
  }

  write(...args) {
    return this.send(...args);
  }

  /** Closes the connection once all was handed over, and an upgrade has come to its end. */
  close() {
    const end = () => this.$core(CLOSE, this.$isOwn);
    if (this.readyState === "opening") end();
    if (this.readyState !== "open") return this;
    this.readyState = "closing";
    if (this.upgrading) return this.once("upgrade", end).once("upgradeError", end);
    this.$await(end);
    return this;
  }

  get $isIdle() {
    return isIdleIn(this.$options, this.$core);
  }

  /** Waits until all was handed over. A WebSocket has no event for that. */
  $await(done) {
    if (this.$isIdle || !/^(open|closing)$/.test(this.readyState)) done();
    else setTimeout(() => this.$await(done), WAIT);
  }

  /** Packets were sent: tells those who look on. `isFlushed`: whether the transport has them. */
  $sent(frames, isFlushed, options, callback) {
    if (DEBUG) for (const frame of frames) log("engine.io-client:socket", "sending %o", frame);
    // Each emit comes by here: nothing is told to nobody.
    const { $listeners } = this;
    if ($listeners.has("packetCreate")) {
      const compress = options?.compress !== false;
      for (const frame of frames) this.emit("packetCreate", { ...toPacket(frame), options: { compress } });
    }
    if (callback) this.once("flush", callback);
    if (isFlushed && ($listeners.has("flush") || this.onflush)) this.emit("flush");
    this.$wait(isFlushed);
  }

  /** Somebody begins to wait for what was sent before. */
  $join() {
    if (!this.$isIdle) this.$wait(true);
  }

  /** Tells when all was handed over. */
  $wait(isFlushed) {
    if (this.$waiting) return;
    this.$waiting = isFlushed ? 1 : 2;
    // Looking for it by a timer, for nobody, would take as long as the emit.
    task.then(this.$told);
  }

  $told = () => {
    const end = () => {
      const isFlushed = this.$waiting < 2;
      this.$waiting = 0;
      if (!isFlushed) this.emit("flush");
      this.emit("drain");
      this.$manager?.emit("drain");
    };
    if (isAwaited(this) || isAwaited(this.$manager)) this.$await(end);
    else this.$waiting = 0;
  };

  /** A listener may be a property, as a WebSocket has them. */
  $emit(event, args) {
    super.$emit(event, args);
    const told = event === "message" ? { type: event, data: args[0] } : (args[0] ?? { type: event });
    const listener = this[`on${event}`];
    if (listener) call(listener, this, [told]);
  }

  /** What the wasm tells: see `src/js/face.rs`. */
  $hear(what, n, a, b) {
    if (DEBUG && what === 21) log("engine.io-client:socket", "handshake %j", a);
    if (DEBUG && what === 7) log("engine.io-client:socket", "closed: %s", a);
    handlers[what]?.call(this, a, b, n);
  }

  /** Whether the connection came to a WebSocket: for `rememberUpgrade`. */
  $reached(isWebSocket) {
    Engine.priorWebsocketSuccess = isWebSocket;
    remember(this.opts, isWebSocket);
  }

  /** Closes the connection when the page is about to be left. Nobody is told, unless the page stays after all. */
  $watch() {
    if (!this.opts.closeOnBeforeunload) return;
    const close = () => {
      if (this.$muted) return;
      const muted = (this.$muted = []);
      this.$core(CLOSE, this.$isOwn);
      setTimeout(() => {
        this.$muted = undefined;
        for (const told of muted) this.$manager.$hear(...told);
      }, STAY);
    };
    globalThis.addEventListener?.("beforeunload", close);
    this.once("close", () => globalThis.removeEventListener?.("beforeunload", close));
  }
}

const handlers = {
  1() {
    this.readyState = "open";
    this.$reached(this.transport.name === "websocket");
    this.$watch();
    for (const args of this.$early.splice(0)) this.send(...args);
    this.emit("open");
  },
  2() {
    this.upgrading = true;
    this.emit("upgrading", { name: "websocket" });
  },
  3() {
    this.upgrading = false;
    this.$reached(true);
    this.emit("upgrade", this.transport);
  },
  4(cause) {
    this.upgrading = false;
    const message = cause?.message ?? cause?.description;
    const error = new Error(message ? `probe error: ${message}` : "probe error");
    this.emit("upgradeError", Object.assign(error, { transport: "websocket", description: cause }));
  },
  5() {
    this.$sent(["3"], true);
    this.emit("ping").emit("pong");
  },
  6(error) {
    this.$reached(false);
    this.emit("error", error);
    handlers[7].call(this, "transport error", error);
  },
  7(reason, details) {
    if (this.$isOver) return;
    this.$isOver = true;
    if (reason === "transport error" && this.readyState !== "opening") {
      this.emit("error", details);
      this.$manager?.emit("error", details);
    }
    this.readyState = "closed";
    this.id = undefined;
    this.emit("close", reason, details);
  },
  21(handshake) {
    const { sid, upgrades, pingInterval, pingTimeout, maxPayload } = handshake;
    Object.assign(this, { id: sid, upgrades, pingInterval, pingTimeout, maxPayload });
    this.emit("handshake", handshake);
  },
  22(data) {
    if (typeof data !== "string") data = toBinary(data, this.$options);
    this.emit("data", data).emit("message", data);
  },
  23(data, _, type) {
    this.emit("packet", { type: TYPES[type], data }).emit("heartbeat");
    if (type === 4 && !this.$isOwn) handlers[22].call(this, data);
  },
};
