// Whether figures that vary grow: the line of least squares, and how sure its slope is.

// Of Student's distribution, two-sided, 95 %: for 10 degrees of freedom; it is less for more.
const T = 2.228;

/** `{ slope, low, high, mean }` of points `[x, y]`: `low` to `high` has the slope with a confidence of 95 %. */
export function slopeOf(points) {
  const count = points.length;
  const mean = (at) => points.reduce((sum, point) => sum + point[at], 0) / count;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  const slope = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / spread;
  const rest = points.reduce((sum, point) => sum + (point[1] - y - slope * (point[0] - x)) ** 2, 0);
  const error = T * Math.sqrt(rest / (count - 2) / spread);
  return { slope, low: slope - error, high: slope + error, mean: y };
}
