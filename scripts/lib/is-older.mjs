// Read by the version check itself: nothing in here that an old Node would not understand.

/** Whether a version such as "1.95.0" or "1.97.0-nightly" comes before another. */
export function isOlder(version, than) {
  const [a, b] = [version, than].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  const at = a.findIndex((number, index) => number !== b[index]);
  return at >= 0 && a[at] < b[at];
}
