// Handlers beyond the counter: what the demo page's buttons need, and what tests need from a real server.

export function addExampleHandlers(io) {
  io.on("connection", addHandlers);
  // How many Engine.IO sessions there are: whoever left must be gone.
  io.on("connection", (socket) => {
    socket.on("sessions", (ack) => typeof ack === "function" && ack(io.engine.clientsCount));
    // Those of one page alone, by the parameter `page` of their query.
    socket.on("sessions-of", (page, ack) => typeof ack === "function" && ack(countSessions(io, page)));
  });

  const admin = io.of("/admin");
  admin.use((socket, next) => {
    if (socket.handshake.auth.token === "secret") return next();
    const error = new Error("not authorized");
    error.data = { code: "E_AUTH" };
    return next(error);
  });
  admin.on("connection", addHandlers);
}

function addHandlers(socket) {
  // Answers with its arguments: as an acknowledgement, or as an event of the same name.
  socket.on("echo", (...args) => {
    const ack = args.pop();
    if (typeof ack === "function") ack(...args);
  });
  socket.on("echo-emit", (...args) => socket.emit("echo-emit", ...args));

  // Two ways to end: cut the line (the client reconnects) or send the client away (it does not).
  socket.on("drop", () => socket.conn.close());
  socket.on("kick", () => socket.disconnect());

  // The other direction of acknowledgements: the server asks, the client answers.
  socket.on("ask", (...args) => {
    socket.emit("question", ...args, (...answer) => socket.emit("answered", ...answer));
  });

  // Answers only when it is told to: all that were held, and then the one who told.
  const held = [];
  socket.on("hold", (...args) => held.push(args));
  socket.on("release", (ack) => {
    for (const args of [...held.splice(0), [ack]]) {
      const answer = args.pop();
      if (typeof answer === "function") answer(...args);
    }
  });

  // What the client said of itself, and which of the arguments are bytes.
  socket.on("handshake", (ack) => {
    const { auth, query, headers } = socket.handshake;
    if (typeof ack === "function") ack({ auth, query, headers });
  });
  socket.on("which-are-bytes", (...args) => {
    const ack = args.pop();
    if (typeof ack === "function") ack(...args.map((arg) => Buffer.isBuffer(arg)));
  });

  socket.on("burst", (count) => {
    const last = Math.min(Number(count) || 0, 100_000);
    for (let n = 0; n < last; n++) socket.emit("burst", n);
  });
}

function countSessions(io, page) {
  return Object.values(io.engine.clients).filter(({ request }) => request._query.page === page).length;
}
