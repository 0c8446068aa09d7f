import { cargoProgress, progressEnv } from "../lib/cargo-progress.mjs";
import { cleanEnv, must, run } from "../lib/process.mjs";
import { runSteps } from "../lib/steps.mjs";
import { rust, wasmTarget } from "../setup/index.mjs";

const WASM = "--target wasm32-unknown-unknown";

const components = {
  title: "rustfmt and clippy",
  async run() {
    const present = await Promise.all(["fmt", "clippy"].map((name) => run("cargo", [name, "--version"])));
    if (present.every(({ code }) => code === 0)) return "there";
    await must("rustup component add", "rustup", ["component", "add", "rustfmt", "clippy"]);
    return "installed";
  },
};

const cargo = (title, words, more) => ({
  title,
  async run(progress) {
    const env = cleanEnv({ ...progressEnv, ...more });
    await must(`cargo ${words}`, "cargo", words.split(" "), { env, onLine: cargoProgress(progress), tail: 500 });
  },
});

const DENY = "-- -D warnings";
const DOC = { RUSTDOCFLAGS: "-D warnings" };

/** Everything that needs no test to be run. */
export default () =>
  runSteps([
    rust,
    wasmTarget,
    components,
    cargo("formatting", "fmt --all -- --check --color never"),
    cargo("clippy, native", `clippy --all-targets --all-features ${DENY}`),
    cargo("clippy, wasm32", `clippy ${WASM} --all-targets --all-features ${DENY}`),
    // Code that only a feature uses is dead without it.
    cargo("clippy, wasm32, no features", `clippy ${WASM} --lib --no-default-features ${DENY}`),
    cargo("rustdoc, native", "doc --no-deps --all-features", DOC),
    cargo("rustdoc, wasm32", `doc --no-deps --all-features ${WASM}`, DOC),
  ]);
