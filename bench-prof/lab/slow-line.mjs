// A line between browser and server with a latency and a bandwidth, for each connection: what a page on a good mobile
// network has. Bytes pass unchanged.

import net from "node:net";

/** `latency` in ms, there and back; `bandwidth` in bytes per second, each way. */
export function slowLine(port, latency, bandwidth) {
  return net.createServer({ noDelay: true }, (near) => {
    const far = net.connect({ port, host: "127.0.0.1", noDelay: true });
    // The operating system has answered at once: the handshake of TCP takes one time there and back too.
    const begin = performance.now() + latency;
    pass(near, far, begin, latency / 2, bandwidth);
    pass(far, near, begin, latency / 2, bandwidth);
  });
}

function pass(from, to, begin, delay, bandwidth) {
  let free = begin; // when the line has room again
  let before = Promise.resolve();
  const arrive = (then) => {
    const at = free + delay;
    before = before.then(() => moment(at)).then(then);
  };
  from.on("data", (chunk) => {
    free = Math.max(free, performance.now()) + (chunk.length / bandwidth) * 1000;
    arrive(() => to.destroyed || to.write(chunk));
  });
  from.on("end", () => arrive(() => to.end()));
  from.on("close", () => arrive(() => to.destroy()));
  from.on("error", () => {}); // `close` follows
}

const moment = (at) => new Promise((resolve) => setTimeout(resolve, Math.max(at - performance.now(), 0)));
