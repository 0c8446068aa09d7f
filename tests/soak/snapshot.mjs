// Heap snapshots compared: what there is more of in the second.

// The page's own: not code, and what the engine keeps of it.
const KINDS = ["object", "closure", "native", "regexp"];

/** Of each kind and name, how many more there are in `after`. Only those that are `least` more, as texts. */
export function moreIn(before, after, least) {
  return [...after].flatMap(([name, count]) => {
    const more = count - (before.get(name) ?? 0);
    return more >= least ? [`${more} more: ${name}`] : [];
  });
}

/**
 * How many there are of each kind and name in a snapshot of Chromium's.
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/profiler/heap-snapshot-generator.cc
 */
export function countsIn({ snapshot: { meta }, nodes, strings }) {
  const [type, name] = ["type", "name"].map((field) => meta.node_fields.indexOf(field));
  const counts = new Map();
  for (let at = 0; at < nodes.length; at += meta.node_fields.length) {
    const kind = meta.node_types[type][nodes[at + type]];
    const key = `${kind} ${strings[nodes[at + name]]}`;
    if (!KINDS.includes(kind) || key.startsWith("native system /")) continue;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
