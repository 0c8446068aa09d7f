import { cargoTest } from "./cargo-test.mjs";

/** The protocol machines need no browser: plain `cargo test`. */
export const unitTests = () => cargoTest("cargo", ["test", "--no-fail-fast"]);
