// How one comes to a socket: the exports, io(), the options and members of a Manager.

export const entryPoints = {
  section: "1.1",
  title: "Entry points",
  rows: {
    "ES module": "`io`, `connect` and the default are one function; `Manager`, `Socket`, `protocol` (5), `XHR`, `Fetch`, `WebSocket`, `NodeXHR`, `NodeWebSocket`",
  },
};

export const lookup = {
  section: "1.2",
  title: "`io(uri?, opts?)`",
  rows: {
    "no uri": "without an address the page's own server is meant; `io(opts)` and `io(undefined, opts)` are accepted",
    "relative uri": "`/nsp` is the current host; `//host` and `host:port` take the current protocol; IPv6 in brackets and a bare `localhost:3000` are hosts",
    "path part": "the path of the address is the namespace, the option `path` the HTTP path, sent with a trailing slash",
    "query part": "the query of the address goes with every request; the caller's options are left as they are",
    "cache id": "the Manager is cached by protocol, host, port (default ports alike) and path, not by query",
    "new Manager": "a new Manager for `forceNew`, `force new connection`, `multiplex: false`, and for a namespace that the cached one has already",
    "disconnect() and io() again": "after `disconnect()`, `io()` with the same address finds the connection that is shared, and makes none beside it",
    "URI too long": "an address of more than 8000 characters is refused; user and password in it are not sent",
    "ws:// and wss://": "these schemes are accepted; polling goes over http(s)",
  },
};

export const managerOptions = {
  section: "1.3",
  title: "Options of the Manager",
  rows: {
    forceNew: "a private Manager; default false",
    multiplex: "namespaces share the Manager; `false` is `forceNew`; default true",
    path: "HTTP path; default `/socket.io`",
    autoConnect: "opens Manager and Socket at once; with `false` there is no engine, emits are kept, `active` is false; default true",
    reconnection: "reconnects by itself; default true",
    reconnectionAttempts: "how many attempts; default Infinity, and 0 means the same",
    reconnectionDelay: "the shortest wait before an attempt; default 1000 ms, and 0 means the same",
    reconnectionDelayMax: "the longest wait; default 5000 ms, and 0 means the same",
    randomizationFactor: "how much chance is in the wait; default 0.5; 0 is taken as it is",
    "backoff formula": "the wait doubles from attempt to attempt, with chance, up to the longest",
    timeout: "for the opening of transport and Engine.IO session, not for the namespace; default 20000 ms; 0 fails at once, `false` is none",
    parser: "a module with `Encoder` and `Decoder`; default socket.io-parser",
  },
};

export const manager = {
  section: "1.6",
  title: "Members and events of the Manager",
  rows: {
    "new Manager": "`new Manager(uri?, opts?)` or `(opts)`; not cached",
    socket: "`socket(nsp, opts?)` makes or gives the namespace's one socket; opens an inactive one again; options of a second call are ignored",
    open: "`open(fn?)`, also `connect`; nothing while it is open or opening; with `fn`, the first failure starts no reconnection",
    "getters and setters": "`reconnection`, `reconnectionAttempts`, `reconnectionDelay`, `reconnectionDelayMax`, `randomizationFactor`, `timeout` read without an argument and chain with one; `reconnection(false)` stops a reconnection that is under way",
    engine: "the current engine; another one at each attempt",
    opts: "`opts`, and what tests use: `uri`, `nsps`, `_readyState`, `_reconnecting`, `_close()`",
    "on and off": "an event emitter; `off()` without arguments removes the caller's listeners, and the sockets go on hearing",
    events: "`open`, `close(reason, details)`, `error(err)`, `packet`, `ping`, `reconnect_attempt(n)`, `reconnect_error(err)`, `reconnect_failed`, `reconnect(n)`",
    "order: unreachable": "`connect_error`, `error`, `reconnect_attempt`, …, at the end `reconnect_failed`",
    "order: lost and back": "`disconnect` of the socket, `close`, `reconnect_attempt`, `open`, `reconnect`, `connect` of the socket",
    "order: disconnect()": "`close` with `forced close`, then `disconnect` of the socket with `io client disconnect`",
  },
};
