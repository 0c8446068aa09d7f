// Three nodes behind a balancer that is not sticky: what goes wrong, what does not, and what is said of it.

import { lost, unsticky } from "./cases/stickiness.mjs";
import { startFarm } from "./farm.mjs";
import { suite, ways } from "./suite.mjs";

suite("three nodes without stickiness", () => startFarm({ sticky: false }), (scene) => {
  scene("the default options: connected to any node, and back on another after a crash", unsticky({}));
  scene("websocket: connected to any node, and back on another after a crash", unsticky(ways.websocket));
  scene("polling: the error asks whether the load balancer is sticky", lost(ways.polling));
  scene("upgrade: the error asks whether the load balancer is sticky", lost(ways.upgrade));
});
