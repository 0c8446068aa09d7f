// All options. A wrong type throws a TypeError that names the option; unknown options are ignored.

import type { Parser } from "./errors.js";
import type { Outbox } from "./outbox.js";
import type { BuiltInTransport, TransportCtor, TransportName } from "./transport.js";

/** The options of the connection below, Engine.IO. All times are in milliseconds. */
export interface EngineOptions {
  /** The same as {@link EngineOptions.hostname}. With both, this one counts. */
  host?: string;
  /** The server, where there is no URL. Default: the page's. */
  hostname?: string;
  /** The port. Default: 443 or 80; that of the page where nothing else is said of the server. */
  port?: string | number;
  /** Whether `https` and `wss` are used. Default: as the page is. */
  secure?: boolean;
  /** The path of the server's HTTP requests. Default: `"/engine.io"`, but see {@link ManagerOptions.path}. */
  path?: string;
  /** Whether the path ends in a slash. Default: true. */
  addTrailingSlash?: boolean;
  /** Parameters of each request, beside those of the URL. On the same name, these win. Default: none. */
  query?: { [key: string]: any };
  /**
   * The transports to use, in this order: names, the library's own as {@link WebSocket}, {@link XHR} and {@link Fetch},
   * or classes that extend {@link Transport}. A browser without `WebSocket` uses the others, and so does one whose
   * `WebSocket` fails or stays silent for {@link EngineOptions.fallbackDelay}.
   * Default: `["websocket", "polling"]`.
   */
  transports?: (TransportName | TransportCtor | BuiltInTransport)[];
  /** The same as {@link EngineOptions.transports}. Giving both throws. */
  transportImplementations?: (TransportCtor | BuiltInTransport)[];
  /** Accepted, and always so: when a transport fails, the next one is tried. */
  tryAllTransports?: boolean;
  /**
   * How long a transport may stay silent before the next one is tried beside it; the first to finish the handshake
   * is kept. `false`: never. Default: 2000; never, where {@link EngineOptions.extraHeaders} say the order.
   */
  fallbackDelay?: number | false;
  /**
   * Whether a connection that began with long-polling moves on to WebSocket. Default: true.
   * Spec: Engine.IO, "Upgrade".
   */
  upgrade?: boolean;
  /**
   * Whether, when WebSocket has worked with this server, it is tried first the next time, although `transports` begins
   * with another. It is remembered until the page is left. Default: false.
   */
  rememberUpgrade?: boolean;
  /** Options that differ by transport: `{ polling: { extraHeaders: … } }`. Default: none. */
  transportOptions?: { [transport: string]: EngineOptions & { [option: string]: any } };
  /** How long one request of long-polling may take. Default: 0, no limit. */
  requestTimeout?: number;
  /**
   * Whether requests of long-polling to another origin carry cookies. Default: false.
   * See https://developer.mozilla.org/docs/Web/API/XMLHttpRequest/withCredentials
   */
  withCredentials?: boolean;
  /**
   * Headers of the requests of long-polling. A browser's WebSocket has none: with headers, and without `transports`,
   * long-polling comes first, so that the server sees them as the session begins. Default: none.
   */
  extraHeaders?: { [header: string]: string };
  /** Whether binary data is sent as base64, also over WebSocket; but for a `Blob`. Default: false. */
  forceBase64?: boolean;
  /** Whether each request has a parameter that no other has, against caches. Default: long-polling only. */
  timestampRequests?: boolean;
  /** The name of that parameter. Default: `"t"`. */
  timestampParam?: string;
  /**
   * Sub-protocols of the WebSocket. Default: none.
   * See https://developer.mozilla.org/docs/Web/API/WebSocket/WebSocket
   */
  protocols?: string | string[];
  /**
   * Whether the connection is closed, without a `disconnect` event, when the page is left. Where the page stays, or is
   * shown again, the end is told some seconds later, and the connection is made again. Default: false.
   */
  closeOnBeforeunload?: boolean;
  /**
   * Whether the next attempt begins at once when the network is there again. It counts as any other. Default: true.
   * See https://developer.mozilla.org/docs/Web/API/Window/online_event
   */
  reconnectOnOnline?: boolean;
  /**
   * Whether the connection, or the attempt to get one, ends with `transport close` as soon as the network is lost; but
   * for the server `localhost`. Default: true.
   */
  closeOnOffline?: boolean;
  /**
   * Whether the browser may keep a page that is left for the way back: the connection ends with `transport close`, and
   * is made again when the page is shown. A session of long-polling is ended at the server, too. Default: true.
   * See https://developer.mozilla.org/docs/Glossary/bfcache
   */
  closeOnPagehide?: boolean;
  /**
   * Whether a page that is shown again, or goes on after it was frozen, looks at once whether the connection is still
   * alive, and does not wait for the next attempt. Default: true.
   */
  checkOnResume?: boolean;
  /** Accepted, without effect: the timers are those that the page has when they are set. */
  useNativeTimers?: boolean;
  /** For Node; ignored. */
  autoUnref?: boolean;
  /** For Node; ignored. */
  agent?: string | boolean;
  /** For Node; ignored. */
  pfx?: string;
  /** For Node; ignored. */
  key?: string;
  /** For Node; ignored. */
  passphrase?: string;
  /** For Node; ignored. */
  cert?: string;
  /** For Node; ignored. */
  ca?: string | string[];
  /** For Node; ignored. */
  ciphers?: string;
  /** For Node; ignored. */
  rejectUnauthorized?: boolean;
  /** For Node; ignored: a browser negotiates it by itself. */
  perMessageDeflate?: { threshold: number };
}

