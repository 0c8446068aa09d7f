// The course of a run, line by line: what the page saw, what passed the network, when it was broken.

const LINES = 60;

export function traceOf(error, { history, requests, troubles }) {
  const lines = [
    ...history.map(([at, ...what]) => ({ at, text: what.join(" ") })),
    ...requests.map((request) => ({ at: request.at, text: lineOf(request) })),
    ...troubles.flatMap(({ from, to }) => [{ at: from, text: "-- broken" }, { at: to, text: "-- mended" }]),
  ];
  lines.sort((one, other) => one.at - other.at);
  const shown = lines.slice(-LINES).map(({ at, text }) => `${at - lines[0].at} ms  ${text}`);
  return `${error.stack}\n${shown.join("\n")}`;
}

function lineOf({ method, url, verdict, again }) {
  const { searchParams } = new URL(url, "http://localhost");
  const what = typeof verdict === "object" ? verdict.status : verdict;
  const parts = [searchParams.get("transport"), searchParams.get("sid"), what, again && "again"];
  return [`    ${method}`, ...parts.filter(Boolean)].join(" ");
}
