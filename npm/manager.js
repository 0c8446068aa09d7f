// The connection below the sockets: shared by namespaces, made again when it is lost.

import { isObject, toBinary } from "../src/web/host.js";
import { CLOSE, coreOf, FAIL, LOOK, OPEN, PACKET } from "./core.js";
import { log } from "./debug-log.js";
import { Emitter } from "./emitter.js";
import { configure, endpointOf, STANDARD } from "./endpoint.js";
import { Engine } from "./engine.js";
import { Socket } from "./socket.js";

export class Manager extends Emitter {
  nsps = {};
  _readyState = "closed";
  _reconnecting = false;

  constructor(uri, options) {
    super();
    if (isObject(uri)) [uri, options] = [undefined, uri];
    this.uri = uri;
    this.opts = endpointOf(uri, options, "/socket.io");
    // A quirk that pages rely on: 0 stands for the default.
    for (const name in STANDARD) {
      if (/^reconnection./.test(name) && !this.opts[name]) delete this.opts[name];
    }
    // What may throw comes before the connection.
    this.$parse();
    const { autoConnect = true } = this.opts;
    this.$core = coreOf(this, this.opts, autoConnect);
    // Of a function, which no framework makes a proxy of: what is kept here is what connected, be it a proxy.
    this.$core.$sockets = [];
    this.$look(false);
    if (autoConnect) this.open();
  }

  $configure() {
    configure(this.$core, this.opts, this.opts);
    this._reconnecting &&= this.reconnection();
  }

  /** A parser of the page's own takes messages as they come. Its shape is that of socket.io-parser. */
  $parse() {
    const { parser } = this.opts;
    if (!parser) return;
    this.encoder = new parser.Encoder();
    this.decoder = new parser.Decoder();
    this.decoder.on("decoded", ({ type, nsp, data, id }) => {
      const n = this.$core.$sockets.findIndex((socket) => socket?.nsp === nsp);
      this.$core(PACKET, n, type, data, id);
    });
  }

  $look(traced) {
    this.$core(LOOK, this.opts.maxAttachments ?? 10, !!this.opts.parser + 2 * traced);
  }

  /** The socket of a namespace; one that was disconnected connects again. */
  socket(nsp, options) {
    nsp ||= "/";
    const socket = (this.nsps[nsp] ??= new Socket(this, nsp, options));
    if ((this.opts.autoConnect ?? true) && !socket.active) socket.connect();
    return socket;
  }

  on(event, listener) {
    super.on(event, listener);
    if (event === "drain") this.engine?.$join();
    return this;
  }

  /** Opens the connection. `done` hears how that ends; then a failure is not followed by another attempt. */
  open(done) {
    if (this._readyState !== "closed") return this;
    if (done) this.$done = done;
    this.$configure();
    this.$core(OPEN, !done);
    return this;
  }

  /** Closes the connection for good. */
  _close() {
    this.$core(CLOSE, 1);
  }

  /** What the wasm tells: see `src/js/face.rs`. */
  $hear(what, n, a, b) {
    if (this.engine?.$muted) return this.engine.$muted.push([what, n, a, b]);
    if (DEBUG) log("socket.io-client:manager", "%s", EVENTS[what]);
    if (DEBUG && PACKETS[what] !== undefined) log("socket.io-parser", "decoded packet of type %d: %j", PACKETS[what], a);
    const socket = this.$core.$sockets[n];
    const isLost = what === 13 && !a.startsWith("io ");
    // Whoever hears of it may open another connection.
    if (isLost || what === 12) this._readyState = "closed";
    if (isLost) Object.assign(this.engine, { readyState: "closed", id: undefined });
    if (what > 11 && what < 21) {
      const isLeft = a === "io server disconnect";
      const type = isLeft ? 1 : PACKETS[what];
      if (type >= 0 && this.hasListeners("packet")) this.emit("packet", { type, nsp: socket.nsp, data: isLeft ? undefined : a, id: b });
      socket.$handle(what, a, b);
    } else if (what === 22) this.$decode(a);
    else {
      if (what > 0) this.engine?.$hear(what, n, a, b);
      handlers[what]?.call(this, a, b, n);
      // Options may have been changed: they count from the next attempt on, also the one that was just told.
      if (handlers[what] && what > 5) this.$configure();
    }
  }

  $decode(data) {
    try {
      this.decoder.add(typeof data === "string" ? data : toBinary(data, this.opts));
    } catch (error) {
      this.$core(FAIL, 0, 0, error);
    }
  }

  $closed() {
    this._readyState = "closed";
    this.decoder?.destroy?.();
  }

  /** Calls the one who opened the connection. */
  $opened(error) {
    const done = this.$done;
    this.$done = undefined;
    done?.(error);
  }
}

// For the log.
const EVENTS = [
  ...["opening", "open", "upgrading", "upgrade", "upgrade error", "ping", "error", "close", "reconnect attempt"],
  ...["reconnect", "reconnect error", "reconnect failed", "connect error", "disconnect", "connect", "refused"],
  ...["connect of v2", "event", "ack", "authenticate", "write disconnect", "handshake", "message", "packet"],
];

// The types of packets by what the wasm tells of them.
const PACKETS = { 14: 0, 15: 4, 16: 0, 17: 2, 18: 3 };

const handlers = {
  0() {
    this._readyState = "opening";
    const engine = (this.engine = new Engine(undefined, this.opts, this.$core));
    engine.$trace = () => this.$look(true);
    engine.$manager = this;
    this.$look(false);
  },
  1() {
    this._readyState = "open";
    this.emit("open");
    this.$opened();
  },
  5() {
    this.emit("ping");
  },
  6(error) {
    this.$closed();
    this.emit("error", error);
    this.$opened(error);
  },
  7(reason, details) {
    this.$closed();
    this.$done = undefined;
    this.emit("close", reason, details);
    this._reconnecting = reason !== "forced close" && this.reconnection();
  },
  8(a, b, n) {
    this._reconnecting = true;
    this.emit("reconnect_attempt", n);
  },
  9(a, b, n) {
    this._reconnecting = false;
    this.emit("reconnect", n);
  },
  10(error) {
    this.emit("reconnect_error", error);
  },
  11() {
    this._reconnecting = false;
    this.emit("reconnect_failed");
  },
};

const { prototype } = Manager;
prototype.connect = prototype.open;
// Without an argument the value, else the manager itself.
for (const name of Object.keys(STANDARD).slice(2)) {
  prototype[name] = function (...args) {
    if (!args.length) return this.opts[name] ?? STANDARD[name];
    this.opts[name] = args[0];
    this.$configure();
    return this;
  };
}
