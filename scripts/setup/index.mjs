import { cargoTool } from "./cargo-tools.mjs";
import { nodePackages } from "./node-packages.mjs";
import { rust, rustSource, wasmTarget } from "./rust.mjs";
import { completeness, systemBrowsers } from "./browsers.mjs";

export { nodePackages, rust, rustSource, wasmTarget };

/** What building needs. The cheap checks of Rust are first: nothing is downloaded in vain. */
export const setupSteps = [rust, wasmTarget, rustSource, nodePackages, cargoTool("wasm-bindgen")];

const [wasmPack, geckodriver] = ["wasm-pack", "geckodriver"].map(cargoTool);

/** What the tests need beyond that: those over WebDriver, and those of the Rust library in browsers. */
export const browserSteps = [systemBrowsers, geckodriver, completeness];
export const testSetupSteps = [systemBrowsers, wasmPack, geckodriver, completeness];
