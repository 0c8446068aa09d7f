import { runIn } from "./harness/suite.mjs";

runIn("firefox", ["ours"]);
