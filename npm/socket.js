// One namespace of a connection, as the page has it: flags, acknowledgements, buffers, retries.

import { byteLength, check, frames, isOffset, isReserved, mostBytes, V2, wrong } from "../src/web/host.js";
import { call, LONGEST, report, task } from "../src/web/network.js";
import { addCatchAll } from "./catch-all.js";
import { ACK, amountIn, AUTHENTICATE, bufferIn, CONNECT, CONNECT_PACKET, DISCONNECT, DISCONNECT_PACKET } from "./core.js";
import { EVENT, IS_ACTIVE, IS_WRITABLE, LOGGED, REFUSE, SEND, SOCKET, TRANSPORT, WEBSOCKET, WRITE } from "./core.js";
import { log } from "./debug-log.js";
import { Emitter } from "./emitter.js";
import { makeQueue } from "./queue.js";

// A WebSocket that has more than this before it is busy.
const MUCH = 65536;
const DISCONNECTED = "socket has been disconnected";
// How a packet is sent; only looked at by those who look on.
const COMPRESSED = { compress: true };
const PLAIN = { compress: false };
const isFunction = (value) => typeof value === "function";

export class Socket extends Emitter {
  connected = false;
  recovered = false;
  receiveBuffer = [];
  sendBuffer = [];
  $at = 0; // how many of these are sent already
  flags = {};
  $ids = 0;
  $acks = new Map();
  $session = 0; // counts connections: an answer belongs to one
  $incoming = [];
  $outgoing = [];

  constructor(io, nsp, options) {
    super();
    this.$self = this;
    this.io = io;
    this.nsp = nsp;
    // Of this namespace only: what another one sends, repeats or keeps is not for this one.
    this.$options = { ...options };
    this.auth = this.$options.auth;
    this.$queue = makeQueue(this, this.$options.retries);
    this.$join();
    // Answers what sends the entries of the page before: `outbox.js`.
    this.$outbox = this.$options.outbox?.attach(this);
  }

  $join() {
    this.$core = this.io.$core;
    this.$number = this.$core(SOCKET, 0, 0, this.nsp);
    this.io.nsps[this.nsp] = this;
  }

  get disconnected() {
    return !this.connected;
  }

  get active() {
    return this.io.nsps[this.nsp] === this.$self && this.$core(IS_ACTIVE, this.$number) > 0;
  }

  /** The bytes that were sent and that the network has not taken yet. */
  get bufferedAmount() {
    return bufferIn(this.io.opts).reduce((sum, packet) => sum + byteLength(packet), this.$amount);
  }

  get $amount() {
    return amountIn(this.io.opts, this.$core);
  }

  connect() {
    if (this.$self !== this) return this.$self.connect();
    const other = this.io.nsps[this.nsp];
    if (other !== this) {
      // Another socket has taken its place on the connection.
      if (other.active) this.io = new this.io.constructor(this.io.uri, { ...this.io.opts, autoConnect: false });
      this.$join();
    }
    // If it is a framework's proxy, that sees what changes from now on.
    this.$core.$sockets[this.$number] = this;
    if (this.io._readyState === "closed") this.io.$configure();
    this.$core(CONNECT, this.$number);
    return this;
  }

  disconnect() {
    if (this.io.nsps[this.nsp] === this.$self) this.$core(DISCONNECT, this.$number);
    return this;
  }

  send(...args) {
    return this.emit("message", ...args);
  }

  compress(compress) {
    return this.$flag({ compress });
  }

  get volatile() {
    return this.$flag({ volatile: true });
  }

  timeout(timeout) {
    return this.$flag({ timeout });
  }

  /** Sets a flag for one emit: the next that follows at once, or one of what this answers, which may await its arguments. */
  $flag(flag) {
    this.flags = { ...this.flags, ...flag };
    // What it is from now on: a proxy, where the page has made one of the socket.
    const { flags } = this;
    task.then(() => this.flags === flags && (this.flags = {}));
    const flagged = Object.create(this.$self);
    flagged.flags = flags;
    return flagged;
  }

  emitWithAck(...args) {
    return new Promise((resolve, reject) => {
      const ack = (error, answer) => (error ? reject(error) : resolve(answer));
      ack.$hasError = true;
      this.emit(...args, ack);
    });
  }

  emit(...args) {
    if (DEBUG) log("socket.io-client:socket", "emitting %o", args);
    // What is set for one emit is gone with it, even if it throws; each of several flags has set its own.
    const { flags, $self } = this;
    this.flags = $self.flags = {};
    const [name] = args;
    if (typeof name !== "string" && typeof name !== "number") throw wrong("the event name", "a string or a number");
    if (isReserved(name)) throw new Error(`"${name}" is a reserved event name`);
    const ack = isFunction(args[args.length - 1]) ? args.pop() : undefined;
    const packet = { type: EVENT, data: args, options: flags.compress === false ? PLAIN : COMPRESSED };
    const isQueued = $self.$options.retries && !flags.queued && !flags.volatile;
    if (ack && !isQueued) packet.id = $self.$ids++;
    // What can't be sent is said now, not when the connection is there.
    const frames = $self.$encode(packet);
    if (isQueued) $self.$queue.add(args, flags, ack);
    else $self.$post(packet, frames, flags, ack);
    return $self;
  }

