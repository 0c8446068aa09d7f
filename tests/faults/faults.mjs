// The faults: what each is, and its script, which the network follows by time and by bytes.

import * as strikes from "./strikes.mjs";

/** After that long a silence the connection is given up: `pingInterval` and `pingTimeout` of server.mjs. */
const HEARTBEAT = 2_000;

const broken = [strikes.breakNext("down"), strikes.breakNext("up")];

const patient = { server: { pingTimeout: 6_000 }, client: { ackTimeout: 8_000, timeout: 15_000 } };

/** While the connection opens, and later in its midst. */
const early = (strike) => async (run) => {
  await run.trouble(1_000, strike);
  await later(strike)(run);
};

const later = (strike, ms = 2_500, wait = 1_000) => async (run) => {
  await run.connected();
  await run.pause(wait);
  await run.trouble(ms, strike);
};

/** Each time a new session, to which that happens as it begins. */
const opening = (strikes) => async (run) => {
  for (const strike of strikes) {
    await run.connected();
    await run.lose();
    await run.blow(strike);
    await run.pause(HEARTBEAT + 300);
  }
};

/** Some blows, with time between them. `isNoticedLate`: the page still counts itself as connected for a while. */
const blows = (strikes, wait, isNoticedLate = false) => async (run) => {
  for (const strike of strikes) {
    const { connects } = await run.connected();
    await run.pause(wait);
    await run.blow(strike);
    if (isNoticedLate) await run.connected(connects + 1);
  }
};

/** From the first byte on, over the head and the length of frames and requests and what they carry. */
const walk = (step) =>
  Array.from({ length: 24 }, (_, at) => strikes.behindByte(at % 2 ? "up" : "down", Math.floor(at / 2) * 2 * step + (at % 2)));

/** Those that take longest begin first. */
export const faults = [
  {
    name: "the server's welcome lost",
    says: "the answer to CONNECT does not arrive, or by half, and a reset or silence follows",
    script: opening(["break", "silence", "reset"].map(strikes.welcome)),
  },
  {
    name: "connection refused",
    says: "nobody listens: for 1 s at the start, for 2.5 s later",
    recovers: true,
    prepare: ({ network }) => network.refuse(),
    async script(run) {
      await run.trouble(1_000, () => () => run.network.accept());
      await later(strikes.refused)(run);
    },
  },
  {
    name: "reset in the middle of a frame",
    says: "half of a frame, or of a request, then a reset; six times, three each way",
    recovers: true,
    script: blows([...broken, ...broken, ...broken], 700),
  },
  {
    name: "reset behind each byte in turn",
    says: "counted from break to break, 24 times, more each time: by 5 over a WebSocket, by 25 over HTTP; each way in turn",
    script: (run) => blows(walk(run.transport === "websocket" ? 5 : 25), 300)(run),
  },
  {
    name: "half-open",
    says: "the connection carries nothing any more and does not end; twice. With the usual `reconnectionDelay`, 1 s",
    recovers: true,
    // Both ends notice at the same time: the server must have, before the page is back.
    client: { reconnectionDelay: 1_000, reconnectionDelayMax: 1_000 },
    script: blows([strikes.silent, strikes.silent], 1_000, true),
  },
  ...[[1, 30], [10, 10], [30, 6]].map(([percent, seconds]) => ({
    name: `${percent} % of the requests fail`,
    says: `by chance, for ${seconds} s: reset, a proxy's page, or the answer lost; WebSockets are cut three times per second`,
    script: (run) => run.trouble(seconds * 1_000, strikes.failing(percent / 100)),
  })),
  {
    name: "502 from a proxy",
    says: "an HTML page in the place of each answer: for 1 s at the start, for 2.5 s later",
    recovers: true,
    prepare: strikes.answering(502, "502 Bad Gateway"),
    script: early(strikes.answering(502, "502 Bad Gateway")),
  },
  {
    name: "504 from a proxy",
    says: "the same, with that status",
    recovers: true,
    prepare: strikes.answering(504, "504 Gateway Time-out"),
    script: early(strikes.answering(504, "504 Gateway Time-out")),
  },
  {
    name: "captive portal",
    says: "200 and an HTML page in the place of each answer: for 1 s at the start, for 2.5 s later",
    recovers: true,
    prepare: strikes.answering(200, "Welcome to our Wi-Fi"),
    script: early(strikes.answering(200, "Welcome to our Wi-Fi")),
  },
  {
    name: "slow loris",
    says: "10 bytes per second: for 1 s at the start, for 2.5 s later; who has begun so goes on so",
    recovers: true,
    prepare: strikes.trickling,
    script: early(strikes.trickling),
  },
  {
    name: "2 s latency",
    says: "a second each way, for 8 s from the start",
    recovers: true,
    ...patient,
    prepare: strikes.slow,
    script: (run) => run.trouble(8_000, strikes.slow),
  },
  {
    name: "2 s latency, an impatient page",
    says: "the same, and an answer is awaited for 1.5 s",
    recovers: true,
    server: patient.server,
    client: { ackTimeout: 1_500, timeout: 15_000 },
    prepare: strikes.slow,
    script: (run) => run.trouble(12_000, strikes.slow),
  },
  {
    name: "20 kB/s",
    says: "for 8 s from the start; the events of both ways need nearly all of it",
    recovers: true,
    ...patient,
    size: 1_500,
    prepare: strikes.narrow,
    script: (run) => run.trouble(8_000, strikes.narrow),
  },
  {
    name: "cut every two seconds",
    says: "all connections are reset, four times",
    recovers: true,
    script: blows(Array(4).fill(strikes.cut), 2_000),
  },
  {
    name: "the WebSocket lost as it opens",
    says: "in the handshake, with the probe, with its answer, with the upgrade packet, after it: reset, or silence",
    only: ["websocket", "upgrade"],
    script: opening([
      strikes.young("down", 0, "break"),
      strikes.young("up", 1, "reset"),
      strikes.young("down", 1, "reset"),
      strikes.young("up", 2, "reset"),
      strikes.young("down", 2, "reset"),
      strikes.young("up", 1, "silence"),
      strikes.young("up", 2, "silence"),
    ]),
  },
  {
    name: "server restarted",
    says: "ends all its connections, and is back half a second later, with no memory of its sessions",
    async script(run) {
      await run.connected();
      await run.pause(1_500);
      await run.trouble(500, strikes.restarted);
    },
  },
  {
    name: "server gone for long",
    says: "for 12 s, each request is reset; then back",
    recovers: true,
    counts: true,
    script: later(strikes.gone, 12_000),
  },
  {
    name: "server gone for ten minutes",
    says: "the same for 600 s, with the waits that pages have unless they say otherwise",
    recovers: true,
    counts: true,
    isLong: true,
    every: 5_000,
    client: { reconnectionDelay: 1_000, reconnectionDelayMax: 5_000, timeout: 20_000 },
    script: later(strikes.gone, 600_000, 6_000),
  },
  {
    name: "the server's name is not found",
    says: "for 1 s at the start, for 2.5 s later",
    recovers: true,
    url: ({ port }) => `http://nowhere.invalid:${port}`,
    script: early(strikes.nameless),
  },
];

const transports = ["websocket", "polling", "upgrade"];

/** Each fault by each transport that it concerns. The longest ones only where that is asked for, and in Chromium. */
export function settings({ browserName, long = false } = {}) {
  const isWanted = ({ isLong }) => !isLong || (long && browserName === "chromium");
  const chosen = browserName ? faults.filter(isWanted) : faults;
  return chosen.flatMap((fault) => (fault.only ?? transports).map((transport) => ({ fault, transport })));
}
