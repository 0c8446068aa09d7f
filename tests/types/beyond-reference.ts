// Code that is right, and that the reference's types refuse or type wrongly. Compiled with the reference's types, each
// case has an error: scripts/tests/types.mjs looks for one below each line that begins with "// Case".

import { Fetch, io, Manager, type Socket } from "socketio-wasm";

interface Emit {
  plain: (counter: number) => void;
  ask: (text: string, done: (value: number) => void) => void;
  maybe: (text: string, done?: (value: number) => void) => void;
  done: (done: () => void) => void;
  message: (text: string) => void;
  404: (path: string) => void;
}

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function expect<Expected>(): <Actual>(actual: Actual, same: Same<Expected, Actual>) => void;

const socket: Socket<{}, Emit> = io();

// Case: timeout() and emitWithAck() resolve to the answer, not to an error
expect<number>()(await socket.timeout(1000).emitWithAck("ask", "?"), true);

// Case: an acknowledgement may be optional
expect<number>()(await socket.emitWithAck("maybe", "?"), true);

// Case: under timeout(), an optional one gets an error first
socket.timeout(1000).emit("maybe", "?", (err, value) => expect<number>()(value, true));

// Case: an acknowledgement without arguments resolves to nothing
expect<undefined>()(await socket.emitWithAck("done"), true);

// Case: emitWithAck() takes all arguments of an event whose declaration has no acknowledgement
socket.emitWithAck("plain", 1);

// Case: the second timeout() takes the place of the first
socket.timeout(1).timeout(2).emit("ask", "?", (err, value) => expect<number>()(value, true));

// Case: send() knows what the event "message" takes
const text: Parameters<typeof socket.send> = ["text"];
expect<[text: string]>()(text, true);

// Case: names and classes of transports in one list
io({ transports: ["websocket", Fetch] });

// Case: no connection timeout
io({ timeout: false });

// Case: events are named where the socket is made
io<{ hello: (counter: number) => void }, Emit>().on("hello", (counter) => counter.toFixed());

// Case: the sockets of a manager have its events
new Manager<{ hello: (counter: number) => void }>()
  .socket("/")
  .on("hello", (counter) => expect<number>()(counter, true));
