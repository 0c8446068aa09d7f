// Below the socket: the engine, the transports, the parser.

export const engineOptions = {
  section: "1.5",
  title: "Options of the engine",
  rows: {
    host: "`host`, `hostname`, `port`, `secure`: from the address, else the page's",
    query: "object or string, on each request and WebSocket address",
    path: "default `/engine.io`, for Socket.IO `/socket.io`",
    addTrailingSlash: "default true",
    transports: "names or classes, tried in order; also the filter for upgrades; an empty list is an error",
    transportImplementations: "classes; not together with `transports`",
    tryAllTransports: "the next transport on an error while opening",
    upgrade: "tries WebSocket when the connection is by polling; default true",
    rememberUpgrade: "begins with WebSocket when that has worked before",
    forceBase64: "binary data as base64",
    timestampRequests: "`timestampRequests`, `timestampParam`: polling unless false, WebSocket when true; `t`",
    requestTimeout: "the time for one request of polling; 0 is none",
    withCredentials: "cookies to other origins; default false",
    extraHeaders: "for polling only; names that a browser forbids are left out",
    transportOptions: "options for one transport",
    protocols: "WebSocket sub-protocols",
    closeOnBeforeunload: "closes silently when the page is left; default false",
    useNativeTimers: "the timers that were there when the script was loaded; else those when the connection is made",
    autoUnref: "for Node.js only",
    agent: "`agent`, `pfx`, `key`, `cert`, `ca`, `perMessageDeflate` and others, for Node.js only: accepted and ignored",
  },
};

export const engine = {
  section: "1.8",
  title: "The engine, `socket.io.engine`",
  rows: {
    properties: "`id`, `transport`, `readyState`, `binaryType`, `writeBuffer`, `upgrading`, `opts`, `hostname`, `port`, `secure`; `transport` is another one after an upgrade",
    send: "`send` or `write(data, options?, fn?)`; `fn` when it is handed over; ignored when closed",
    close: "waits for what is still to be sent and for an upgrade that is under way",
    events: "`open`, `handshake`, `packet`, `packetCreate`, `data`, `message`, `drain`, `flush`, `heartbeat`, `ping`, `pong`, `error`, `upgrading`, `upgrade`, `upgradeError`, `close`",
    _hasPingExpired: "whether the time for the next ping is over",
  },
};

export const transports = {
  section: "1.9",
  title: "Transports and feature detection",
  rows: {
    XHR: "polling by XMLHttpRequest; any status but 200 is an error, with status and request; a foreign page with 200 is a `parser error`",
    Fetch: "polling by `fetch`; `fetch read error`, `fetch write error`",
    WebSocket: "`websocket error`; where there is no WebSocket the next transport is taken",
    WebTransport: "over HTTP/3",
    "custom class": "extends `Transport`: `name`, `doOpen`, `doClose`, `write`",
    "upgrade failure": "stays with polling; `upgradeError`",
  },
  answers: {
    WebTransport: { differs: "there is no WebTransport: its name in `transports` is ignored, so WebSocket or polling is taken" },
  },
};

export const parser = {
  section: "1.10",
  title: "Parsers and binary data",
  rows: {
    Encoder: "`new Encoder(replacer?)` with `encode`",
    Decoder: "`new Decoder(reviver | { reviver, maxAttachments })` with `add`, `destroy` and the event `decoded`",
    "binary detection": "ArrayBuffer, views, Blob and File anywhere in the arguments, through `toJSON` as well",
    "received binary": "`ArrayBuffer`, or Blob with `binaryType` \"blob\"",
  },
};
