// Three nodes behind a sticky balancer, with Redis between them.

import { broadcast } from "./cases/broadcast.mjs";
import { crash } from "./cases/crash.mjs";
import { ended, recovery, takenOut } from "./cases/recovery.mjs";
import { elsewhere } from "./cases/stickiness.mjs";
import { startFarm } from "./farm.mjs";
import { suite, ways } from "./suite.mjs";

suite("three nodes and Redis", startFarm, (scene) => {
  for (const [way, options] of Object.entries(ways)) {
    scene(`${way}: what one says reaches the clients of all nodes, once and in order`, broadcast(options));
    scene(`${way}: a node crashes: its clients come back on another; it has clients again when it is back`, crash(options));
    scene(`${way}: a node is taken out: recovered on another, nothing lost or doubled`, recovery(options, takenOut));
    scene(`${way}: a node ends in good order: recovered on another, nothing lost or doubled`, recovery(options, ended));
  }
  scene("polling: the page of another origin stays on its node if it is told to keep the cookie", elsewhere);
});
