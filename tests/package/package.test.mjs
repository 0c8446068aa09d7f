// The built files as they are published: what is in them, and what becomes of them on the way to a page.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { transform } from "esbuild";
import { literal } from "../../scripts/build/carry.mjs";
import * as socketio from "socketio-wasm";

const root = new URL("../../", import.meta.url);
const require = createRequire(import.meta.url);
const scripts = ["min.js", "esm.js", "cjs", "es2019.cjs", "init.js", "outbox.js", "debug.js", "debug.cjs"].map((ending) => `socketio.${ending}`);
const read = (name) => readFileSync(new URL(`dist/${name}`, root));
const bytes = read("socketio.min.js");
const script = new TextDecoder().decode(bytes);
// What the wasm in a script begins with.
const magic = literal(Buffer.from("\0asm")).slice(1, -1);
const damaged = /socketio-wasm: the script arrived damaged; serve it as UTF-8/;

/** A global object with what every browser has, and nothing else. */
function emptyPage() {
  const encodings = { TextDecoder, TextEncoder, URL, URLSearchParams, atob, btoa };
  return createContext({ ...encodings, setTimeout, clearTimeout, console });
}

/** That, after the script has run and made a socket. */
function load(text) {
  const page = emptyPage();
  runInContext(text, page);
  page.io?.("http://localhost:1", { autoConnect: false });
  return page;
}

const classes = "Engine Fetch Manager NodeWebSocket NodeXHR Socket Transport WebSocket XHR".split(" ");
const names = [...classes, "connect", "default", "io", "protocol"];

test("importing it without a browser works and gives the documented names", () => {
  assert.deepEqual(Object.keys(socketio), names);
  assert.equal(socketio.default, socketio.io);
  assert.equal(socketio.connect, socketio.io);
  assert.equal(socketio.protocol, 5);
});

test("the module's function has the other names as properties, as the reference client's has", () => {
  const { io, Manager, Socket } = socketio;
  assert.deepEqual([io.io, io.connect, io.Manager, io.Socket], [io, io, Manager, Socket]);
});

test("require() gives the function itself, with all names as its properties", () => {
  const io = require("socketio-wasm");
  assert.equal(typeof io, "function");
  assert.deepEqual(Object.keys(io).sort(), names);
  assert.deepEqual([io.io, io.connect, io.default, io.protocol], [io, io, io, 5]);
});

test("the path of the reference's script is there for who names another package by its name", async () => {
  assert.equal(require("socketio-wasm/dist/socket.io.js"), require("socketio-wasm"));
  assert.equal((await import("socketio-wasm/dist/socket.io.js")).io, socketio.io);
});

test("the classic script adds io to the page, and nothing else", () => {
  const before = Object.keys(load(""));
  const page = load(script);
  assert.deepEqual(Object.keys(page).filter((name) => !before.includes(name)), ["io"]);
  assert.deepEqual([page.io.io, page.io.connect, page.io.protocol], [page.io, page.io, 5]);
  for (const name of classes) assert.equal(typeof page.io[name], "function", name);
});

test("what logs is in the debug entry, with its licence, and nowhere else", () => {
  const logging = ["socket.io-client:", "createDebug", "Permission is hereby granted"];
  for (const name of scripts) {
    const text = String(read(name));
    const wanted = logging.map(() => /debug/.test(name));
    assert.deepEqual(logging.map((words) => text.includes(words)), wanted, name);
  }
});

test("sockets have the reference client's methods under all their names", () => {
  const { Socket } = socketio;
  const names = "on addEventListener once off removeListener removeEventListener removeAllListeners emit send";
  for (const name of `${names} connect open disconnect close`.split(" ")) {
    assert.equal(typeof Socket.prototype[name], "function", name);
  }
});

test("a script that says UTF-8 itself is read right, whatever the page's encoding", () => {
  for (const name of scripts) assert.deepEqual([...read(name).subarray(0, 3)], [0xef, 0xbb, 0xbf], name);
});

test("an error under Node shows a line that can be read", () => {
  for (const name of ["socketio.esm.js", "socketio.cjs"]) {
    const lines = String(read(name)).split("\n");
    const long = lines.filter((line) => line.length > 1500);
    assert.deepEqual(long.map((line) => line.slice(1, 5)), [magic], "only the wasm's");
  }
});

test("a script read in another encoding says so", () => {
  const misread = new TextDecoder("windows-1252").decode(bytes.subarray(3));
  assert.throws(() => load(misread), { message: damaged });
});

test("a script with one changed character says so", () => {
  const at = script.indexOf(magic) + 100;
  const changed = script.slice(0, at) + (script[at] === "a" ? "b" : "a") + script.slice(at + 1);
  assert.throws(() => load(changed), { message: damaged });
});

/** A page that says, in its order, what a script does to it. */
function watchedPage() {
  const page = emptyPage();
  const run = (code) => runInContext(code, page);
  run(`
    const seen = [];
    Object.defineProperty(globalThis, "sessionStorage", { get: () => (seen.push("sessionStorage"), {}) });
    globalThis.WebSocket = class { constructor() { seen.push("WebSocket"); } close() { seen.push("close"); } };
    const { Module } = WebAssembly;
    const by = (construct) => (WebAssembly.Module = new Proxy(Module, { construct }));
    const allow = () => by((Module, [bytes]) => (seen.push("wasm"), new Module(bytes)));
    const forbid = () => by(() => { throw new Error("forbidden"); });
    allow();
  `);
  return { run, seenBy: (code) => [...run(`${code}; seen.splice(0)`)] };
}

const only = "{ transports: ['websocket'] }";

test("a WebSocket is on its way before the wasm is made ready, and closed if that fails", () => {
  const { run, seenBy } = watchedPage();
  assert.deepEqual(seenBy(script), [], "not before it is needed");
  assert.throws(() => run(`forbid(); io('http://a', ${only})`), /forbidden/);
  assert.deepEqual(seenBy(""), ["WebSocket", "close"]);
  assert.deepEqual(seenBy(`allow(); io('http://a', ${only}).disconnect()`), ["WebSocket", "wasm", "close"]);
  assert.deepEqual(seenBy(`forbid(); io('http://b', ${only}).disconnect()`), ["WebSocket", "close"], "it is ready");
});

test("a parser that throws does so before there is a connection", () => {
  const { run, seenBy } = watchedPage();
  const parser = "{ Encoder: class { constructor() { throw new Error('mine'); } } }";
  assert.throws(() => run(`${script}; io('http://a', { transports: ['websocket'], parser: ${parser} })`), /mine/);
  assert.deepEqual(seenBy(""), []);
});

test("sessionStorage is looked at where it decides which transport is first, and nowhere else", () => {
  const { run, seenBy } = watchedPage();
  run(script);
  for (const transports of ["['websocket']", "['polling', 'websocket']"]) {
    const seen = seenBy(`io('http://a', { transports: ${transports} }).disconnect()`);
    assert.ok(!seen.includes("sessionStorage"), transports);
  }
  const [first, second] = seenBy("io('http://b').disconnect()");
  assert.deepEqual([first, second], ["sessionStorage", "WebSocket"]);
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
  const declarations = ["socketio.d.ts", "socketio.d.cts", "socketio.init.d.ts", "socketio.outbox.d.ts"];
  const dist = [...scripts, "socketio.wasm", ...declarations];
  const expected = ["LICENSE-APACHE", "LICENSE-MIT", "README.md", ...dist.map((name) => `dist/${name}`), "THIRD-PARTY-LICENSES", "package.json"];
  assert.deepEqual(files.map(({ path }) => path).sort(), expected.sort());
});
