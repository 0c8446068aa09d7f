// What the server saw of each request: the list that `expect` gets.

/** Adds a request to the list at once; its body and status come as they come. */
export function record(req, res, requests) {
  const entry = describe(req);
  requests.push(entry);
  // Not a listener of its own: that would set the stream flowing before its reader is there.
  const { emit } = req;
  req.emit = (event, ...args) => {
    if (event === "data") entry.body += args[0];
    return emit.call(req, event, ...args);
  };
  res.on("finish", () => (entry.status = res.statusCode));
  res.on("close", () => (entry.closed = true));
}

/** A WebSocket's handshake: the status is in the first bytes that are written. */
export function recordUpgrade(req, socket, requests) {
  const entry = describe(req);
  requests.push(entry);
  const { write } = socket;
  socket.write = (chunk, ...rest) => {
    socket.write = write;
    entry.status = Number(/^HTTP\/1\.1 (\d+)/.exec(chunk)?.[1]);
    return write.call(socket, chunk, ...rest);
  };
  socket.on("close", () => (entry.closed = true));
}

function describe({ method, url, headers }) {
  const query = Object.fromEntries(new URL(url, "http://localhost").searchParams);
  return { method, url, headers, query, transport: query.transport, status: undefined, body: "" };
}
