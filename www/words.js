// What the page says about the connection, in sentences.

const transports = {
  websocket: {
    headline: "Your browser and the server are talking over WebSocket.",
    path: "WebSocket: one line that stays open, both ways",
  },
  polling: {
    headline: "Your browser and the server are talking by long-polling.",
    path: "HTTP long-polling: a GET waits for what comes, a POST carries what goes",
  },
};

export function describe(now) {
  const state = stateOf(now);
  return { state, ...sentences[state](now), upgraded: upgradedOf(now), error: errorOf(now) };
}

function stateOf({ connected, active, everConnected }) {
  if (connected) return "connected";
  if (!active) return "disconnected";
  return everConnected ? "reconnecting" : "connecting";
}

const sentences = {
  connected: ({ transport }) => transports[transport] ?? {
    headline: "Your browser and the server are talking.",
    path: transport,
  },
  connecting: ({ error }) => ({
    headline: error ? "Your browser cannot reach the server." : "Your browser is calling the server…",
    path: "No connection yet",
  }),
  reconnecting: ({ error }) => ({
    headline: error ? "Your browser cannot reach the server." : "The line is cut. Your browser calls again…",
    path: "No connection: what this page says waits, and is sent when the line is back",
  }),
  disconnected: ({ hungUpBy }) => ({
    headline: hungUpBy === "server" ? "The server has hung up." : "Your browser has hung up.",
    path: "No connection: what this page says waits until you press Connect",
  }),
};

function upgradedOf({ connected, transport, firstTransport }) {
  if (!connected) return "–";
  if (transport !== firstTransport) return `yes, from ${firstTransport}`;
  return "no";
}

function errorOf({ connected, active, error }) {
  if (connected || !error) return undefined;
  return active ? `connect_error: ${error}. The page keeps trying.` : `connect_error: ${error}.`;
}
