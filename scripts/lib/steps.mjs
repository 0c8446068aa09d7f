// Numbered steps, each with what it is doing now and how long it has taken.
// On a terminal one line is rewritten in place; elsewhere a line is printed now and then.

const live = Boolean(process.stdout.isTTY);
const QUIET_MS = 15_000;

/** Colours only where a person looks: https://no-color.org */
const coloured = live && !process.env.NO_COLOR;
const paint = (code) => (text) => (coloured ? `\x1b[${code}m${text}\x1b[0m` : text);
export const [bold, dim, red, green] = [1, 2, 31, 32].map(paint);

export function duration(ms) {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Runs `{ title, run(progress) }` one after the other. What `run` answers is shown beside the title. */
export async function runSteps(steps) {
  for (const [index, step] of steps.entries()) {
    const line = new StepLine(`[${index + 1}/${steps.length}] ${step.title}`);
    try {
      line.end(green("✓"), await step.run((text) => line.show(text)));
    } catch (error) {
      line.end(red("✗"), "failed");
      throw error;
    }
  }
}

class StepLine {
  #title;
  #begin = performance.now();
  #printed = performance.now();
  #text = "";
  #timer;

  constructor(title) {
    this.#title = title;
    this.#timer = setInterval(() => this.#draw(), live ? 200 : QUIET_MS);
    if (live) this.#draw();
  }

  show(text) {
    this.#text = text;
    if (live || performance.now() - this.#printed > QUIET_MS) this.#draw();
  }

  end(mark, note = "") {
    clearInterval(this.#timer);
    const took = dim(duration(performance.now() - this.#begin));
    const parts = [mark, this.#title, note && dim(note), took].filter(Boolean);
    process.stdout.write(`${live ? "\r\x1b[K" : ""}${parts.join("  ")}\n`);
  }

  #draw() {
    this.#printed = performance.now();
    const took = duration(performance.now() - this.#begin);
    const text = ["…", this.#title, this.#text, took].filter(Boolean).join("  ");
    // A line longer than the terminal would wrap, and could not be rewritten.
    process.stdout.write(live ? `\r\x1b[K${text.slice(0, (process.stdout.columns || 80) - 1)}` : `${text}\n`);
  }
}

/** Columns padded to their widest cell; the first column to the left, the others to the right. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const cell = (text, column) =>
    column ? String(text).padStart(widths[column]) : String(text).padEnd(widths[column]);
  return rows.map((row) => `  ${row.map(cell).join("   ")}`).join("\n");
}