  $post(packet, frames, flags, ack) {
    let isSent = this.connected && !(flags.volatile && (!this.$core(IS_WRITABLE) || this.$amount > MUCH));
    if (isSent) frames = this.$announce(packet, frames, ack);
    isSent &&= this.connected;
    // What is sent one at a time has its turn with the next connection.
    if (flags.queued && !isSent) return ack(new Error(DISCONNECTED));
    if (ack) this.$expect(packet, flags, ack, isSent || !flags.volatile);
    if (!(isSent && this.$transmit(packet, frames)) && !flags.volatile) this.$keep(packet);
  }

  /** A packet as Engine.IO messages. */
  $encode(packet) {
    const { encoder, opts } = this.io;
    packet.nsp = this.nsp;
    if (DEBUG) log("socket.io-parser", "encoding packet %j", packet);
    if (encoder) return encoder.encode(packet).map((part) => (typeof part === "string" ? `4${part}` : part));
    return frames(packet.type, this.nsp, packet.id, packet.data, opts);
  }

  /** A message that the server would end the connection for is refused. */
  $check(frames) {
    const { maxPayload } = this.io.engine;
    let most = 0;
    for (const frame of frames) most = Math.max(most, mostBytes(frame));
    if (!(maxPayload > 0 && most > maxPayload) || this.$core(TRANSPORT) >= WEBSOCKET) return;
    const size = Math.max(...frames.map(byteLength));
    if (size > maxPayload) {
      throw new Error(`socketio-wasm: a packet of ${size} bytes is above the server's maxPayload, ${maxPayload}`);
    }
  }

  /** What comes before a packet is sent, and may end the connection: before anybody waits for the answer to it. */
  $announce(packet, frames, ack) {
    this.$check(frames);
    if (this.$outgoing.length) {
      for (const listener of this.$outgoing.slice()) call(listener, this, packet.data);
      // They may have changed the data.
      frames = this.$encode(packet);
    }
    // A server that fell silent is noticed.
    if (ack) this.$core(SEND, this.$number, 0, []);
    return frames;
  }

  /** Sends a packet; says whether there was a connection. */
  $transmit(packet, frames) {
    const sent = this.$core(SEND, this.$number, 0, frames);
    if (sent) this.io.engine.$sent(frames, sent > 1, packet.options);
    return sent > 0;
  }

  /** Sends a packet that needs no accepted namespace. */
  $write(packet, frames = this.$encode(packet)) {
    this.io.engine.$sent(frames, this.$core(WRITE, 0, 0, frames), {});
  }

  /** Keeps a packet for the next connection. */
  $keep(packet) {
    const { maxBuffered = Infinity, bufferOverflow = "throw" } = this.$options;
    if (this.sendBuffer.length >= maxBuffered) {
      const dropped = bufferOverflow === "drop-oldest" ? this.sendBuffer.shift() : packet;
      const error = new Error(`socketio-wasm: more than maxBuffered, ${maxBuffered}, events wait for a connection`);
      this.$fail(dropped?.id, error);
      if (bufferOverflow === "throw") throw error;
      if (dropped === packet) return;
    }
    this.sendBuffer.push(packet);
  }

  /** Remembers who waits for the answer to a packet. */
  $expect({ id }, flags, ack, kept) {
    const timeout = flags.timeout ?? this.$options.ackTimeout;
    const hasError = timeout !== undefined || flags.$hasError || ack.$hasError;
    const end = (error, args = []) => {
      if (timer) clearTimeout(timer);
      if (hasError) call(ack, this, [error, ...args]);
      else if (!error) call(ack, this, args);
    };
    const giveUp = () => {
      const error = new Error("operation has timed out");
      // What is tried again still waits for the answer to this try.
      if (flags.queued) end(error);
      else this.$fail(id, error);
    };
    const timer = timeout !== undefined && setTimeout(giveUp, Math.min(timeout, LONGEST));
    this.$acks.set(id, end);
    if (!kept && timeout === undefined) {
      task.then(() => this.$fail(id, new Error("the volatile event was dropped")));
    }
  }

  /** Tells the one who waits for an answer that there will be none. */
  $fail(id, error) {
    const ack = this.$acks.get(id);
    if (!ack) return;
    this.$acks.delete(id);
    const at = this.sendBuffer.findIndex((packet, n) => n >= this.$at && packet.id === id);
    if (at >= 0) this.sendBuffer.splice(at, 1);
    ack(error);
  }

  /** What the wasm tells: see `src/js/face.rs`. */
  $handle(what, a, b) {
    if (DEBUG) log("socket.io-client:socket", "namespace %s: %s %o", this.nsp, LOGGED[what] ?? what, a);
    handlers[what].call(this, a, b);
  }

