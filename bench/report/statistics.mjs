// Medians and quartiles, of values and of the ratios between neighbouring turns.

export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  return sorted[low] + (sorted[Math.ceil(at)] - sorted[low]) * (at - low);
}

export function spread(values) {
  return { q1: quantile(values, 0.25), median: quantile(values, 0.5), q3: quantile(values, 0.75) };
}

/** A client to another, round by round: what slows a whole round down is in neither of its ratios. */
export function ratios(values, reference) {
  const pairs = values.map((value, round) => value / reference[round]).filter(Number.isFinite);
  return pairs.length ? spread(pairs) : undefined;
}

/**
 * One figure of a run: `turns` has a list of values for each client. Answers the figure with, for each client, `values`
 * and `ratio` (to the reference), and with `noise`: how far from 1 the reference's own second turn commonly is.
 */
export function summarise({ goal, against = "reference", ...figure }, turns) {
  const clients = {};
  for (const [client, values] of Object.entries(turns)) {
    clients[client] = { ...spread(values), values, ratio: ratios(values, turns.reference) };
  }
  const again = clients.again?.ratio;
  const noise = again ? Math.max(Math.abs(again.q1 - 1), Math.abs(again.q3 - 1)) : 0;
  const ratio = turns.wasm && turns[against] && ratios(turns.wasm, turns[against]);
  return { ...figure, goal, against, clients, noise, ratio, verdict: verdict({ ...figure, goal, ratio, noise }) };
}

/** "reached", "within the noise" or "missed"; undefined where there is no goal, or nothing to compare. */
function verdict({ goal, ratio, noise, moreIsBetter }) {
  if (goal === undefined || !ratio) return undefined;
  const excess = moreIsBetter ? goal / ratio.median : ratio.median / goal;
  if (excess <= 1) return "reached";
  return excess <= 1 + noise ? "within the noise" : "missed";
}

/**
 * Whether a checked figure is worse than it may be (`limit`, while its goal is not reached; otherwise its goal) by more
 * than the noise of its own run: even the better quarter of the rounds.
 */
export function isOver({ checked, goal, limit = goal, ratio, noise, moreIsBetter }) {
  if (!checked || !ratio) return false;
  const excess = moreIsBetter ? limit / ratio.q3 : ratio.q1 / limit;
  return excess > 1 + noise;
}
