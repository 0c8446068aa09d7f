// Sockets that come, do all that sockets do, and go. Nobody keeps them, but by references that do not count.

/**
 * Defines `lives` in the page: `run(times)` lives each kind of life so often, `hold(times)` keeps so many sockets, `alive()`
 * tells what is still there.
 */
export function install() {
  const refs = [];
  let held;
  const keep = (life, objects) => {
    for (const object of objects) if (object) refs.push({ life, ref: new WeakRef(object) });
  };

  const connected = (socket) => new Promise((resolve) => socket.once("connect", resolve));
  const open = (options, url) => io(url, { forceNew: true, reconnectionDelay: 10, ...options });

  /** A whole life over these transports. */
  const whole = (...transports) => async () => {
    const socket = open({ transports });
    await connected(socket);
    const own = {};
    for (const method of ["on", "once"]) socket[method]("down", () => own);
    for (const method of ["onAny", "onAnyOutgoing"]) socket[method](() => own);
    await socket.emitWithAck("send", 10);
    socket.emit("up", Uint8Array.of(1), () => own);
    const other = socket.io.socket("/other");
    await connected(other);
    const again = connected(socket);
    socket.io.engine.close();
    await again;
    socket.disconnect();
    other.disconnect();
    return [socket, other, own];
  };

  const kinds = {
    websocket: whole("websocket"),
    polling: whole("polling"),
    upgraded: whole("polling", "websocket"),
    async "left while it connects"() {
      const socket = open({ transports: ["websocket"] });
      await undefined;
      socket.disconnect();
      return [socket];
    },
    async "never connected"() {
      const socket = open({ path: "/nothing", transports: ["polling"] });
      await new Promise((resolve) => socket.io.once("reconnect_error", resolve));
      socket.disconnect();
      return [socket];
    },
    async "made and never opened"() {
      const socket = open({ autoConnect: false });
      socket.emit("up", 1);
      return [socket];
    },
    async "left with questions open"() {
      const socket = open({ transports: ["websocket"], retries: 3, ackTimeout: 60_000 });
      await connected(socket);
      socket.timeout(60_000).emit("nobody answers", () => socket);
      socket.emitWithAck("nobody answers").catch(() => socket);
      socket.disconnect();
      return [socket];
    },
    async "refused by the server"() {
      const socket = open({ transports: ["websocket"] }, "/nowhere");
      await new Promise((resolve) => socket.once("connect_error", resolve));
      socket.disconnect();
      return [socket];
    },
    async "an engine alone"() {
      const engine = new io.Engine({ path: "/socket.io" });
      await new Promise((resolve) => engine.once("open", resolve));
      engine.close();
      return [engine];
    },
  };

  async function live(life) {
    const objects = await kinds[life]();
    keep(life, [...objects, ...objects.flatMap(({ io: manager }) => (manager ? [manager, manager.engine] : []))]);
  }

  globalThis.lives = {
    async run(times) {
      for (let n = 0; n < times; n++) for (const life of Object.keys(kinds)) await live(life);
    },
    /** As a page that never lets go. */
    hold(times) {
      held = Array.from({ length: times }, () => open({ autoConnect: false }));
      keep("held", held);
    },
    /** The references to what is gone go as well: they are the test's own. */
    alive() {
      refs.splice(0, Infinity, ...refs.filter(({ ref }) => ref.deref()));
      return refs.map(({ life, ref }) => `${life}: ${ref.deref()?.constructor.name}`);
    },
    /** What the browser itself remembers of requests and errors. */
    forget() {
      performance.clearResourceTimings();
      console.clear();
    },
  };
}
