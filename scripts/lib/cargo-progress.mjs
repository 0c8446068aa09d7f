// Cargo draws its progress bar into a pipe only when told to; the bar's "12/34" is all that says how far it is.

export const progressEnv = {
  CARGO_TERM_PROGRESS_WHEN: "always",
  CARGO_TERM_PROGRESS_WIDTH: "100",
  CARGO_TERM_COLOR: "never",
};

/** Turns cargo's lines into "compiling 12 of 34" and "downloading syn". */
export function cargoProgress(progress) {
  return (line) => {
    const [, at, of] = /Building \[.*\] (\d+)\/(\d+)/.exec(line) ?? [];
    if (of) return progress(`compiling ${at} of ${of}`);
    const [, what] = /^\s*(Updating|Downloading|Downloaded|Blocking|Locking)\b.*/.exec(line) ?? [];
    if (what) progress(what.toLowerCase());
  };
}
