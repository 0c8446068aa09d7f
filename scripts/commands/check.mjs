import { crateAdvisories, crateRules } from "../audit/crates.mjs";
import { packageAdvisories } from "../audit/packages.mjs";
import { cargoProgress, progressEnv } from "../lib/cargo-progress.mjs";
import { manifest } from "../lib/manifest.mjs";
import { cleanEnv, must, run } from "../lib/process.mjs";
import { runSteps } from "../lib/steps.mjs";
import { cargoTool, toolsEnv } from "../setup/cargo-tools.mjs";
import { rust, wasmTarget } from "../setup/index.mjs";
import { toolchain } from "../setup/rust.mjs";

const WASM = "--target wasm32-unknown-unknown";
const DENY = "-- -D warnings";
const DOC = { RUSTDOCFLAGS: "-D warnings" };

const components = {
  title: "rustfmt and clippy",
  async run() {
    const present = await Promise.all(["fmt", "clippy"].map((name) => run("cargo", [name, "--version"])));
    if (present.every(({ code }) => code === 0)) return "there";
    await must("rustup component add", "rustup", ["component", "add", "rustfmt", "clippy"]);
    return "installed";
  },
};

async function cargo(words, progress, more) {
  const env = cleanEnv({ ...progressEnv, ...more });
  return must(`cargo ${words}`, "cargo", words.split(" "), { env, onLine: cargoProgress(progress), tail: 500 });
}

const step = (title, words, more) => ({
  title,
  async run(progress) {
    await cargo(words, progress, more);
  },
});

/** The same command with each combination of features: code that only one of them uses is dead without it. */
const combinations = (title, words) => ({
  title,
  async run(progress) {
    const { PATH } = await toolsEnv();
    // Without `default`, which is only a name for a combination of the others.
    const all = words.replace(/^\w+/, "hack $& --feature-powerset --exclude-features default");
    const { stderr } = await cargo(all, progress, { PATH });
    return `${stderr.match(/^info: running /gm).length} combinations of features`;
  },
});

const oldestRust = {
  title: "the oldest Rust to use the crate with",
  async run(progress) {
    const { rust_version: version } = await manifest();
    const { name, missing } = await toolchain(version, progress);
    // clippy has looked whether std's functions are that old, but at nothing else.
    if (missing) return `${version} NOT TRIED, seen by clippy's incompatible_msrv only: ${missing}`;
    const args = `run ${name} cargo check --locked --lib --all-features ${WASM} --target-dir target/oldest-rust`;
    const options = { env: cleanEnv(progressEnv), onLine: cargoProgress(progress), tail: 500 };
    await must(`cargo check with Rust ${name}`, "rustup", args.split(" "), options);
    return name;
  },
};

const docsRs = {
  title: "rustdoc, as docs.rs makes it",
  async run(progress) {
    const { targets, features, "rustdoc-args": args } = (await manifest()).metadata.docs.rs;
    const words = `doc --no-deps --lib --target ${targets[0]} --features ${features} --target-dir target/unstable`;
    // docs.rs has a nightly Rust, for the labels that name an item's feature.
    await cargo(words, progress, { RUSTDOCFLAGS: ["-D warnings", ...args].join(" "), RUSTC_BOOTSTRAP: "1" });
  },
};

/** Everything that needs no test to be run. */
export default () =>
  runSteps([
    rust,
    wasmTarget,
    components,
    cargoTool("cargo-hack"),
    cargoTool("cargo-deny"),
    step("formatting", "fmt --all -- --check --color never"),
    step("formatting of the examples", "fmt --manifest-path examples/Cargo.toml --all -- --check --color never"),
    step("formatting of the fuzz targets", "fmt --manifest-path fuzz/Cargo.toml --all -- --check --color never"),
    combinations("clippy, native", `clippy --all-targets ${DENY}`),
    combinations("clippy, wasm32", `clippy ${WASM} --all-targets ${DENY}`),
    // Alone: beside the tests the library gets the features that they turn on in other crates.
    combinations("clippy, wasm32, the library", `clippy ${WASM} --lib ${DENY}`),
    step("clippy, the fuzz targets", `clippy --manifest-path fuzz/Cargo.toml --lib --target-dir target/fuzz ${DENY}`),
    oldestRust,
    step("rustdoc, native", "doc --no-deps --all-features", DOC),
    docsRs,
    crateRules,
    crateAdvisories,
    packageAdvisories,
  ]);
