// The JavaScript shape of the exported classes: what wasm-bindgen cannot say itself.
// Another name of a method is one more word in the tables.

import "./load.js";
import { Engine, Manager, Socket } from "../target/npm/glue.js";

/** Gives a class methods that answer `this`. Each key has all names of one method; rest arguments come as an array. */
function shape({ prototype }, methods) {
  for (const names in methods) {
    const method = methods[names];
    for (const name of names.split(" ")) {
      prototype[name] = function (...args) {
        method(this, args);
        return this;
      };
    }
  }
}

for (const type of [Engine, Manager, Socket]) {
  shape(type, {
    "on addEventListener": (self, args) => self.listen(0, ...args),
    once: (self, args) => self.listen(1, ...args),
    // off(), off(event), off(event, listener)
    "off removeListener removeEventListener removeAllListeners": (self, args) =>
      self.listen(2 + Math.min(args.length, 2), ...args),
  });
}

const { connect, disconnect } = Socket.prototype;
shape(Socket, {
  emit: (self, args) => self.emitArgs(args),
  send: (self, args) => self.emitArgs(["message", ...args]),
  "connect open": (self) => connect.call(self),
  "disconnect close": (self) => disconnect.call(self),
});

Object.defineProperty(Socket.prototype, "disconnected", {
  get() {
    return !this.connected;
  },
});

/** The function by which a listener answers an event. Its first call counts. */
Socket.prototype.answerer = function (session, id) {
  let answered;
  return (...args) => {
    if (answered) return;
    this.answer(session, id, args);
    answered = true;
  };
};

/** Gets the data for CONNECT: `auth` itself, or what it hands over or promises as a function. The first answer counts. */
Socket.prototype.askAuth = function (session) {
  const { auth } = this;
  const hand = (data) => this.authenticate(session, true, data);
  const fail = (error) => this.authenticate(session, false, error);
  if (typeof auth !== "function") return hand(auth);
  try {
    // An async function that calls what it got has nothing to return.
    auth(hand)?.then?.((data) => data === undefined || hand(data), fail);
  } catch (error) {
    fail(error);
  }
};
