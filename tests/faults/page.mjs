// What runs in the page: clients that emit, and what they saw. Each function goes there by its source.

/** Begins to emit `order`, each with an id of its own, and keeps what comes. */
export function startClient({ name, url, options, every, size }) {
  const socket = io(url, { forceNew: true, ...options });
  const client = { socket, sent: 0, answered: 0, refused: [], history: [], ticks: [] };
  window.clients = Object.assign(window.clients ?? {}, { [name]: client });
  const keep = (what, ...details) => client.history.push([Date.now(), what, ...details]);
  let breaks = 0;
  socket.on("connect", () => keep("connect", socket.recovered));
  socket.on("connect_error", (error) => keep("connect_error", error.message));
  socket.on("disconnect", (reason) => keep("disconnect", reason, ++breaks));
  socket.io.on("reconnect_attempt", (attempt) => keep("attempt", attempt));
  socket.on("tick", (number) => client.ticks.push([number, breaks]));
  socket.on("over", (answer) => answer());
  const padding = "x".repeat(size);
  client.timer = setInterval(() => {
    const number = ++client.sent;
    const failed = (error) => client.refused.push(String(error));
    socket.emitWithAck("order", `${name} ${number}`, number, padding).then(() => client.answered++, failed);
  }, every);
}

/** The next attempt goes to this host. */
export function setHost(name, hostname) {
  window.clients[name].socket.io.opts.hostname = hostname;
}

export function stopEmitting(name) {
  clearInterval(window.clients[name].timer);
}

/** Of each client, in short: `{ connected, connects, waiting }`. */
export function glance() {
  const entries = Object.entries(window.clients ?? {}).map(([name, { socket, sent, answered, refused, history }]) => {
    const connects = history.filter(([, what]) => what === "connect").length;
    return [name, { connected: socket.connected, connects, waiting: sent - answered - refused.length }];
  });
  return Object.fromEntries(entries);
}

/** Ends a client, and hands over what it saw. */
export function endClient(name) {
  const { socket, timer, sent, answered, refused, history, ticks } = window.clients[name];
  clearInterval(timer);
  socket.io.off("reconnect_attempt");
  socket.off();
  socket.disconnect();
  delete window.clients[name];
  return { sent, answered, refused, history, ticks };
}
