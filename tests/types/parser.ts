// Other encodings of the packets: modules of the shape that socket.io-parser has.

import { io } from "socketio-wasm";
import * as json from "socket.io-parser";

io({ parser: json });

class Encoder {
  encode(packet: { type: number; nsp: string; data: unknown }) {
    return [JSON.stringify(packet)];
  }
}

class Decoder {
  #listener = (packet: object) => {};
  on(event: "decoded", listener: (packet: object) => void) {
    this.#listener = listener;
  }
  add(chunk: string) {
    this.#listener(JSON.parse(chunk));
  }
  destroy() {}
}

io({ parser: { Encoder, Decoder } });

// @ts-expect-error: what decodes is missing
io({ parser: { Encoder } });
// @ts-expect-error: classes, not objects
io({ parser: { Encoder: new Encoder(), Decoder: new Decoder() } });
