// What runs in the page: laps of events, each with an end of the connection and a new one. `io` is that of the page.

/** Defines `soak` in the page. Everything is in this function: it goes there as text. */
export function install() {
  const sockets = {};
  const timers = new Set();
  countTimers();

  const connected = (socket) => new Promise((resolve) => socket.once("connect", resolve));

  /** Opens a socket that is kept over all laps. */
  async function open(kind, transports) {
    const socket = io({ transports, forceNew: true, reconnectionDelay: 1, randomizationFactor: 0, ackTimeout: 20_000 });
    sockets[kind] = { socket, count: 0 };
    socket.on("down", () => sockets[kind].count++);
    await connected(socket);
  }

  /** `count` events there and as many back, some with bytes; then the connection ends in one of four ways. */
  async function lap(kind, count, end) {
    const { socket } = sockets[kind];
    sockets[kind].count = 0;
    const answer = await socket.emitWithAck("send", count);
    if (answer !== count || sockets[kind].count !== count) throw new Error(`${sockets[kind].count} of ${count} came`);
    await up(socket, count);
    await besides(socket);
    await ends[end](socket);
  }

  async function up(socket, count) {
    for (let n = 0; n < count; n++) {
      if (n % 100 === 0) socket.emit("up", Uint8Array.of(1, 2, n));
      else if (n % 100 === 1) socket.emit("up", n, () => {});
      else socket.emit("up", n);
    }
    const total = await socket.emitWithAck("total");
    if (total !== count) throw new Error(`${total} of ${count} have reached the server`);
  }

  /** What comes and goes beside events: listeners, and another namespace. */
  async function besides(socket) {
    const listener = () => socket;
    for (let n = 0; n < 10; n++) socket.on(`name ${n}`, listener).onAny(listener);
    socket.offAny();
    for (let n = 0; n < 10; n++) socket.off(`name ${n}`, listener);
    const other = socket.io.socket("/other");
    await connected(other);
    other.disconnect();
  }

  const ends = {
    // The server ends it, and the client comes back.
    async cut(socket) {
      const again = connected(socket);
      socket.emit("cut");
      await again;
    },
    async lost(socket) {
      const again = connected(socket);
      socket.io.engine.close();
      await again;
    },
    async left(socket) {
      socket.disconnect();
      const again = connected(socket);
      socket.connect();
      await again;
    },
    // Another one, that nobody has any more.
    async released() {
      const socket = io({ transports: ["websocket"], forceNew: true });
      await connected(socket);
      await socket.emitWithAck("total");
      socket.disconnect();
    },
  };

  function countTimers() {
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    globalThis.setTimeout = (task, delay, ...args) => {
      const timer = set(() => {
        timers.delete(timer);
        task(...args);
      }, delay);
      timers.add(timer);
      return timer;
    };
    globalThis.clearTimeout = (timer) => {
      timers.delete(timer);
      clear(timer);
    };
  }

  globalThis.soak = { open, lap, timers: () => timers.size };
}
