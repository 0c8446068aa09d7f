// What runs in the page: clients that emit, and what they saw. Each function goes there by its source.

/**
 * Begins to emit `order`, each with an id of its own, and keeps what comes. With each goes a `note` over the same
 * connection, in a namespace without `retries`. Of that is kept over which of its connections, the first being 1, it goes.
 */
export function startClient({ name, url, options, every, size }) {
  const socket = io(url, { forceNew: true, ...options });
  const notes = socket.io.socket("/notes", {});
  const client = { socket, notes, sent: 0, answered: 0, refused: [], history: [], ticks: [], noted: [], noteConnects: 0 };
  window.clients = Object.assign(window.clients ?? {}, { [name]: client });
  const keep = (what, ...details) => client.history.push([Date.now(), what, ...details]);
  let breaks = 0;
  socket.on("connect", () => keep("connect", socket.recovered));
  socket.on("connect_error", (error) => keep("connect_error", error.message));
  socket.on("disconnect", (reason) => keep("disconnect", reason, ++breaks));
  socket.io.on("reconnect_attempt", (attempt) => keep("attempt", attempt));
  socket.on("tick", (number) => client.ticks.push([number, breaks, Date.now()]));
  notes.on("connect", () => client.noteConnects++);
  for (const each of [socket, notes]) each.on("over", (answer) => answer());
  const padding = "x".repeat(size);
  client.timer = setInterval(() => {
    const number = ++client.sent;
    const failed = (error) => client.refused.push(String(error));
    socket.emitWithAck("order", `${name} ${number}`, number, padding).then(() => client.answered++, failed);
    notes.emit("note", number);
    // What waits there goes over the next connection: also when this one turned out to be dead just now.
    client.noted.push(client.noteConnects + !!notes.sendBuffer.length);
  }, every);
}

/** The next attempt goes to this host. */
export function setHost(name, hostname) {
  window.clients[name].socket.io.opts.hostname = hostname;
}

export function stopEmitting(name) {
  clearInterval(window.clients[name].timer);
}

/** Of each client, in short: `{ connected, settled, connects, waiting }`. */
export function glance() {
  const entries = Object.entries(window.clients ?? {}).map(([name, { socket, notes, sent, answered, refused, history }]) => {
    const connects = history.filter(([, what]) => what === "connect").length;
    const { connected } = socket;
    return [name, { connected, settled: connected && notes.connected, connects, waiting: sent - answered - refused.length }];
  });
  return Object.fromEntries(entries);
}

/** Ends a client, and hands over what it saw. */
export function endClient(name) {
  const { socket, notes, timer, ...seen } = window.clients[name];
  clearInterval(timer);
  socket.io.off("reconnect_attempt");
  for (const each of [socket, notes]) each.off().disconnect();
  delete window.clients[name];
  return seen;
}
