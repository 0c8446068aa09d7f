// The two protocols, and what does not keep to them.

export const engineProtocol = {
  section: "2.1",
  title: "Engine.IO v4",
  rows: {
    handshake: "`EIO=4&transport=…`, the open packet, then `sid` on each request",
    "invalid open JSON": "an open packet that cannot be read, or without `upgrades`, is an error, and the client comes back",
    "second open packet": "a second `0{…}` while open",
    "ping/pong": "a ping is answered; only pings put off the timeout",
    "throttled timer": "an emit after the timeout, before the timer has noticed: closes with `ping timeout` and keeps the packet",
    offline: "`offline` closes at once, but not for `localhost`",
    "page life": "`online`, a page shown again or resumed: the next attempt begins at once; `pagehide` closes, after the page's own listeners for it, `pageshow` connects again",
    "one GET and one POST": "requests of one kind do not overlap",
    POST: "`text/plain;charset=UTF-8`, packets joined by `\\x1e`, many in one",
    "binary in polling": "`b` and base64",
    maxPayload: "a POST holds no more than the server takes; one event that is larger is refused",
    "poll response": "several packets; `0` first opens; `1` closes; `6` is ignored; an empty body is an error",
    "parser error": "an unknown type or an empty frame: `server error` with code `parser error`, reason `transport error`",
    "WS frames": "text, binary and `b…`; `3`, `5`, `6` are ignored",
    "message before open": "is ignored",
    upgrade: "probe, pause of polling, `5`, flush: nothing lost, nothing out of order",
    "upgrade corner": "a first packet that is no `3probe`; closing while probing; several candidates",
    close: "what is queued goes first; by polling a POST of `1`, by WebSocket a close frame",
    "HTTP error bodies": "400 and 403 with a code and a message",
    "WebTransport framing": "length headers of 1, 3 and 9 bytes",
    "pong missing": "the server closes",
  },
  answers: {
    "WebTransport framing": { differs: "there is no WebTransport: its name in `transports` is ignored" },
  },
};

export const socketProtocol = {
  section: "2.2",
  title: "Socket.IO v5",
  rows: {
    nsp: "begins with `/`, ends at `,`; left out for `/`; may contain a query",
    "ack id": "decimal digits after the namespace; also beyond 2^53",
    CONNECT: "`0{auth}`, answered by `0{sid,pid?}`; a second answer",
    "EVENT before CONNECT": "is kept and delivered before `connect`",
    "order at connect": "`receiveBuffer`, `sendBuffer`, the queue of `retries`, `connect`",
    binary: "attachments follow as messages of their own; a ping between them does no harm, a text does",
    attachments: "at most 10; more in an emit are refused with an error",
    placeholders: "only in binary packets; unused attachments are dropped",
    "unknown nsp": "packets for it are ignored",
    "state recovery": "`pid`, the offset of the last event, both sent at reconnection; recovered when the pid is the same",
    "listener exceptions": "do not disturb the packets after it",
    "disconnect in handler": "the packets after it are dropped",
  },
};

export const malformed = {
  section: "2.3",
  title: "Malformed packets",
  rows: {
    "invalid payload": "`2[]`, `2[true]`, `2[\"connect\"]`, `2[\"a\"`, `2{}`, `0\"x\"`, `0[]`, `1{}`, `30{\"a\":1}`: `parse error`, `invalid payload`",
    "unknown packet type": "`9`: `unknown packet type 9`",
    "illegal attachments": "`51[..]`, `5a-`, `50-[..]`: `Illegal attachments`",
    "too many attachments": "`511-…`",
    "placeholder out of range": "number out of range or a string: `illegal attachments`",
    "binary without header": "binary data when none is due, text when binary data is due",
    "EVENT without payload": "`2`",
    "CONNECT_ERROR without payload": "`4`",
    "CONNECT_ERROR with text": "`4\"text\"`: `connect_error`",
    "ACK without payload": "`30` to an acknowledgement with timeout",
    "unknown ACK": "`3999[\"x\"]` is ignored",
    "__proto__ in an argument": "an own property, no pollution",
  },
};

export const hostile = {
  section: "2.4",
  title: "Hostile servers, and isolation",
  rows: {
    flood: "a million packets in one answer: long work is split, in order, and ends with the connection",
    "attachments that never come": "are given up at the second ping: `parse error`",
    "lies in the handshake": "intervals, `maxPayload`, `sid` and `upgrades` of every kind: a connection or an error, never a page that fails",
    noise: "any bytes as a frame or as an answer: an error, and the client comes back",
    "HTTP answers": "any status and content type",
    names: "events, namespaces and keys named like members of `Object.prototype`",
    depth: "JSON that nests as deep as it likes",
    isolation: "what throws in one place disturbs no other; copies of the library do not meet",
  },
};
