// The line of the latest round trips; a second without an answer is a gap.

const samplesShown = 30;
const width = 600;
const height = 100;
const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

export function createChart(svg, maxLabel) {
  const [area, curve] = svg.querySelectorAll("path");
  const samples = [];

  return {
    add(milliseconds) {
      samples.push(milliseconds);
      if (samples.length > samplesShown) samples.shift();
      const measured = samples.filter((sample) => sample !== undefined);
      if (measured.length === 0) return;

      const longest = Math.max(...measured);
      const max = steps.find((step) => step >= longest) ?? longest;
      const runs = toRuns(samples, max);
      curve.setAttribute("d", runs.map(toCurve).join(""));
      area.setAttribute("d", runs.map((run) => `${toCurve(run)}V${height}H${run[0].x}Z`).join(""));
      maxLabel.textContent = `${Math.round(max)} ms`;
      svg.setAttribute("aria-label", summary(measured));
    },
  };
}

// The newest sample is at the right edge; a gap ends a run.
function toRuns(samples, max) {
  const runs = [];
  let run;
  samples.forEach((sample, index) => {
    if (sample === undefined) {
      run = undefined;
      return;
    }
    if (!run) runs.push((run = []));
    const x = width - ((samples.length - 1 - index) * width) / (samplesShown - 1);
    run.push({ x: round(x), y: round(height - (sample / max) * height) });
  });
  return runs;
}

function toCurve(run) {
  const [first, ...rest] = run;
  // A single point is drawn too, as a line of no length with a round end.
  const points = rest.length > 0 ? rest : [first];
  return `M${first.x} ${first.y}${points.map(({ x, y }) => `L${x} ${y}`).join("")}`;
}

function summary(measured) {
  const average = measured.reduce((sum, sample) => sum + sample, 0) / measured.length;
  const longest = Math.max(...measured);
  return `Round trips of the last half minute: ${average.toFixed(1)} ms on average, ${longest.toFixed(1)} ms at most`;
}

function round(number) {
  return Math.round(number * 10) / 10;
}
