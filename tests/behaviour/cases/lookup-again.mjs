// 1.2: io() with an address that was used before and left.

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
];