/** The options of a connection to a server, with its reconnection. All times are in milliseconds. */
export interface ManagerOptions extends EngineOptions {
  /** Whether to make a connection of its own instead of sharing that to the same server. Default: false. */
  forceNew: boolean;
  /** Whether to share the connection to the same server; `false` is the same as `forceNew: true`. Default: true. */
  multiplex: boolean;
  /** The path of the server's HTTP requests; the path of the URL is the namespace. Default: `"/socket.io"`. */
  path: string;
  /** Whether a lost connection is made again. Default: true. */
  reconnection: boolean;
  /** How many times that is tried before giving up. Default: `Infinity`; so does 0. */
  reconnectionAttempts: number;
  /** The wait before the first new attempt, doubled with each. Default: 1000; so does 0. */
  reconnectionDelay: number;
  /** The longest wait between two attempts. Default: 5000; so does 0. */
  reconnectionDelayMax: number;
  /**
   * By what part of itself, 0 to 1, a wait is changed at random, so that not all pages come back at once.
   * Default: 0.5.
   */
  randomizationFactor: number;
  /** How long an attempt to connect may take, or `false` for no limit. Default: 20000. */
  timeout: number | false;
  /**
   * Whether sockets connect at once; otherwise {@link Socket.connect} does. For all that share the connection, what was
   * said with the first counts. Default: true.
   */
  autoConnect: boolean;
  /** Another encoding of the packets; the server must use the same. Default: JSON, as the specification has it. */
  parser: Parser;
  /**
   * How many binary attachments one event may have, sent or received. The server has a limit too, 10 by default.
   * More make `emit` throw; more from the server are a `parse error`. Default: 10.
   */
  maxAttachments: number;
}

/** What the server has as `socket.handshake.auth`. */
export interface AuthData {
  [key: string]: any;
}

/**
 * The data sent when the socket connects: an object, or a function called anew each time, which hands one over through
 * its argument or returns a promise of one. When it throws, the promise is rejected or the data is no object,
 * `connect_error` brings the error, and the socket stays away until {@link Socket.connect}. While it has not answered,
 * `connect()` calls it again, and the first data counts.
 */
export type Auth =
  | AuthData
  | ((hand: (data: object) => void) => void)
  | ((hand: (data: object) => void) => Promise<object | void>);

/** The options of one socket, a connection to one namespace. All times are in milliseconds. */
export interface SocketOptions {
  /** The data sent when this socket connects; the server has it as `socket.handshake.auth`. Default: none. */
  auth?: Auth;
  /**
   * How many times an event is sent again when no answer comes. Events then are sent one by one, each after the answer
   * to the one before, so that they arrive in order, each at least once. `Infinity`: until it is answered. Default: 0.
   *
   * Without {@link SocketOptions.ackTimeout} each try waits for the answer, and is repeated after a reconnection only.
   * In either case acknowledgements get an error first: see {@link DecorateAcknowledgements} for their types.
   */
  retries?: number;
  /**
   * How long the answer to an event may take. Acknowledgements then get an error first, `null` when the answer came:
   * see {@link DecorateAcknowledgements} for their types. `Infinity` is no limit. Default: none, and no error in front.
   */
  ackTimeout?: number;
  /** How many events may wait in {@link Socket.sendBuffer}, where those of `retries` are not. Default: `Infinity`. */
  maxBuffered?: number;
  /** What happens to one more: `emit` throws, the oldest is dropped, or the new one is. Default: `"throw"`. */
  bufferOverflow?: "throw" | "drop-oldest" | "drop-newest";
  /**
   * Where events are kept that have to outlive the page: `outbox()` of `socketio-wasm/outbox`. The socket then has
   * {@link Socket.durable}. Default: nowhere.
   */
  outbox?: Outbox;
}
