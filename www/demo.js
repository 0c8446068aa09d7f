// The counter example with a view of the connection beside it. The Socket.IO part is in this file;
// what it looks like is in the modules.
import { createEventList } from "./event-list.js";
import { createChart } from "./chart.js";
import { createPicture } from "./picture.js";
import { describe } from "./words.js";

const byId = (id) => document.getElementById(id);
const parameters = new URLSearchParams(location.search);

// While there is no connection the library keeps what is emitted. The page stops talking when this many wait.
const maxWaiting = 60;

const view = {
  events: createEventList(byId("events"), byId("scroller")),
  chart: createChart(byId("chart"), byId("chart-max")),
  picture: createPicture(byId("wire")),
};

// What the page knows that the socket does not tell.
const known = {
  received: 0,
  sent: 0,
  waiting: 0,
  everConnected: false,
  firstTransport: undefined,
  error: undefined,
  hungUpBy: undefined,
};

if (typeof io === "function") start();
else showError("The library did not load. It needs a browser with WebAssembly.");

function start() {
  const socket = parameters.has("polling-first") ? io({ transports: ["polling", "websocket"] }) : io();
  window.socket = socket; // to play with in the browser's console

  socket.on("connect", () => {
    Object.assign(known, { everConnected: true, error: undefined, hungUpBy: undefined });
    known.firstTransport = transportOf(socket);
    view.events.add("connect", "good");
    sendWaiting();
    show(socket);
  });

  socket.on("hello", (counter) => {
    known.received++;
    view.events.add(`hello - ${counter}`);
    view.picture.receive(`hello ${counter}`);
    show(socket);
  });

  socket.on("disconnect", (reason) => {
    if (reason === "io client disconnect") known.hungUpBy = "browser";
    if (reason === "io server disconnect") known.hungUpBy = "server";
    view.events.add(`disconnect (${reason})`, "bad");
    show(socket);
  });

  socket.on("connect_error", (error) => {
    known.error = error.message;
    view.events.add(`connect_error (${error.message})`, "bad");
    show(socket);
  });

  let counter = 0;
  setInterval(() => {
    if (known.waiting < maxWaiting) sayHey(socket, ++counter);
    measureRoundTrip(socket);
    show(socket);
  }, 1000);

  addControls(socket);
  show(socket);
}

function sayHey(socket, counter) {
  socket.emit("hey", { counter });
  if (!socket.connected) return known.waiting++;
  known.sent++;
  return view.picture.send(`hey ${counter}`);
}

function sendWaiting() {
  if (known.waiting > 0) view.picture.send(`${known.waiting} × hey`);
  known.sent += known.waiting;
  known.waiting = 0;
}

function measureRoundTrip(socket) {
  if (!socket.connected) {
    setText("round-trip", "–");
    return view.chart.add(undefined);
  }
  const before = performance.now();
  return socket.emit("echo", () => {
    const milliseconds = performance.now() - before;
    view.chart.add(milliseconds);
    setText("round-trip", milliseconds < 1 ? "under 1 ms" : `${Math.round(milliseconds)} ms`);
  });
}

function addControls(socket) {
  onPress("connect", () => {
    known.hungUpBy = undefined;
    socket.connect();
    show(socket);
  });
  onPress("disconnect", () => {
    // Also ends the attempts to reconnect, about which no event tells.
    known.hungUpBy = "browser";
    known.error = undefined;
    socket.disconnect();
    show(socket);
  });
  onPress("drop", () => socket.emit("drop"));
  for (const name of ["no-websocket", "polling-first"]) addSwitch(byId(name), name);
}

// A button that cannot be used now stays in the tab order, so that pressing it never loses the keyboard's place.
function onPress(id, action) {
  byId(id).addEventListener("click", (event) => {
    if (event.currentTarget.getAttribute("aria-disabled") !== "true") action();
  });
}

function addSwitch(input, name) {
  input.checked = parameters.has(name);
  input.addEventListener("change", () => {
    if (input.checked) parameters.set(name, "");
    else parameters.delete(name);
    location.search = parameters.toString().replaceAll("=&", "&").replace(/=$/, "");
  });
}

function transportOf(socket) {
  return socket.io.engine?.transport?.name;
}

function show(socket) {
  const transport = socket.connected ? transportOf(socket) : undefined;
  const words = describe({ ...known, connected: socket.connected, active: socket.active, transport });
  document.documentElement.dataset.state = words.state;
  document.documentElement.dataset.transport = transport ?? "none";

  setText("headline", words.headline);
  setText("path", words.path);
  setText("state", words.state);
  setText("transport", transport ?? "–");
  setText("upgraded", words.upgraded);
  setText("received", String(known.received));
  setText("sent", String(known.sent));
  setText("waiting", `+ ${known.waiting} waiting`);
  byId("waiting").hidden = known.waiting === 0;
  setText("socket-id", socket.id ?? "–");
  showError(words.error);

  setUsable("connect", !socket.active);
  setUsable("disconnect", socket.active);
  setUsable("drop", socket.connected);
}

// Only what changed is written: screen readers announce what is written to a live region.
function setText(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}

function setUsable(id, usable) {
  byId(id).setAttribute("aria-disabled", String(!usable));
}

function showError(text) {
  setText("error", text ?? "");
  byId("error").hidden = !text;
}
