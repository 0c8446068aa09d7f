// Events that outlive the page: `socketio-wasm/outbox`.

import { io, type Socket } from "socketio-wasm";
import { outbox, type DurableId, type OutboxEntry } from "socketio-wasm/outbox";

interface Emit {
  order: (id: DurableId, order: { tea: number }, done: (number: number) => void) => void;
  note: (id: DurableId, text: string) => void;
  say: (text: string, done?: (said: boolean) => void) => void;
  nothing: () => void;
}

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function expect<Expected>(): <Actual>(actual: Actual, same: Same<Expected, Actual>) => void;

const kept = outbox({
  name: "orders of 7",
  maxCount: 100,
  onAnswer: (entry, answer, more) => entry.args,
  onDrop: ({ id }, error) => error.message + id,
});
outbox();
const socket: Socket<{}, Emit> = io({ outbox: kept });

// The id that the server gets is not for the page to give.
expect<string>()(await socket.durable.emit("order", { tea: 2 }), true);
socket.durable.emit("order", { tea: 2 }, (err, number) => {
  expect<Error | null>()(err, true);
  expect<number>()(number, true);
});
expect<number>()(await socket.durable.emitWithAck("order", { tea: 2 }), true);
socket.durable.emit("note", "text");
// A text that is not the id stays.
socket.durable.emit("say", "text");
expect<boolean>()(await socket.durable.emitWithAck("say", "text"), true);
socket.durable.emit("nothing");
expect<OutboxEntry[]>()(await socket.durable.entries(), true);
await socket.durable.clear();
// Without the outbox the id is one's own.
socket.emit("note", "id", "text");

const untyped = io({ outbox: kept });
untyped.durable.emit("any", 1, "a", () => {});
expect<any>()(await untyped.durable.emitWithAck("any", 1), true);

// @ts-expect-error: an event that is not there
socket.durable.emit("other");
// @ts-expect-error: an argument of a wrong type
socket.durable.emit("order", { tea: "2" });
// @ts-expect-error: the argument is missing
socket.durable.emit("say");
// @ts-expect-error: no such option
outbox({ maxcount: 1 });
// @ts-expect-error: not an outbox
io({ outbox: { name: "orders" } });
