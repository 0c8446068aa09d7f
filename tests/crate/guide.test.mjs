// docs/rust.md shows code. What rustdoc compiles is not looked at here: this is about the rest.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const guide = readFileSync(new URL("docs/rust.md", root), "utf8");
// `rs` and not `rust`: rustdoc leaves it alone.
const fromExample = /<!-- (examples\/\S+) -->\n+```rs\n([^]*?)```/g;

test("the code for frameworks is that of the examples", () => {
  const pieces = [...guide.matchAll(fromExample)];
  assert.ok(pieces.length >= 3);
  for (const [, file, code] of pieces) {
    const source = readFileSync(new URL(file, root), "utf8");
    assert.ok(source.includes(code), `docs/rust.md has something else than ${file}:\n${code}`);
  }
});

test("no other Rust code goes uncompiled", () => {
  const languages = guide.match(/```\w\S*/g).filter((fence) => fence !== "```rust" && fence !== "```toml");
  assert.deepEqual(languages, [...guide.matchAll(fromExample)].map(() => "```rs"));
  const crate = readFileSync(new URL("src/lib.rs", root), "utf8");
  assert.ok(crate.includes('include_str!("../docs/rust.md")'), "rustdoc compiles the guide as part of the crate");
});

test("every file that the guide names is there", () => {
  for (const [, link] of guide.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
    assert.ok(existsSync(new URL(link, new URL("docs/rust.md", root))), link);
  }
});
