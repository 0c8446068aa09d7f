// From "start" to "stopped": the port, the messages in the terminal, and Ctrl-C.
import { isBuilt } from "./static-files.mjs";

const defaultPort = 3000;
// Long enough to tell every client goodbye, short enough that nobody presses Ctrl-C twice.
const stopTimeout = 500;

export function listen(io, httpServer) {
  if (!isBuilt()) return giveUp("dist/ has not been built yet: run `npm run build` first.");
  const port = portFromEnvironment();
  httpServer.on("error", (error) => giveUp(explain(error, port)));
  httpServer.listen(port, () => {
    console.log(`http://localhost:${httpServer.address().port}`);
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop(io));
}

function portFromEnvironment() {
  const text = process.env.PORT || String(defaultPort);
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  return giveUp(`PORT is "${text}", but a port is a number from 0 to 65535: try \`PORT=3001 npm start\`.`);
}

function explain(error, port) {
  const retry = `\`PORT=${port === 3001 ? 3002 : 3001} npm start\``;
  if (error.code === "EADDRINUSE") return `Port ${port} is taken: choose another one with ${retry}.`;
  if (error.code === "EACCES") return `Port ${port} needs special rights: choose another one with ${retry}.`;
  return `The server cannot start: ${error.message}`;
}

function stop(io) {
  io.close(() => process.exit(0));
  setTimeout(() => process.exit(0), stopTimeout).unref();
}

function giveUp(line) {
  console.error(line);
  process.exit(1);
}
