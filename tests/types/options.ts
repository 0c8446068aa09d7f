// The options of io(), and what it must not be given.

import { io } from "socketio-wasm";

io({ autoConnect: false, forceNew: true });
io(undefined, { transports: ["polling", "websocket"], upgrade: false, fallbackDelay: 500 });
io("/room", { path: "/ws", query: { token: "a" }, auth: { token: "b" }, withCredentials: true });
io("/room", { auth: (hand) => hand({ token: "b" }) });
io("/room", { auth: async () => ({ token: "b" }), query: "token=a" });
io({ reconnection: true, reconnectionAttempts: Infinity, reconnectionDelay: 1, reconnectionDelayMax: 2 });
io({ randomizationFactor: 0, timeout: false });

// @ts-expect-error: no such transport
io({ transports: ["smoke"] });
// @ts-expect-error: milliseconds are a number
io({ timeout: "20 s" });
// @ts-expect-error: no such option
io({ reconnect: true });
// @ts-expect-error: a URL is a text
io(3000);
// @ts-expect-error: the token is text in an object
io({ auth: "secret" });
