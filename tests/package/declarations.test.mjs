// What the declarations promise is there: each name, each method, each property.

import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { Server } from "socket.io";
import { readDeclarations } from "../../scripts/docs/read.mjs";
import * as library from "../../dist/socketio.esm.js";

const items = (await readDeclarations()).flatMap((file) => file.items);
const values = items.filter(({ isClass, signatures }) => isClass || /^(function|const) /.test(signatures[0]));
const server = createServer();
const objects = {};
let io;

before(async () => {
  io = new Server(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${server.address().port}`;
  const socket = library.io(url, { auth: { token: "a" } });
  await new Promise((resolve) => socket.on("connect", resolve));
  class Pigeon extends library.Transport {
    doOpen() {}
  }
  const transport = new Pigeon({ ...socket.io.opts }).open();
  Object.assign(objects, { Socket: socket, Manager: socket.io, Engine: socket.io.engine, Transport: transport });
});

after(() => {
  objects.Socket?.disconnect();
  return io.close();
});

test("everything that is declared can be imported, and nothing else", () => {
  const declared = values.map(({ name }) => name).filter((name) => name !== "Emitter");
  assert.deepEqual([...declared, "connect", "default"].sort(), Object.keys(library).sort());
});

const base = items.find(({ name }) => name === "Emitter").methods;
// What a page's own class brings, what comes by an option, and handlers, which are there when they are set.
const later = /^(constructor|durable|doClose|doOpen|name|write|on(open|message|close|error))$/;

for (const type of ["Socket", "Manager", "Engine", "Transport"]) {
  const { methods, properties } = items.find(({ name }) => name === type);

  test(`each method and each property of ${type} is there`, () => {
    const object = objects[type];
    const isMissing = (name) => typeof object[name] !== "function";
    const names = [...methods, ...base].map(({ name }) => name).filter((name) => type === "Engine" || !later.test(name));
    assert.deepEqual(names.filter((name) => name !== "constructor" && isMissing(name)), []);
    const has = (name) => name in object || name in object.constructor;
    assert.deepEqual(properties.map(({ name }) => name).filter((name) => !later.test(name) && !has(name)), []);
  });
}
