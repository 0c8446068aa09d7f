import { bundleStep } from "./bundle.mjs";
import { bindgenStep, cargoStep, optimiseStep } from "./wasm.mjs";

export const buildSteps = [cargoStep, bindgenStep, optimiseStep, bundleStep];
