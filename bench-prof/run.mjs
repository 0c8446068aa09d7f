// The rounds: in each, the clients take turns, every time in another order.

import { experiments } from "./figures/index.mjs";
import { growthExperiments } from "./figures/growth.mjs";
import { names } from "./lab/clients.mjs";
import { summarise } from "./report/statistics.mjs";
import { Problem } from "../scripts/lib/problem.mjs";

const QUICK = { rounds: 5, scale: 0.25 };

/** The experiments of a run: all, those of `--quick`, or those whose name or part of it is in `only`. */
function choose({ quick, only }, all = experiments) {
  const isWanted = ({ name }) => only.length === 0 || only.some((part) => name.includes(part));
  return all.filter((experiment) => isWanted(experiment) && (!quick || experiment.cpu));
}

export function chooseAll(options) {
  const chosen = { figures: choose(options), growth: choose(options, growthExperiments) };
  if (chosen.figures.length + chosen.growth.length > 0) return chosen;
  const known = [...experiments, ...growthExperiments].map(({ name }) => name).join(", ");
  throw new Problem(`no figure is called ${options.only.join(" or ")}; there are ${known}`);
}

/** Measures one experiment in all rounds; answers its figures, summarised. */
export async function runExperiment(lab, experiment, { quick, rounds: wanted }, progress) {
  const { rounds, scale } = { rounds: wanted, scale: 1, ...(quick && QUICK) };
  const clients = names.filter((name) => !experiment.without?.includes(name));
  const turns = Object.fromEntries(clients.map((name) => [name, []]));
  const count = quick ? rounds : roundsOf(experiment, rounds);
  // The first turn of a page compiles: it does not count.
  if (isOpen(experiment)) for (const client of clients) await takeTurn(lab, experiment, client, { scale: scale / 2 });
  for (let round = 0; round < count; round++) {
    progress(`round ${round + 1} of ${count}`);
    for (const client of rotate(clients, round)) {
      turns[client].push(await takeTurn(lab, experiment, client, { scale }));
    }
  }
  return experiment.figures.map((figure) => {
    const values = Object.entries(turns).map(([client, taken]) => [client, taken.map((turn) => turn[figure.key])]);
    return summarise({ ...figure, experiment: experiment.name }, Object.fromEntries(values));
  });
}

const isOpen = ({ kind }) => kind === "line" || kind === "stand-in";

function roundsOf({ kind, moreRounds = 1, atMostRounds = Infinity }, rounds) {
  return kind === "once" ? 1 : Math.min(rounds * moreRounds, atMostRounds);
}

/** Neighbours change too: forwards in one round, backwards in the next, each time from another client on. */
function rotate(clients, round) {
  const from = round % clients.length;
  const order = [...clients.slice(from), ...clients.slice(0, from)];
  return round % 2 ? order.reverse() : order;
}

/** Experiments in open pages are given the page; others the lab, and make what they need. */
async function takeTurn(lab, experiment, client, settings) {
  try {
    if (!isOpen(experiment)) return await experiment.measure(lab, client, settings);
    return await experiment.measure(await lab.page(client, experiment.kind), settings);
  } catch (error) {
    error.message = `${experiment.name}, ${client}: ${error.message}`;
    throw error;
  }
}
