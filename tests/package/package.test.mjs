// The built files as they are published: what is in them, and what becomes of them on the way to a page.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { transform } from "esbuild";
import * as socketio from "socketio-wasm";

const root = new URL("../../", import.meta.url);
const read = (name) => readFileSync(new URL(`dist/${name}`, root));
const bytes = read("socketio.min.js");
const script = new TextDecoder().decode(bytes);
const damaged = /socketio-wasm: the script arrived damaged; serve it as UTF-8/;

/** A global object with what every browser has, and nothing else; answers it after the script has run. */
function load(text) {
  const page = createContext({ TextDecoder, TextEncoder, setTimeout, clearTimeout, console });
  runInContext(text, page);
  return page;
}

test("importing it without a browser works and gives the documented names", () => {
  const names = ["Manager", "Socket", "connect", "default", "io", "protocol"];
  assert.deepEqual(Object.keys(socketio).sort(), names);
  assert.equal(socketio.default, socketio.io);
  assert.equal(socketio.connect, socketio.io);
  assert.equal(socketio.protocol, 5);
});

test("the classic script adds io to the page, and nothing else", () => {
  const before = Object.keys(load(""));
  const page = load(script);
  assert.deepEqual(Object.keys(page).filter((name) => !before.includes(name)), ["io"]);
  assert.equal(page.io.io, page.io);
  assert.equal(page.io.connect, page.io);
  assert.equal(typeof page.io.Manager, "function");
  assert.equal(typeof page.io.Socket, "function");
});

test("sockets have the reference client's methods under all their names", () => {
  const { Socket } = socketio;
  const names = "on addEventListener once off removeListener removeEventListener removeAllListeners emit send";
  for (const name of `${names} connect open disconnect close`.split(" ")) {
    assert.equal(typeof Socket.prototype[name], "function", name);
  }
});

test("a script that says UTF-8 itself is read right, whatever the page's encoding", () => {
  for (const name of ["socketio.min.js", "socketio.esm.js"]) {
    assert.deepEqual([...read(name).subarray(0, 3)], [0xef, 0xbb, 0xbf], name);
  }
});

test("a script read in another encoding says so", () => {
  const misread = new TextDecoder("windows-1252").decode(bytes.subarray(3));
  assert.throws(() => load(misread), { message: damaged });
});

test("a script with one changed character says so", () => {
  const at = script.indexOf("\0asm") + 100;
  const changed = script.slice(0, at) + (script[at] === "a" ? "b" : "a") + script.slice(at + 1);
  assert.throws(() => load(changed), { message: damaged });
});

test("a script with its line ends changed still works", () => {
  assert.equal(typeof load(script.replaceAll("\n", "\r\n")).io, "function");
});

test("minifying it again, into ASCII, leaves it working", async () => {
  const { code } = await transform(script, { minify: true, charset: "ascii" });
  assert.ok(/^[\0-\x7f]*$/.test(code));
  assert.equal(typeof load(code).io, "function");
});

test("the package has the built files, the licences and the README, and nothing else", () => {
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
  const [command, ...args] = [...npm, "pack", "--dry-run", "--json", "--ignore-scripts"];
  const options = { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] };
  const json = JSON.parse(execFileSync(command, args, options));
  const { files } = Array.isArray(json) ? json[0] : Object.values(json)[0];
  const dist = ["dist/socketio.d.ts", "dist/socketio.esm.js", "dist/socketio.min.js"];
  const expected = ["LICENSE-APACHE", "LICENSE-MIT", "README.md", ...dist, "package.json"];
  assert.deepEqual(files.map(({ path }) => path).sort(), expected.sort());
});