  /** An event of the server, as a packet. Libraries put a function of their own in its place, to see all of them. */
  onevent({ data, id }) {
    if (id !== undefined) data.push(this.$answerer(id));
    if (this.connected) this.$deliver(data);
    else this.receiveBuffer.push(data);
  }

  /** Its name and arguments. */
  $deliver(args) {
    // With connection state recovery the place in the server's log comes last.
    if (this.$pid && isOffset(args[args.length - 1], this.$offset)) this.$offset = args.pop();
    if (this.$incoming.length) for (const listener of this.$incoming.slice()) call(listener, this, args);
    this.$emit(args[0], args.slice(1));
  }

  /** The function by which a listener answers an event. Its first call counts, while the connection is the same. */
  $answerer(id) {
    const session = this.$session;
    let answered;
    return (...data) => {
      if (answered || !this.connected || this.$session !== session) return;
      this.$write({ type: ACK, id, data });
      answered = true;
    };
  }

  /** Gets the data for CONNECT: `auth`, or what it hands over or promises as a function. The first answer counts. */
  $authenticate(session) {
    const { auth } = this;
    const fail = (error) => {
      if (this.$core(REFUSE, this.$number, session)) this.$emit("connect_error", [error]);
    };
    const hand = (data) => {
      try {
        this.$connect(session, data ?? undefined);
      } catch (error) {
        fail(error);
      }
    };
    if (!isFunction(auth)) return hand(auth);
    try {
      // An async function that calls what it got has nothing to return.
      auth.call(this, hand)?.then?.((data) => data === undefined || hand(data), fail);
    } catch (error) {
      fail(error);
    }
  }

  $connect(session, data) {
    if (!check(data, 0)) throw wrong("auth", "an object");
    if (this.$pid) data = { pid: this.$pid, offset: this.$offset, ...data };
    const packet = { type: CONNECT_PACKET, data };
    // What it cannot encode it throws before anything is changed.
    const frames = this.$encode(packet);
    if (!this.$core(AUTHENTICATE, this.$number, session)) return;
    // Asked for once: should the answer get lost, a server that restores a session twice forgets it with the first.
    this.$asked = this.$pid;
    this.$pid = undefined;
    this.$write(packet, frames);
  }

  /** The events that waited for the connection, in their order. */
  $flush() {
    for (const args of this.receiveBuffer.splice(0)) this.$deliver(args);
    while (this.connected && this.$at < this.sendBuffer.length) {
      const packet = this.sendBuffer[this.$at];
      try {
        const frames = this.$announce(packet, this.$encode(packet), true);
        // A listener has left: it waits again.
        if (!this.connected) break;
        this.$at++;
        this.$transmit(packet, frames);
      } catch (error) {
        this.$at++;
        this.$fail(packet.id, error);
        report(error);
      }
    }
    this.$forget();
    this.$queue.drain();
    this.$outbox?.();
  }

  /** Takes what is sent out of the buffer: at once, as to take out one after the other takes long. */
  $forget() {
    this.sendBuffer.splice(0, this.$at);
    this.$at = 0;
  }

  $disconnected(reason, details) {
    this.connected = false;
    this.$forget();
    this.id = undefined;
    this.$emit("disconnect", [reason, details]);
    const kept = new Set(this.sendBuffer.map(({ id }) => id));
    for (const id of [...this.$acks.keys()]) {
      if (!kept.has(id)) this.$fail(id, new Error(DISCONNECTED));
    }
  }
}

const handlers = {
  12(error) {
    this.$emit("connect_error", [error]);
  },
  13(reason, details) {
    this.$disconnected(reason, details);
  },
  14({ sid, pid }) {
    this.recovered = pid !== undefined && pid === this.$asked;
    this.$pid = pid;
    this.id = sid;
    this.connected = true;
    this.$flush();
    if (this.connected) this.$emit("connect", []);
  },
  15(data) {
    // The session was not restored: it can be asked for again.
    this.$pid = this.$asked;
    const error = new Error(typeof data === "string" ? data : data?.message);
    error.data = data?.data;
    this.$emit("connect_error", [error]);
  },
  16() {
    this.$emit("connect_error", [new Error(V2)]);
  },
  17(data, id) {
    this.onevent({ type: EVENT, nsp: this.nsp, data, id });
  },
  18(args, id) {
    const ack = this.$acks.get(id);
    this.$acks.delete(id);
    ack?.(null, args);
  },
  19(session) {
    this.$session = session;
    this.receiveBuffer = [];
    this.$authenticate(session);
  },
  20() {
    this.$write({ type: DISCONNECT_PACKET });
  },
};

const { prototype } = Socket;
prototype.open = prototype.connect;
prototype.close = prototype.disconnect;
addCatchAll(prototype, "Any", (socket) => socket.$incoming);
addCatchAll(prototype, "AnyOutgoing", (socket) => socket.$outgoing);
