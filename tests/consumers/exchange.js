// What every app here does: events with text and bytes both ways, and an acknowledgement.
// Neither a module nor not: it is loaded by <script>, import, require and importScripts.

/** Connects to `url`, by default the page's own server, and answers what came back. */
globalThis.exchange = async function exchange(io, url, options) {
  const socket = io(url, { reconnection: false, ...options });
  try {
    return await new Promise((resolve, reject) => {
      socket.on("connect_error", reject);
      socket.on("disconnect", (reason) => reject(new Error(`disconnected: ${reason}`)));
      socket.on("welcome", (transport, bytes) => {
        const welcome = [transport, ...new Uint8Array(bytes)];
        socket.emit("echo", "grüße", Uint8Array.of(0, 128, 255), (text, more) => {
          resolve({ welcome, echo: [text, ...new Uint8Array(more)] });
        });
      });
    });
  } finally {
    socket.off("disconnect");
    socket.disconnect();
  }
};
