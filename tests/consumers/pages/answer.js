// A worker's side: exchanges with the options that come, and answers what came of it.

addEventListener("message", async ({ data: options, ports: [port] }) => {
  try {
    port.postMessage({ value: await exchange(io, undefined, options) });
  } catch (error) {
    port.postMessage({ error: String(error) });
  }
});
