// What the crate costs a Rust page: each example with it, less the same page without it.

import { readFileSync } from "node:fs";
import { table } from "../lib/steps.mjs";
import { filesOf } from "./examples.mjs";
import { brotli, digits } from "./sizes.mjs";

const rows = [
  { title: "no framework", name: "bare" },
  { title: "no framework, serde", name: "bare", variant: "serde" },
  { title: "no framework, socket.io-client in place of the crate", name: "bare", variant: "reference" },
  { title: "Leptos", name: "leptos" },
  { title: "Yew", name: "yew" },
  { title: "Dioxus", name: "dioxus" },
];

/** Prints the table, and whether without a framework the crate costs less than the reference. */
export function reportExampleSizes() {
  const sizes = rows.map(({ title, name, variant }) => {
    const [page, without] = [sizeOf(name, variant), sizeOf(name, "without")];
    return { title, page, without, cost: page - without };
  });
  const head = ["wasm and scripts of a page, brotli 11", "with", "without", "cost"];
  const cells = sizes.map(({ title, page, without, cost }) => [title, page, without, cost].map(digits));
  console.log(`\n${table([head, ...cells])}\n`);
  const [crate, , reference] = sizes;
  const more = crate.cost - reference.cost;
  console.log(`the crate costs ${digits(Math.abs(more))} bytes ${more > 0 ? "more" : "less"} than socket.io-client\n`);
}

function sizeOf(name, variant) {
  return Object.values(filesOf(name, variant)).reduce((sum, file) => sum + brotli(readFileSync(file)).length, 0);
}
