import { runIn } from "./harness/suite.mjs";

runIn("chromium", ["reference", "ours"]);
