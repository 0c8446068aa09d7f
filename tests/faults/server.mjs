// The server of a run: the real one, which can be restarted. What it has handled and sent outlives that, as in a database.

import { startTestServer } from "../e2e/test-server.mjs";
import { exactlyOnce } from "./exactly-once.mjs";
import { RecoverOnce } from "./recover-once.mjs";

const OPTIONS = { pingInterval: 500, pingTimeout: 1_500, upgradeTimeout: 1_000 };
const RECOVERY = { connectionStateRecovery: { maxDisconnectionDuration: 1_200_000 }, adapter: RecoverOnce };

export class RunServer {
  /** The page's events as they came: `[number, connection]`, copies among them; and the numbers of those handled. */
  came = [];
  handled = [];
  /** The numbers of what the page emits without `retries`, as they came. */
  notes = [];
  /** How many events were sent to the page. */
  ticks = 0;
  #ids = new Map();

  constructor({ recovery, options, every, size }) {
    this.options = { ...OPTIONS, ...(recovery ? RECOVERY : {}), ...options };
    this.every = every;
    this.padding = "x".repeat(size);
  }

  async start() {
    this.server = await startTestServer((io) => this.#setUp(io), this.options);
    this.options.port = this.server.port;
  }

  async stop() {
    const { io } = this.server;
    io.removeAllListeners();
    await this.server.close();
  }

  #setUp(io) {
    io.on("connection", (socket) => this.#serve(socket));
    io.of("/notes").on("connection", (socket) => socket.on("note", (number) => this.notes.push(number)));
  }

  /** From the first connection on, `tick` is emitted to the pages that there are, or that may come back. */
  #serve(socket) {
    socket.join("pages");
    socket.prependAny((_, ...args) => this.came.push([args[1], socket.conn.id]));
    socket.on("order", exactlyOnce((number) => this.handled.push(number), this.#ids));
    this.timer ??= setInterval(() => this.#tick(), this.every);
  }

  #tick() {
    this.server.io.to("pages").emit("tick", ++this.ticks, this.padding);
  }

  stopEmitting() {
    clearInterval(this.timer);
  }

  /** Resolves once each end has all that was sent on the connection that there is now. */
  async over() {
    for (const name of ["/", "/notes"]) {
      const answers = await this.server.io.of(name).timeout(3_000).emitWithAck("over");
      if (answers.length !== 1) throw new Error(`${answers.length} connections at the end, not 1`);
    }
  }

  async close() {
    this.stopEmitting();
    await this.stop();
  }
}
