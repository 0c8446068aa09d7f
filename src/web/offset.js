// Connection state recovery: the place in the server's log that comes as the last argument of its events.

// The digits of base 64 are 0-9, A-Z, a-z, - and _.
const valueOf = (digit) => (/[^\W_]/.test(digit) ? parseInt(digit, 36) + 26 * (digit > "Z") : 62 + (digit > "-"));
const MONTH = 2_600_000_000;

const isRecent = (ms) => Math.abs(ms - Date.now()) < MONTH;
const isStreamId = (text) => /^\d{13,}-\d+$/.test(text);
const isObjectId = (text) => /^[\da-f]{24}$/.test(text);

/**
 * Whether a text is such a place, and not the last argument of a volatile event, which has none. Only its form can tell:
 * a time in base 64 (the server's own adapters), a Redis stream's id, or a MongoDB ObjectId. `last`: the one before.
 */
export function isOffset(text, last) {
  if (typeof text !== "string") return false;
  if (isStreamId(text)) return true;
  // The others are times of late, and a server that has one form has no other.
  if (isObjectId(text)) return (!last || isObjectId(last)) && isRecent(parseInt(text.slice(0, 8), 16) * 1000);
  const [, time] = /^([\w-]{7})(\.[\w-]+)?$/.exec(text) ?? [];
  return !!time && isRecent([...time].reduce((sum, digit) => sum * 64 + valueOf(digit), 0));
}
