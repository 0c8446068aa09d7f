// What is wrong with a run, and its figures.

/** A wait begins a little before the page is told, and a busy machine tells late. */
const shortest = (wait) => wait * 0.9 - 20;

/** How much later than a request that was sent at the same moment a busy page may look at its clock, in ms. */
const LATE = 200;

export function figuresOf(record) {
  const { sent, answered, came, handled, notes, emitted, ticks, history, troubles, requests } = record;
  const numbers = ticks.map(([number]) => number);
  return {
    sent,
    answered,
    came: came.length,
    lost: missing(sent, handled),
    doubled: handled.length - new Set(handled).size,
    misordered: misordered(handled),
    cameMisordered: cameMisordered(came),
    noteLost: missing(sent, notes),
    noteDoubled: notes.length - new Set(notes).size,
    noteMisordered: misordered([...new Set(notes)]),
    emitted,
    tickLost: missing(emitted, numbers),
    tickDoubled: numbers.length - new Set(numbers).size,
    tickMisordered: misordered(numbers),
    connects: history.filter(([, what]) => what === "connect").length,
    recovered: history.filter(([, what, recovered]) => what === "connect" && recovered).length,
    attempts: history.filter(([, what]) => what === "attempt").length,
    requests: requests.length,
    failed: requests.filter(({ verdict }) => verdict).length,
    repeated: repeated(record, "GET").length,
    back: timeToReconnect(history, troubles),
  };
}

function missing(count, numbers) {
  return count - new Set(numbers).size;
}

function misordered(numbers) {
  return numbers.filter((number, at) => at && number < numbers[at - 1]).length;
}

/**
 * Without a server that handles each event once: what comes for the first time is in order, and over one connection
 * copies are, too. A connection that was given up may still bring a copy of what came over the next one.
 */
function cameMisordered(came) {
  const first = [...new Set(came.map(([number]) => number))];
  const connections = [...new Set(came.map(([, connection]) => connection))];
  const over = connections.map((wanted) => came.filter(([, own]) => own === wanted).map(([number]) => number));
  return [first, ...over].reduce((sum, numbers) => sum + misordered(numbers), 0);
}

/** The longest time from a mended network to the connection, in ms; undefined where none was lost. */
function timeToReconnect(history, troubles) {
  const times = troubles.flatMap(({ from, to }, at) => {
    const end = troubles[at + 1]?.from ?? Infinity;
    const within = history.filter(([time]) => time >= from && time < end);
    const [first] = within.filter(([time, what]) => what === "connect" && time >= to);
    const isLost = within.some(([, what]) => what === "disconnect" || what === "connect_error");
    return first && isLost ? [first[0] - to] : [];
  });
  return times.length ? Math.max(...times) : undefined;
}

const never = [
  ...["lost", "doubled", "misordered", "cameMisordered"],
  ...["noteMisordered", "tickDoubled", "tickMisordered"],
];

/** What is wrong, as a list of sentences. */
export function problemsOf(record, { fault, recovery }) {
  const figures = figuresOf(record);
  const wrong = [];
  const expect = (good, text) => good || wrong.push(text);
  for (const name of never) {
    expect(figures[name] === 0, `${name}: ${figures[name]}`);
  }
  expect(figures.sent > 0 && figures.answered === figures.sent, `answered: ${figures.answered} of ${figures.sent}`);
  expect(!record.refused.length, `refused: ${record.refused[0]}`);
  expect(figures.emitted > 0, "nothing was emitted to the page");
  const gap = gaps(record);
  wrong.push(...hammering(record), ...gap.wrong, ...noteGaps(record), ...noteCopies(record));
  if (fault.counts) wrong.push(...tooManyRequests(record));
  if (recovery && fault.recovers) {
    expect(figures.recovered === figures.connects - 1, `recovered: ${figures.recovered} of ${figures.connects - 1}`);
    const unexcused = figures.tickLost - gap.excused;
    expect(unexcused <= 0, `lost in spite of the recovery: ${unexcused}`);
  }
  return wrong;
}

/** Attempts that come sooner than the options allow. */
function hammering({ history, options }) {
  const { reconnectionDelay: delay, reconnectionDelayMax: most } = options;
  let ended = 0;
  return history.flatMap(([time, what, attempt]) => {
    if (what !== "attempt") ended = time;
    if (what !== "attempt") return [];
    const least = Math.min((delay * 2 ** (attempt - 1)) / 2, most);
    return time - ended < shortest(least) ? [`attempt ${attempt} after ${time - ended} ms, not ${least}`] : [];
  });
}

/** An attempt is one request by each transport, and some were under way; what a browser does beyond is its own affair. */
function tooManyRequests({ history, requests, options }) {
  const own = requests.filter(({ verdict, isWebSocket, again }) => verdict === "reset" && (isWebSocket || !again));
  const attempts = history.filter(([, what]) => what === "attempt").length;
  const most = attempts * options.transports.length + 3;
  return own.length > most || !own.length ? [`${own.length} requests in ${attempts} attempts`] : [];
}

/**
 * What is missing between two events of the server was lost with a connection: none within one, and none over a break
 * from which the state was recovered. There is one excuse: a poll that the browser itself has sent again in that time.
 * Answers the sentences, and how many events were excused.
 */
function gaps(record) {
  const again = repeated(record, "GET");
  const wrong = [];
  let excused = 0;
  for (const { from, to, since, until } of holes(record)) {
    const excuse = again.findIndex(({ at }) => at > since - LATE && at < until + LATE);
    if (excuse < 0) wrong.push(`events ${from} to ${to} are missing, with no break`);
    else excused += to - from + 1;
    again.splice(excuse, excuse < 0 ? 0 : 1);
  }
  return { wrong, excused };
}

/** Where events of the server are missing though no connection broke, or the state was recovered. */
function holes({ ticks, history }) {
  const recovered = recoveries(history);
  return ticks.slice(1).flatMap(([number, part, until], at) => {
    const [before, partBefore, since] = ticks[at];
    const isExplained = recovered.slice(partBefore, part).includes(false);
    return number <= before + 1 || isExplained ? [] : [{ from: before + 1, to: number - 1, since, until }];
  });
}

/**
 * What is emitted without `retries` may be missing where its connection broke, and then with all that followed it there.
 * What was emitted between two connections goes over the next one.
 */
function noteGaps({ noted, notes, noteConnects }) {
  const came = new Set(notes);
  const last = [];
  noted.forEach((connection, at) => came.has(at + 1) && (last[connection] = at + 1));
  return noted.flatMap((connection, at) => {
    const mayBeLost = connection < noteConnects && !(last[connection] > at);
    return came.has(at + 1) || mayBeLost ? [] : [`note ${at + 1} is missing, with no break`];
  });
}

/** None comes twice. There is the same excuse: of each request that the browser itself has sent again, all comes again. */
function noteCopies(record) {
  const again = record.notes.filter((number, at, all) => number <= all[at - 1]).length;
  const excused = repeated(record, "POST").length;
  return again > excused ? [`notes came again ${again} times, of which the browser repeated ${excused}`] : [];
}

/** After a reset a browser asks again when the connection was in use before: the first answer is gone, nobody is told. */
function repeated({ requests }, wanted) {
  return requests.filter(({ method, isWebSocket, again }) => again && !isWebSocket && method === wanted);
}

/** Of each break whether the connection after it was recovered. */
function recoveries(history) {
  const ofNext = (at) => history.slice(at).find(([, what]) => what === "connect")?.[2] ?? false;
  return history.flatMap(([, what], at) => (what === "disconnect" ? [ofNext(at)] : []));
}
