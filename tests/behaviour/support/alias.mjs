// A second port of the same server: another origin of the same site, which gets the same cookies.

import net from "node:net";
import { once } from "node:events";

/** Passes on to `port`, until `server` closes; answers the new origin. */
export async function alias(port, server) {
  const front = net.createServer((socket) => {
    const behind = net.connect(port, "127.0.0.1");
    socket.on("error", () => behind.destroy()).pipe(behind);
    behind.on("error", () => socket.destroy()).pipe(socket);
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  server.once("close", () => front.close());
  return `http://127.0.0.1:${front.address().port}`;
}
