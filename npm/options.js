// Options: checked at once, copied.

import { wrong } from "../src/web/address.js";
import { isObject } from "../src/web/host.js";

const isDelay = (value) => typeof value === "number" && value >= 0;
const isNotNegative = [isDelay, "a number, 0 or more"];
const isDelayOrNone = [(value) => isDelay(value) || value === false, "a number, 0 or more, or false"];
const isBoolean = [(value) => typeof value === "boolean", "true or false"];
const isText = [(value) => typeof value === "string", "a string"];
const isRecord = [isObject, "an object"];

const CHECKS = [
  ["autoConnect forceNew multiplex reconnection upgrade withCredentials rememberUpgrade forceBase64", isBoolean],
  ["addTrailingSlash closeOnBeforeunload", isBoolean],
  ["reconnectionDelay reconnectionDelayMax reconnectionAttempts randomizationFactor requestTimeout", isNotNegative],
  ["retries ackTimeout maxAttachments maxBuffered", isNotNegative],
  ["timeout fallbackDelay", isDelayOrNone],
  ["path timestampParam host hostname", isText],
  ["query", [(value) => isObject(value) || typeof value === "string", "an object or a string"]],
  ["extraHeaders transportOptions parser", isRecord],
  ["transports transportImplementations", [Array.isArray, "an array"]],
  [
    "bufferOverflow",
    [(value) => ["throw", "drop-oldest", "drop-newest"].includes(value), '"throw", "drop-oldest" or "drop-newest"'],
  ],
];

/** A copy without what is missing. Throws a `TypeError` that names the first option that is wrong. */
export function checked(options = {}) {
  if (!isObject(options)) throw wrong("the options", "an object");
  const copy = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined && value !== null));
  for (const [names, [isGood, expected]] of CHECKS) {
    for (const name of names.split(" ")) {
      if (name in copy && !isGood(copy[name])) throw wrong(name, expected);
    }
  }
  return copy;
}
