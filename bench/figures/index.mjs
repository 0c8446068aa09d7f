// All figures, in the order of the table.

import binary from "./binary.mjs";
import connect from "./connect.mjs";
import download from "./download.mjs";
import emit from "./emit.mjs";
import evaluate from "./evaluate.mjs";
import largeJson from "./large-json.mjs";
import leak from "./leak.mjs";
import memory from "./memory.mjs";
import namespaces from "./namespaces.mjs";
import ownCost from "./own-cost.mjs";
import receive from "./receive.mjs";
import roundTrip from "./round-trip.mjs";

/**
 * An experiment measures one or more figures of a client at a time:
 * - `name`, for `--only`; `kind`: what `measure` is given, see run.mjs; `cpu`: part of `--quick`
 * - `figures`: `key` in what `measure` answers, `title`, `unit`, and `goal`: the ratio to `against` (the reference)
 *   that it must not pass; with `moreIsBetter`, that it must reach. `checked`: `--check` fails when it is missed, or when it
 *   passes `limit`, which keeps what there is where the goal isn't reached
 * - `moreRounds`, `atMostRounds`: so many times the rounds, or no more than so many
 * - `without`: clients that have no such figure
 */
export const experiments = [
  ...[download, evaluate, connect, ownCost],
  ...[receive, emit, roundTrip, binary, largeJson, namespaces, memory, leak],
].flat();
