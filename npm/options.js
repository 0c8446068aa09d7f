// Options: checked at once, copied.

import { isObject, wrong } from "../src/web/host.js";

const is = (type) => (value) => typeof value === type;
const isText = is("string");
// As text, too, as the reference takes it: what comes from the environment or out of a template.
const isDelay = (value) => (typeof value === "number" || isText(value)) && value >= 0;
const overflows = ["throw", "drop-oldest", "drop-newest"];

// Names, what they must be, and whether they are.
const CHECKS = new Map(
  [
    [
      "autoConnect forceNew multiplex reconnection upgrade withCredentials rememberUpgrade forceBase64 " +
        "addTrailingSlash closeOnBeforeunload reconnectOnOnline closeOnOffline closeOnPagehide checkOnResume",
      "true or false",
      is("boolean"),
    ],
    [
      "reconnectionDelay reconnectionDelayMax reconnectionAttempts randomizationFactor requestTimeout " +
        "retries ackTimeout maxAttachments maxBuffered",
      "a number, 0 or more",
      isDelay,
    ],
    ["timeout fallbackDelay", "a number, 0 or more, or false", (value) => isDelay(value) || value === false],
    ["path timestampParam host hostname", "a string", isText],
    ["query", "an object or a string", (value) => isObject(value) || isText(value)],
    ["extraHeaders transportOptions parser outbox", "an object", isObject],
    ["transports transportImplementations", "an array", Array.isArray],
    ["bufferOverflow", '"throw", "drop-oldest" or "drop-newest"', (value) => overflows.includes(value)],
  ].flatMap(([names, ...check]) => names.split(" ").map((name) => [name, check])),
);

/** A copy without what is missing: nothing, or no text. Throws a `TypeError` that names the first option that is wrong. */
export function checked(options) {
  options ??= {};
  if (!isObject(options)) throw wrong("the options", "an object");
  const given = Object.entries(options).filter(([, value]) => (value ?? "") !== "");
  for (const [name, value] of given) {
    const [expected, isGood] = CHECKS.get(name) ?? [];
    if (isGood && !isGood(value)) throw wrong(name, expected);
  }
  return Object.fromEntries(given);
}
