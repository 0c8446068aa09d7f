// 1.2: io() with an address that was used before and left, and with one that is wrong or looks so.

import assert from "node:assert/strict";

/** Every namespace may be had. */
const anyNamespace = ({ io }) => void io.of(/./);

const websocket = { transports: ["websocket"] };

export default [
  {
    rows: ["1.2 disconnect() and io() again"],
    title: "after disconnect() and io() with the same address the connection is shared as before, with the new options",
    core: true,
    fault: "makes one that is not shared",
    fails: /shared/,
    server: anyNamespace,
    async page({ io, next, url, arg }) {
      const shared = [];
      for (let round = 0; round < 4; round++) {
        const socket = io(url, { ...arg, query: { round } });
        await next(socket, "connect");
        const other = io(`${url}/other`, arg);
        shared.push(other.io === socket.io && socket.io.opts.query.round);
        other.disconnect();
        socket.disconnect();
      }
      return shared;
    },
    arg: websocket,
    expect: (shared) => assert.deepEqual(shared, [0, 1, 2, 3], "shared, and its options"),
  },
  {
    rows: ["1.2 disconnect() and io() again"],
    title: "leaving a namespace and coming back makes no new connection while another namespace is in use",
    fault: "makes a new connection each time",
    fails: /connections/,
    server: anyNamespace,
    async page({ io, next, url, arg }) {
      await next(io(`${url}/stays`, arg), "connect");
      for (let round = 0; round < 3; round++) {
        const socket = io(`${url}/leaves`, arg);
        await next(socket, "connect");
        socket.disconnect();
      }
    },
    arg: websocket,
    expect: (_, { requests }) => assert.equal(requests.length, 1, `${requests.length} connections`),
  },
  {
    rows: ["1.2 disconnect() and io() again"],
    title: "a socket that was left, and replaced by io(), is not the new one: each is left, and connects again, by itself",
    server: anyNamespace,
    async page({ io, next, url, arg }) {
      await next(io(`${url}/stays`, arg), "connect");
      const sockets = [io(`${url}/chat`, arg)];
      await next(sockets[0], "connect");
      sockets[0].disconnect();
      sockets.push(io(`${url}/chat`, arg));
      await next(sockets[1], "connect");
      const seen = [sockets.map(({ active }) => active)];
      sockets[0].disconnect();
      seen.push(sockets.map(({ connected }) => connected));
      await next(sockets[0].connect(), "connect");
      seen.push(sockets.map(({ connected }) => connected));
      return { seen, areTwo: sockets[0].id !== sockets[1].id };
    },
    arg: websocket,
    expect({ seen, areTwo }) {
      assert.deepEqual(seen, [[false, true], [false, true], [true, true]]);
      assert.ok(areTwo);
    },
  },
  {
    rows: ["1.2 disconnect() and io() again"],
    title: "a socket that was replaced by one that was left as well connects again, by the connection that is there",
    server: anyNamespace,
    fault: "has a connection for each of them",
    fails: /connections/,
    async page({ io, next, url, arg }) {
      await next(io(`${url}/stays`, arg), "connect");
      const first = io(`${url}/chat`, arg);
      await next(first, "connect");
      first.disconnect();
      const second = io(`${url}/chat`, arg);
      await next(second, "connect");
      second.disconnect();
      await next(first.connect(), "connect");
      return [first.connected, second.connected];
    },
    arg: websocket,
    expect(connected, { requests }) {
      assert.deepEqual(connected, [true, false]);
      assert.equal(requests.length, 1, `${requests.length} connections`);
    },
  },
  {
    rows: ["1.2 relative uri", "1.2 ws:// and wss://"],
    title: "an address that is none throws at once, and the error says what is wrong with it",
    differs: "the reference takes it, and tries again and again",
    page({ io, Manager }) {
      const thrown = (make) => {
        try {
          return make() && "nothing";
        } catch (error) {
          return `${error}`;
        }
      };
      const addresses = ["shttp://localhost", "http://localhost:65536", "http://a[b", 5];
      return addresses.map((address) => [thrown(() => io(address)), thrown(() => new Manager(address))]);
    },
    expect(thrown) {
      const host = "the host or the port is missing or malformed";
      const errors = [
        'Error: socketio-wasm: invalid URL "shttp://localhost": the scheme must be http, https, ws or wss',
        `Error: socketio-wasm: invalid URL "http://localhost:65536": ${host}`,
        `Error: socketio-wasm: invalid URL "http://a[b": ${host}`,
        "TypeError: socketio-wasm: the URL must be a string",
      ];
      assert.deepEqual(thrown, errors.map((text) => [text, text]));
    },
  },
  {
    rows: ["1.2 ws:// and wss://"],
    title: "an address's scheme may be in capitals",
    fault: "does not know it then",
    async page({ io, next }) {
      await next(io(`WS://${location.host}`, { transports: ["websocket"], forceNew: true }), "connect", 1_000);
      return io("WSS://shop.test", { transports: ["polling"], reconnection: false }).io.engine.secure;
    },
    expect: (isSecure) => assert.equal(isSecure, true),
  },
  {
    rows: ["1.2 query part"],
    title: "a plus in a query is a plus",
    arg: websocket,
    async page({ io, next, url, arg }) {
      await next(io(`${url}?token=a+b+c%2B%20d`, arg), "connect");
    },
    expect: (_, { requests: [{ query }] }) => assert.equal(query.token, "a+b+c+ d"),
  },
];
