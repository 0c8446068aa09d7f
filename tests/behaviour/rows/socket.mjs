// The socket: its options, its members, its ends, its acknowledgements.

export const socketOptions = {
  section: "1.4",
  title: "Options of the Socket",
  rows: {
    auth: "object or `fn(cb)`, asked at each connection; `socket.auth` can be set; `pid` and `offset` in it go before those of the recovery",
    retries: "one event in flight, sent again until it is acknowledged; not for volatile ones; tries are `retries` + 1",
    ackTimeout: "the time for every acknowledgement; 0 is 0 ms",
    "retries without ackTimeout": "the callback of the caller gets `(null, ...args)`, and the event is not sent again because of what the answer is",
  },
};

export const socket = {
  section: "1.7",
  title: "Members of the Socket",
  rows: {
    id: "from the server's CONNECT, another than the engine's; undefined when disconnected, already in `disconnect`",
    connected: "`connected` and `disconnected`; false as well after a CONNECT_ERROR that comes when connected",
    active: "whether it will connect again by itself; false after `io server disconnect`, CONNECT_ERROR, `disconnect()`",
    recovered: "whether the server has recovered the state of the connection",
    io: "`io` is the Manager; `auth`, `nsp`",
    sendBuffer: "`sendBuffer`: what was emitted before the connection; `receiveBuffer`: events before CONNECT",
    "connect()": "also `open()`; a second call while it connects does nothing: one CONNECT, one `connect`",
    "disconnect()": "also `close()`; sends DISCONNECT, closes the engine with the last namespace; others stay",
    emit: "`emit(ev, ...args, ack?)`; values as JSON has them; what JSON cannot hold throws at once",
    send: "`send(...args)` is `emit(\"message\", ...args)`",
    emitWithAck: "a promise of the first argument of the acknowledgement; rejects by timeout and disconnection",
    "compress, volatile, timeout": "flags for one emit only, also when that emit throws",
    onAny: "`onAny`, `prependAny`, `offAny`, `listenersAny`: before the event's own listeners; with the ack function; not for connect and disconnect",
    onAnyOutgoing: "`onAnyOutgoing`, `prependAnyOutgoing`, `offAnyOutgoing`, `listenersAnyOutgoing`: when an event is sent, not when it is kept; without acks",
    emitter: "`on`, `once`, `off` and their other names, `listeners`, `hasListeners`; one occurrence is removed; `once` by its own function; names such as `__proto__` are safe",
    "Socket events": "`connect`, `connect_error`, `disconnect`: the socket's own events",
    Reserved: "`connect`, `connect_error`, `disconnect`, `disconnecting`, `newListener`, `removeListener` cannot be emitted; `error`, `ping`, `message` and `reconnect` can",
  },
};

export const disconnectReasons = {
  section: "1.7",
  title: "Reasons of `disconnect`",
  rows: {
    "io server disconnect": "the server's DISCONNECT; no reconnection",
    "io client disconnect": "`disconnect()`; no reconnection",
    "ping timeout": "no ping in `pingInterval` + `pingTimeout`; reconnects",
    "transport close": "WebSocket or polling closed, or offline; reconnects; details with `description` and `context`",
    "transport error": "an error of HTTP or WebSocket; reconnects; details are the error",
    "parse error": "a packet that cannot be read; reconnects; details are the error",
    "forced close": "`io.engine.close()`; reconnects",
  },
};

export const connectErrors = {
  section: "1.7",
  title: "Sources of `connect_error`",
  rows: {
    connect_error: "an Error; `data`, `description` and `context` say more where there is more",
    "connect_error: transport": "an error of the transport; reconnects",
    "connect_error: timeout": "`Error(\"timeout\")`; reconnects",
    "connect_error: middleware": "CONNECT_ERROR of the server with `err.data`; no reconnection, the engine is closed when it was the last namespace",
    "connect_error: unknown namespace": "`Invalid namespace`",
    "connect_error: v2 server": "CONNECT without sid: a server of Socket.IO v2 is named; no reconnection",
  },
};

export const acks = {
  section: "1.7",
  title: "Acknowledgements and volatile events",
  rows: {
    "Ack semantics":
      "at disconnect one that takes an error gets `socket has been disconnected`, a plain one is dropped; `operation has timed out`; " +
      "late, second and unknown ones are ignored; ids increase for the socket's life; the function that a listener gets answers once, " +
      "and not on a later connection",
    Volatile: "an event that cannot be sent at once is dropped, also while disconnected; nothing is kept of it, no acknowledgement either",
  },
};
