// Functions for tab.run(): what a client does in its page. They see nothing of this module.

/** Connects, and keeps what it is told in `window.seen`. Resolves to the name of its node. */
export async function connect(url, options) {
  const quick = { reconnectionDelay: 100, randomizationFactor: 0, forceNew: true };
  const socket = (window.socket = io(url, { ...quick, ...options }));
  const seen = Object.assign(window.seen, { said: [], numbers: [], ends: [], failures: [], recovered: [] });
  socket.on("said", (text) => seen.said.push(text));
  socket.on("number", (number) => seen.numbers.push(number));
  socket.on("disconnect", (reason) => seen.ends.push(reason));
  socket.on("connect_error", ({ message }) => seen.failures.push(message));
  socket.on("connect", () => seen.recovered.push(socket.recovered));
  await new Promise((resolve) => socket.on("connect", resolve));
  const { engine } = socket.io;
  const isThere = engine.transport.name === (options.transports?.at(-1) ?? "websocket");
  if (!isThere) {
    await new Promise((resolve, reject) => {
      engine.on("upgrade", resolve).on("close", () => reject(new Error("closed before the upgrade")));
      engine.on("upgradeError", (error) => reject(new Error(`not upgraded: ${error.message}`)));
    });
  }
  return socket.emitWithAck("who");
}
