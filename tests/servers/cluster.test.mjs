// Three workers of Node's cluster, with its adapter, behind a sticky balancer.

import { broadcast } from "./cases/broadcast.mjs";
import { replaced } from "./cases/workers.mjs";
import { suite, ways } from "./suite.mjs";
import { startWorkers } from "./workers.mjs";

suite("three workers of a cluster", startWorkers, (scene) => {
  for (const [way, options] of Object.entries(ways)) {
    scene(`${way}: what one says reaches the clients of all workers, once and in order`, broadcast(options));
    scene(`${way}: a worker crashes: its clients come back on another, and its successor has clients`, replaced(options));
  }
});
