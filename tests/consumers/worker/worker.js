import "../exchange.js";
import { io } from "socketio-wasm";

const fail = (error) => {
  throw error;
};
// Thrown outside of a promise, a failure is the page's `worker.onerror`.
exchange(io, self.location.origin).then(postMessage, (error) => setTimeout(fail, 0, error));
