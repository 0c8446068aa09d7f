// Servers that a case writes itself, frame by frame: for what the real one never sends.

import { WebSocketServer } from "ws";

const acceptor = new WebSocketServer({ noServer: true, handleProtocols: ([first]) => first });

/** Accepts a WebSocket's handshake; resolves with the WebSocket. */
export function accept(req, socket) {
  return new Promise((resolve) => acceptor.handleUpgrade(req, socket, Buffer.alloc(0), resolve));
}

/** An Engine.IO open packet. `undefined` leaves a field out. */
export function handshake(fields = {}) {
  const usual = { sid: "session", upgrades: [], pingInterval: 25_000, pingTimeout: 20_000, maxPayload: 1_000_000 };
  return `0${JSON.stringify({ ...usual, ...fields })}`;
}

/** `server` and `upgrade` of a case: `serve(ws, { log, req, number })` gets each WebSocket, the first as number 0. */
export function webSocketByHand(serve) {
  let world;
  let number;
  return {
    server(given) {
      world = given;
      number = 0;
    },
    async upgrade(req, socket) {
      const ws = await accept(req, socket);
      serve(ws, { ...world, req, number: number++ });
    },
  };
}

/** The same with a session and a main namespace that are granted: `serve` goes on from there. */
export function sessionByHand(serve, fields) {
  return webSocketByHand((ws, context) => {
    ws.send(handshake(fields));
    ws.once("message", () => {
      ws.send('40{"sid":"socket"}');
      serve(ws, context);
    });
  });
}

/**
 * `server` and `http` of a case: `answer(number, res, world)` gives the text of each GET's answer, the first being
 * number 0. Undefined leaves it waiting. A POST is answered with `ok`.
 */
export function pollingByHand(answer) {
  let world;
  let number;
  return {
    server(given) {
      world = given;
      number = 0;
    },
    http(req, res) {
      if (req.method === "POST") return req.resume().on("end", () => res.end("ok"));
      const text = answer(number++, res, world);
      if (text !== undefined) res.end(text);
    },
  };
}

/** An `http` of a case: answers the requests that `isWanted(req)` chooses with a status and a text. */
export function answering(isWanted, status, text = "", headers = {}) {
  return (req, res, next) => {
    if (!isWanted(req)) return next();
    res.writeHead(status, headers).end(text);
  };
}

/** An `upgrade` of a case: WebSockets are refused as by a proxy that knows none. */
export function refuseWebSockets(req, socket) {
  socket.end("HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

/** What a Socket.IO server needs to answer `emitWithAck("echo", …)`, and to note the other events. */
export function echo({ io, log }) {
  io.on("connection", (socket) => {
    socket.on("echo", (...args) => args.pop()(...args));
    socket.onAny((...args) => args[0] !== "echo" && log.push(args));
  });
}
