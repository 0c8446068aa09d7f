// The options of io(), and what it must not be given.

import { Fetch, io, Manager, type ManagerOptions, type SocketOptions, WebSocket, XHR } from "socketio-wasm";

io({ autoConnect: false, forceNew: true, multiplex: false });
io(undefined, { transports: ["polling", "websocket"], upgrade: false, fallbackDelay: 500, tryAllTransports: true });
io("/room", { path: "/ws", query: { token: "a" }, auth: { token: "b" } });
io({ withCredentials: true, addTrailingSlash: false });
io({ reconnection: true, reconnectionAttempts: Infinity, reconnectionDelay: 1, reconnectionDelayMax: 2 });
io({ randomizationFactor: 0, timeout: false, fallbackDelay: false });
io({ retries: 3, ackTimeout: 1000, maxBuffered: 100, bufferOverflow: "drop-oldest", maxAttachments: 20 });
io({ host: "example.com", port: 3000, secure: true, requestTimeout: 1, timestampRequests: true, timestampParam: "t" });
io({ rememberUpgrade: true, forceBase64: true, protocols: ["a"], closeOnBeforeunload: true, useNativeTimers: true });
io({ transportOptions: { polling: { extraHeaders: { a: "b" } } }, extraHeaders: { c: "d" } });
io({ reconnectOnOnline: false, closeOnOffline: false, closeOnPagehide: false, checkOnResume: false });
// Those for Node are taken and ignored.
io({ agent: false, rejectUnauthorized: false, perMessageDeflate: { threshold: 1 }, ca: ["a"], autoUnref: true });

// auth: an object, a function that hands it over, or one that promises it
io({ auth: (hand) => hand({ token: "b" }) });
io({ auth: (cb) => setTimeout(() => cb({ token: "b" }), 10) });
io({ auth: async () => ({ token: "b" }), query: { token: "a" } });
io().auth = { token: "c" };

// transports: names, also when they come from a variable that is wider; the library's own; both in one list
io({ transports: [Fetch, WebSocket] });
io({ transports: ["websocket", Fetch] });
io({ transportImplementations: [XHR] });
const later = { transports: ["websocket"], reconnectionDelay: 10 };
io(later);
io({ transports: ["websocket", "polling"] as const });

const all: Partial<ManagerOptions & SocketOptions> = { timeout: 1, retries: 1 };
io("https://example.com", all);
new Manager(all).opts.reconnectionDelay satisfies number | undefined;

// @ts-expect-error: milliseconds are a number
io({ timeout: "20 s" });
// @ts-expect-error: no such option
io({ reconnect: true });
// @ts-expect-error: a URL is a text
io(3000);
// @ts-expect-error: the token is text in an object
io({ auth: "secret" });
// @ts-expect-error: no such policy
io({ bufferOverflow: "drop" });
// @ts-expect-error: the name of a header is a text, and so is its value
io({ extraHeaders: { a: 1 } });
// @ts-expect-error: not a class of a transport
io({ transports: [Date] });
// @ts-expect-error: an encoder and a decoder are what makes a parser
io({ parser: { Encoder: Date } });
