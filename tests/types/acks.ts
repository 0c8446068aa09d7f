// What acknowledgements are given, and what emitWithAck() takes and resolves to.

import { type DecorateAcknowledgements, io, type Socket } from "socketio-wasm";

interface Listen {
  question: (text: string, answer: (value: number, unit: string) => void) => void;
}

interface Emit {
  plain: (counter: number) => void;
  ask: (text: string, done: (value: number, unit: string) => void) => void;
  maybe: (text: string, done?: (value: number) => void) => void;
  done: (done: () => void) => void;
  fails: (done: (error: Error, value: number) => void) => void;
}

/** Whether two types are one, `any` not being the same as anything. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function expect<Expected>(): <Actual>(actual: Actual, same: Same<Expected, Actual>) => void;

const socket: Socket<Listen, Emit> = io();

socket.on("question", (text, answer) => answer(text.length, "letters"));
socket.emit("ask", "?", (value, unit) => {
  expect<number>()(value, true);
  expect<string>()(unit, true);
});
socket.timeout(1000).emit("ask", "?", (err, value, unit) => {
  expect<Error>()(err, true);
  expect<number>()(value, true);
  expect<string>()(unit, true);
});
socket.timeout(1000).emit("ask", "?", (err: Error | null, value: number) => console.log(err, value));
socket.volatile.compress(false).timeout(1000).emit("maybe", "?", (err, value) => {
  expect<Error>()(err, true);
  expect<number>()(value, true);
});
// The last timeout counts, and there is one error.
socket.timeout(1).timeout(2).emit("maybe", "?", (err, value) => expect<number>()(value, true));

expect<number>()(await socket.emitWithAck("ask", "?"), true);
expect<number>()(await socket.timeout(1000).emitWithAck("ask", "?"), true);
expect<number>()(await socket.timeout(1).volatile.compress(true).timeout(2).emitWithAck("ask", "?"), true);
expect<number>()(await socket.timeout(1000).emitWithAck("maybe", "?"), true);
expect<undefined>()(await socket.emitWithAck("done"), true);
expect<undefined>()(await socket.timeout(1000).emitWithAck("done"), true);
// An error that the server answers with is what the server answers with.
expect<Error>()(await socket.timeout(1000).emitWithAck("fails"), true);
// The answer to an event whose declaration has none can be anything.
expect<any>()(await socket.emitWithAck("plain", 1), true);

// With the option ackTimeout, all of them get an error first.
const patient: Socket<Listen, DecorateAcknowledgements<Emit>> = io({ ackTimeout: 1000 });
patient.emit("ask", "?", (err, value) => expect<number>()(value, true));
expect<number>()(await patient.emitWithAck("ask", "?"), true);
expect<number>()(await patient.timeout(1).emitWithAck("ask", "?"), true);

// Untyped events
const untyped: Socket = io();
untyped.timeout(1000).emit("any", 1, (err: Error, value: string) => value);
expect<any>()(await untyped.timeout(1000).emitWithAck("any", 1, "two"), true);

// @ts-expect-error: the answer is a number
socket.on("question", (text, answer) => answer("many", "letters"));
// @ts-expect-error: the unit is missing
socket.on("question", (text, answer) => answer(1));
// @ts-expect-error: the acknowledgement is missing
socket.emit("ask", "?");
// @ts-expect-error: without a timeout there is no error, and the first argument is the number
socket.emit("ask", "?", (err: Error, value: number) => value);
// @ts-expect-error: the function is the library's to give
socket.emitWithAck("ask", "?", () => {});
// @ts-expect-error: the text is missing
socket.emitWithAck("ask");
// @ts-expect-error: this side emits no such event
socket.emitWithAck("question", "?");
// @ts-expect-error: a timeout is a number
socket.timeout("1 s");
