// The floor: what no client gets under. Messages framed over a bare WebSocket or XMLHttpRequest, with no reconnection,
// no timeouts and no look at whether what came is right. Not a library: it works against a server that never fails.

const SEPARATOR = "\x1e";

/** The socket of a namespace over a new connection; `socket.io.socket("/other")` is another one over the same. */
export function io(url, { transports: [transport] = ["websocket"] } = {}) {
  const { origin, pathname } = new URL(url, location);
  return new Connection(transport === "polling" ? openPolling : openWebSocket, origin).socket(pathname);
}

class Connection {
  #sockets = new Map();
  #link;
  #attachments = []; // still to come, for the packet that waits for them
  #incomplete;

  constructor(open, origin) {
    this.#link = open(origin, (data) => this.#receive(data));
  }

  socket(nsp) {
    const socket = new Socket(this, nsp);
    this.#sockets.set(nsp, socket);
    if (this.isOpen) socket.connect();
    return socket;
  }

  send(text, attachments = []) {
    this.#link.send(text, attachments);
  }

  leave(nsp) {
    this.#sockets.delete(nsp);
    if (this.#sockets.size === 0) this.#link.close();
  }

  #receive(data) {
    if (typeof data !== "string") return this.#attach(data);
    const type = data.charCodeAt(0);
    if (type === 52) return this.#packet(data); // message
    if (type === 50) return this.send("3"); // ping
    if (type !== 48) return undefined;
    this.isOpen = true;
    return this.#sockets.forEach((socket) => socket.connect());
  }

  #packet(text) {
    const type = text.charCodeAt(1) - 48;
    let at = 2;
    let attachments = 0;
    if (type > 4) {
      const dash = text.indexOf("-", at);
      attachments = Number(text.slice(at, dash));
      at = dash + 1;
    }
    let nsp = "/";
    if (text.charCodeAt(at) === 47) {
      const comma = text.indexOf(",", at);
      nsp = text.slice(at, comma);
      at = comma + 1;
    }
    let id = -1;
    for (let digit; (digit = text.charCodeAt(at) - 48) >= 0 && digit < 10; at++) id = (id < 0 ? 0 : id * 10) + digit;
    const packet = { type, id, data: at < text.length ? JSON.parse(text.slice(at)) : undefined };
    const socket = this.#sockets.get(nsp);
    if (attachments === 0) return socket?.receive(packet);
    this.#incomplete = { socket, packet, attachments };
    return undefined;
  }

  #attach(bytes) {
    this.#attachments.push(bytes);
    const { socket, packet, attachments } = this.#incomplete;
    if (this.#attachments.length < attachments) return;
    const bin = this.#attachments;
    this.#attachments = [];
    packet.data = packet.data.map((value) => (value?._placeholder ? bin[value.num] : value));
    socket?.receive(packet);
  }
}

class Socket {
  #nsp;
  #prefix;
  #listeners = new Map();
  #acks = new Map();
  #nextId = 0;
  #early = [];
  connected = false;

  constructor(connection, nsp) {
    this.io = connection;
    this.#nsp = nsp;
    this.#prefix = nsp === "/" ? "" : `${nsp},`;
  }

  connect() {
    this.io.send(`40${this.#prefix}`);
  }

  disconnect() {
    this.connected = false;
    this.io.send(`41${this.#prefix}`);
    this.io.leave(this.#nsp);
  }

  on(event, listener) {
    const list = this.#listeners.get(event);
    if (list) list.push(listener);
    else this.#listeners.set(event, [listener]);
    return this;
  }

  emit(...args) {
    let id = "";
    if (typeof args[args.length - 1] === "function") {
      id = this.#nextId++;
      this.#acks.set(id, args.pop());
    }
    const bytes = args.filter((arg) => arg instanceof Uint8Array);
    let num = 0;
    if (bytes.length) args = args.map((arg) => (arg instanceof Uint8Array ? { _placeholder: true, num: num++ } : arg));
    const type = bytes.length ? `45${bytes.length}-` : "42";
    const text = type + this.#prefix + id + JSON.stringify(args);
    if (this.connected) this.io.send(text, bytes);
    else this.#early.push([text, bytes]);
    return this;
  }

  receive({ type, id, data }) {
    if (type === 0) return this.#open();
    if (type === 3 || type === 6) {
      const ack = this.#acks.get(id);
      this.#acks.delete(id);
      return ack(...data);
    }
    for (const listener of this.#listeners.get(data.shift()) ?? []) listener(...data);
    return undefined;
  }

  #open() {
    this.connected = true;
    for (const args of this.#early.splice(0)) this.io.send(...args);
    for (const listener of this.#listeners.get("connect") ?? []) listener();
  }
}

function openWebSocket(origin, receive) {
  const socket = new WebSocket(`${origin.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
  socket.binaryType = "arraybuffer";
  socket.onmessage = ({ data }) => receive(data);
  return {
    send(text, attachments) {
      socket.send(text);
      for (const bytes of attachments) socket.send(bytes);
    },
    close: () => socket.close(),
  };
}

function openPolling(origin, receive) {
  const url = `${origin}/socket.io/?EIO=4&transport=polling`;
  let sid = "";
  let limit = Infinity;
  let waiting = [];
  let isSending = false;
  let isPlanned = false;
  let isClosed = false;

  const request = (method, body, done) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url + sid);
    xhr.onload = () => done(xhr.responseText);
    xhr.send(body);
  };
  const flush = () => {
    isPlanned = false;
    if (isSending || waiting.length === 0 || !sid) return;
    isSending = true;
    request("POST", takePayload(waiting, limit), () => {
      isSending = false;
      flush();
    });
  };
  const poll = () => {
    request("GET", null, (payload) => {
      if (!sid) {
        const handshake = JSON.parse(payload.slice(1));
        sid = `&sid=${handshake.sid}`;
        limit = handshake.maxPayload;
      }
      eachPacket(payload, receive);
      flush();
      if (!isClosed) poll();
    });
  };
  poll();
  return {
    send(text, attachments) {
      waiting.push(text);
      for (const bytes of attachments) waiting.push(`b${toBase64(bytes)}`);
      // What is emitted in one go is sent in one payload.
      if (!isPlanned && !isSending) queueMicrotask(flush);
      isPlanned = true;
    },
    close() {
      isClosed = true;
      waiting.push("1");
      flush();
      waiting = [];
    },
  };
}

function takePayload(waiting, limit) {
  let size = 0;
  const end = waiting.findIndex((packet) => (size += packet.length + 1) > limit);
  return waiting.splice(0, end < 0 ? waiting.length : Math.max(end, 1)).join(SEPARATOR);
}

function eachPacket(payload, receive) {
  for (let from = 0; from < payload.length; ) {
    const end = payload.indexOf(SEPARATOR, from);
    const to = end < 0 ? payload.length : end;
    const packet = payload.slice(from, to);
    receive(packet.charCodeAt(0) === 98 ? fromBase64(packet.slice(1)) : packet);
    from = to + 1;
  }
}

const toBase64 = (bytes) => bytes.toBase64?.() ?? btoa(String.fromCharCode(...bytes));
const fromBase64 = (text) => (Uint8Array.fromBase64 ?? decode)(text).buffer;
const decode = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
