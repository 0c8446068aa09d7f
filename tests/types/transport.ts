// A transport of one's own.

import { Fetch, io, Transport, type EnginePacket } from "socketio-wasm";

class Pigeon extends Transport {
  private bird = new EventTarget();

  get name() {
    return "pigeon";
  }

  protected doOpen() {
    this.createUri("https", { ...this.query, bird: 1 }).length;
    this.bird.addEventListener("arrived", () => this.onData("4hello"));
    this.bird.addEventListener("lost", () => this.onError("pigeon lost", { weather: this.opts.hostname }));
    this.onOpen();
    this.writable = true;
  }

  protected doClose() {
    this.onClose({ description: "pigeon at home" });
  }

  protected write(packets: EnginePacket[]) {
    this.writable = false;
    for (const { type, data } of packets) if (type === "message") console.log(data, this.readyState === "open");
    this.onPacket({ type: "noop" });
    this.writable = true;
    this.emit("drain");
    this.emitReserved("drain");
  }
}

io({ transports: [Pigeon, Fetch] });
io({ transports: ["websocket", Pigeon] });

// @ts-expect-error: it does not say how to write
class Silent extends Transport {
  get name() {
    return "silent";
  }
  doOpen() {}
  doClose() {}
}
// @ts-expect-error: it has to be extended
new Transport({});
// @ts-expect-error: the library's own ones are only named
new Fetch();
