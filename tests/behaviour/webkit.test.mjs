import { runIn } from "./harness/suite.mjs";

runIn("webkit", ["ours"]);
