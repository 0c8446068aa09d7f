import { slopeOf } from "./slope.mjs";

const EXACT = ["wasm", "timers", "sessions", "sockets", "others"];
// What may be more at the line's end than at its beginning: what the engine adds to the heap by itself while it compiles
// and optimises what runs often; listeners of the requests that happen to be under way.
const OWN = { heap: 96 * 1024, listeners: 2 };

/**
 * What is wrong with the looks at a soak, as texts. What is counted has to be the same each time. What varies, heap and
 * listeners, grows if its slope is above zero with a confidence of 95 % and makes more over the whole way than `OWN`.
 */
export function faultsOf(looks) {
  const changes = EXACT.flatMap((name) => {
    const values = [...new Set(looks.map((look) => look[name]))];
    return values.length === 1 ? [] : [`${name} changed: ${values.join(", ")}`];
  });
  const growths = Object.entries(OWN).flatMap(([name, own]) => {
    const { low, growth } = lineOf(looks, name);
    return low > 0 && growth > own ? [`${name} grew by ${Math.round(growth)}`] : [];
  });
  return [...changes, ...growths];
}

/** The slope of a figure for each reconnection, with its bounds, and what it makes over the whole way. */
export function lineOf(looks, name) {
  const line = slopeOf(looks.map((look) => [look.reconnections, look[name]]));
  return { ...line, growth: line.slope * (looks.at(-1).reconnections - looks[0].reconnections) };
}
