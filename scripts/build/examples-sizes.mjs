// What the crate costs a Rust page: each example with it, less the same page without it.

import { readFileSync } from "node:fs";
import { table } from "../lib/steps.mjs";
import { filesOf } from "./examples.mjs";
import { brotli, digits } from "./sizes.mjs";

const rows = [
  { title: "no framework", name: "bare" },
  { title: "no framework, small", name: "bare", variant: "small", without: "small-without" },
  { title: "no framework, serde", name: "bare", variant: "serde" },
  { title: "no framework, socket.io-client in place of the crate", name: "bare", variant: "reference" },
  { title: "the same, small", name: "bare", variant: "small-reference", without: "small-without" },
  { title: "Leptos", name: "leptos" },
  { title: "Yew", name: "yew" },
  { title: "Dioxus", name: "dioxus" },
];

/** Prints the table, and whether without a framework the crate costs less than the reference. */
export function reportExampleSizes() {
  const sizes = rows.map(({ title, name, variant, without = "without" }) => {
    const [page, rest] = [sizeOf(name, variant), sizeOf(name, without)];
    return { title, page, rest, cost: page - rest };
  });
  const head = ["wasm and scripts of a page, brotli 11", "with", "without", "cost"];
  const cells = sizes.map(({ title, page, rest, cost }) => [title, page, rest, cost].map(digits));
  console.log(`\n${table([head, ...cells])}\n`);
  const [plain, small, , reference, smallReference] = sizes;
  compare("", plain.cost - reference.cost);
  compare(", both small", small.cost - smallReference.cost);
}

function compare(how, more) {
  console.log(`the crate costs ${digits(Math.abs(more))} bytes ${more > 0 ? "more" : "less"} than socket.io-client${how}`);
}

function sizeOf(name, variant) {
  return Object.values(filesOf(name, variant)).reduce((sum, file) => sum + brotli(readFileSync(file)).length, 0);
}
