// Events that outlive the page: the option `outbox`, and what a socket has by it.

import type { AckValue, ArgsBeforeAck, EventNames, EventParams, EventsMap } from "./events.js";

/** An event that waits to be sent, or did. */
export interface OutboxEntry {
  /** 32 hexadecimal digits: what the server gets in front of the arguments. */
  id: string;
  /** The event. */
  event: string | number;
  /** Its arguments, as they came out of JSON; binary data as `ArrayBuffer`. */
  args: any[];
  /** When it was emitted: milliseconds since 1970. */
  at: number;
  /** How many times it was sent without an acknowledgement. */
  tries: number;
  /** Its size in bytes: JSON and binary data. */
  bytes: number;
}

/** The options of an outbox. */
export interface OutboxOptions {
  /**
   * Which outbox: pages of one origin with the same name, and the same namespace, have one. It should name the user
   * and, where there are several, the server. Default: `"outbox"`.
   */
  name?: string;
  /** How many events may wait. One more is refused. Default: 1000. */
  maxCount?: number;
  /** How many bytes may wait. What is above that is refused. Default: 10,000,000. */
  maxBytes?: number;
  /** How old an event may become, in milliseconds, before it is dropped. Default: 7 days. */
  maxAge?: number;
  /** How many times an event is sent without an acknowledgement before it is dropped. Default: `Infinity`. */
  maxTries?: number;
  /** How long the acknowledgement may take, in milliseconds, before the event is sent again. Default: 10000. */
  ackTimeout?: number;
  /** Whether the server gets the id of the event, as its first argument. Default: true. */
  sendId?: boolean;
  /** Called with each event that the server has answered, in the tab that has sent it. Default: nothing. */
  onAnswer?: (entry: OutboxEntry, ...answer: any[]) => void;
  /**
   * Called with each event that was dropped, in the tab that has dropped it. Default: an uncaught error of the page,
   * unless an acknowledgement hears of it.
   */
  onDrop?: (entry: OutboxEntry, error: Error) => void;
}

/** What `outbox()` of `socketio-wasm/outbox` returns: for the option {@link SocketOptions.outbox}. */
export interface Outbox {
  /** Called by the socket that is made with it. */
  attach(socket: object): () => void;
}

/** The id of an event, where a type of the events names it: the first argument. */
export type DurableId = string & {
  /** By this alone the types know it from another text. There is no such property. */
  readonly [durableId]?: never;
};

declare const durableId: unique symbol;

/** What {@link Durable.emit} is given: the arguments of the event without the id and the acknowledgement. */
export type DurableArgs<Params extends any[]> = ArgsBeforeAck<Params> extends [infer First, ...infer Rest]
  ? typeof durableId extends keyof First
    ? Rest
    : ArgsBeforeAck<Params>
  : ArgsBeforeAck<Params>;

/**
 * Emits that outlive the page. They are kept until the server has acknowledged them, and sent in order, one at a time.
 *
 * @typeParam EmitEvents the events this side emits
 */
export interface Durable<EmitEvents extends EventsMap> {
  /**
   * Keeps an event, and sends it as soon as the socket, or that of another tab, is connected.
   * Resolves to its id when it is on the disk; rejected when it cannot be kept, and then it is not sent.
   */
  emit<Name extends EventNames<EmitEvents>>(
    event: Name,
    ...args: DurableArgs<EventParams<EmitEvents, Name>>
  ): Promise<string>;
  /** The same. The last argument is called when the server has answered, or with an error when it never will. */
  emit<Name extends EventNames<EmitEvents>>(
    event: Name,
    ...args: [
      ...args: DurableArgs<EventParams<EmitEvents, Name>>,
      ack: (err: Error | null, answer: AckValue<EventParams<EmitEvents, Name>>, ...more: any[]) => void,
    ]
  ): Promise<string>;
  /**
   * Keeps an event, and resolves to what the server answers, should the page live so long.
   * Rejected when it cannot be kept or is dropped.
   */
  emitWithAck<Name extends EventNames<EmitEvents>>(
    event: Name,
    ...args: DurableArgs<EventParams<EmitEvents, Name>>
  ): Promise<AckValue<EventParams<EmitEvents, Name>>>;
  /** What waits, in its order, from all tabs. */
  entries(): Promise<OutboxEntry[]>;
  /** Forgets what waits. */
  clear(): Promise<void>;
}
