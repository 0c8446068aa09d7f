// Typed events: what sockets, managers and engines have in common.

/** The names of events, each with the type of its listener. */
export interface EventsMap {
  [event: string]: any;
}

/** Any event, with any arguments: what is used when a socket is given no types. */
export interface DefaultEventsMap {
  [event: string]: (...args: any[]) => void;
}

/**
 * The names in a map of events: those that are text, as no other can be sent. The reference's type, so that code for
 * both fits.
 */
export type EventNames<Map extends EventsMap> = keyof Map & (string | symbol);

/** The arguments of an event. */
export type EventParams<Map extends EventsMap, Name extends EventNames<Map>> = Parameters<Map[Name]>;

/** The names that can be listened to: those of the server and those of the object itself. */
export type ListenerNames<Listen extends EventsMap, Reserved extends EventsMap> =
  | EventNames<Reserved>
  | EventNames<Listen>;

/** The type of the listener of one event. A map that is not known yet, in a generic function, takes any listener. */
export type ListenerOf<Listen extends EventsMap, Reserved extends EventsMap, Name> = OrUntyped<
  Name extends EventNames<Reserved> ? Reserved[Name] : Name extends EventNames<Listen> ? Listen[Name] : never
>;

type OrUntyped<Listener> = [Listener] extends [never] ? (...args: any[]) => void | Promise<void> : Listener;

/** A listener of all events: the name, then the arguments. */
export type AnyListener = (event: any, ...args: any[]) => void;

/**
 * Puts an error in front of what acknowledgements get, as {@link Socket.timeout} and the option
 * {@link SocketOptions.ackTimeout} do. It is `null` when the answer came.
 *
 * @example
 * // All acknowledgements of this socket can fail, as the option says so.
 * const socket: Socket<Listen, DecorateAcknowledgements<Emit>> = io({ ackTimeout: 5000 });
 */
export type DecorateAcknowledgements<Map> = {
  [Name in keyof Map]: Map[Name] extends (...args: infer Params) => infer Result
    ? (...args: ErrorFirstAll<Params>) => Result
    : Map[Name];
};

type ErrorFirstAll<Params extends any[]> = { [Index in keyof Params]: WithErrorFirst<Params[Index]> };

// Distributes over `Ack | undefined`: an acknowledgement may be optional.
type WithErrorFirst<Param> = Param extends ErrorFirst<any, any>
  ? typeof errorFirst extends keyof Param
    ? Param
    : ErrorFirstOf<Param>
  : ErrorFirstOf<Param>;

type ErrorFirstOf<Param> = Param extends (...args: infer Args) => infer Result ? ErrorFirst<Args, Result> : Param;

declare const errorFirst: unique symbol;

/** An acknowledgement that gets an error first, `null` when the answer came. */
export interface ErrorFirst<Args extends any[], Result> {
  (err: Error, ...args: Args): Result;
  /** By this alone the types know it from one whose first argument happens to be an error. There is no such property. */
  readonly [errorFirst]?: never;
}

type AckFunction = (...args: any[]) => any;

/** The last of some arguments, be it optional or not. */
type LastOf<Params extends any[]> = Required<Params> extends [...any[], infer Last] ? Last : any;

/** Whether the last argument is an acknowledgement. An argument of type `any` or `unknown` can be one. */
type EndsInAck<Params extends any[]> = unknown extends LastOf<Params>
  ? true
  : NonNullable<LastOf<Params>> extends AckFunction
    ? true
    : false;

// The first case does not match an optional acknowledgement. What is before it has to be given, be it `undefined`.
type AllButLast<Params extends any[]> = Params extends [...infer Head, any]
  ? Head
  : Required<Params> extends [...infer Head, any]
    ? { [Index in keyof Head]: Index extends keyof Params ? Params[Index] : Head[Index] }
    : any[];

/** What {@link Socket.emitWithAck} is given: the arguments of the event without its acknowledgement. */
export type ArgsBeforeAck<Params extends any[]> = EndsInAck<Params> extends true ? AllButLast<Params> : Params;

/** What {@link Socket.emitWithAck} resolves to: the first thing that the server answers with. */
export type AckValue<Params extends any[]> = unknown extends LastOf<Params>
  ? any
  : FirstArg<NonNullable<LastOf<Params>>>;

type FirstArg<Ack> = Ack extends (...args: infer Args) => any
  ? FirstOf<typeof errorFirst extends keyof Ack ? AllButFirst<Args> : Args>
  : any;

type FirstOf<Args extends any[]> = Args extends [] ? undefined : Args[0];
type AllButFirst<Args extends any[]> = Args extends [any, ...infer Rest] ? Rest : any[];

/**
 * Listeners. All methods but the last two return the object itself.
 *
 * A listener that throws disturbs nothing: its error goes to the page's error handlers.
 * See https://developer.mozilla.org/docs/Web/API/Window/reportError
 */
export declare abstract class Emitter<Listen extends EventsMap, Reserved extends EventsMap> {
  /**
   * Calls `listener` each time `event` comes, in the order in which listeners were added.
   * @throws TypeError when `listener` is no function
   */
  on<Name extends ListenerNames<Listen, Reserved>>(event: Name, listener: ListenerOf<Listen, Reserved, Name>): this;
  /** The same as {@link Emitter.on}. */
  addEventListener<Name extends ListenerNames<Listen, Reserved>>(
    event: Name,
    listener: ListenerOf<Listen, Reserved, Name>,
  ): this;
  /**
   * Calls `listener` the next time `event` comes, and then no more.
   * @throws TypeError when `listener` is no function
   */
  once<Name extends ListenerNames<Listen, Reserved>>(event: Name, listener: ListenerOf<Listen, Reserved, Name>): this;
  /**
   * Removes one listener of `event`, or all of `event`, or, without arguments, all.
   * A listener that was added twice is removed once.
   */
  off<Name extends ListenerNames<Listen, Reserved>>(event?: Name, listener?: ListenerOf<Listen, Reserved, Name>): this;
  /** The same as {@link Emitter.off}. */
  removeListener<Name extends ListenerNames<Listen, Reserved>>(
    event?: Name,
    listener?: ListenerOf<Listen, Reserved, Name>,
  ): this;
  /** The same as {@link Emitter.off}. */
  removeEventListener<Name extends ListenerNames<Listen, Reserved>>(
    event?: Name,
    listener?: ListenerOf<Listen, Reserved, Name>,
  ): this;
  /** The same as {@link Emitter.off}. */
  removeAllListeners<Name extends ListenerNames<Listen, Reserved>>(event?: Name): this;
  /** The listeners of `event`, in their order. */
  listeners<Name extends ListenerNames<Listen, Reserved>>(event: Name): ListenerOf<Listen, Reserved, Name>[];
  /** Whether `event` has a listener. */
  hasListeners<Name extends ListenerNames<Listen, Reserved>>(event: Name): boolean;
}
