import { which } from "../lib/paths.mjs";
import { Problem } from "../lib/problem.mjs";
import { cargoTool } from "./cargo-tools.mjs";
import { installDebian, say } from "./debian.mjs";

const CXX = process.env.CXX || "c++";

const missing = () => (which(CXX).length ? [] : [{ say: "a C++ compiler", debian: "g++" }]);

/** libFuzzer is in C++, and built from its source. */
const compiler = {
  title: "a C++ compiler",
  async run(progress) {
    const note = await installDebian(missing(), progress);
    if (missing().length) throw new Problem(say(missing()));
    return note;
  },
};

export const fuzzSteps = [compiler, cargoTool("cargo-fuzz")];
