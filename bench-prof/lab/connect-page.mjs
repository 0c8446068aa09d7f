// A page as users write it, for the time from the navigation to the first `connect`: one module that imports the client.

export function connectPage(client, parameters) {
  const options = JSON.parse(parameters.get("options"));
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>connect</title>
    <link rel="icon" href="data:,">
    <script type="module">
      import { io } from "/clients/${client}.js";
      const socket = io(location.origin + "/", ${JSON.stringify(options)});
      const seen = (name, text) => (window[name] ??= Promise.withResolvers()).resolve(text ?? performance.now());
      socket.on("connect", () => {
        seen("connected");
        const { engine } = socket.io ?? {};
        if (!engine || engine.transport.name === "websocket") seen("running");
        else engine.on("upgrade", () => seen("running"));
      });
    </script>
    <script>
      connected = Promise.withResolvers();
      running = Promise.withResolvers();
    </script>
  </head>
  <body></body>
</html>
`;
}
