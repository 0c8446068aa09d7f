import { cargoTool } from "./cargo-tools.mjs";
import { nodePackages } from "./node-packages.mjs";
import { rust, wasmTarget } from "./rust.mjs";
import { completeness, systemBrowsers } from "./browsers.mjs";

export { nodePackages, rust, wasmTarget };

/** What building needs. The cheap checks of Rust are first: nothing is downloaded in vain. */
export const setupSteps = [rust, wasmTarget, nodePackages, cargoTool("wasm-bindgen")];

/** What the tests need beyond that. */
export const browserSteps = [systemBrowsers, cargoTool("geckodriver"), completeness];
export const testSetupSteps = [cargoTool("wasm-pack"), ...browserSteps];
