// Code written against socket.io-client's own types takes this package's sockets for what both have.

import type { Socket as Reference } from "socket.io-client";
import { io, Socket } from "socketio-wasm";

interface Events {
  hello: (counter: number) => void;
}

type Shared = "on" | "once" | "off" | "emit" | "send" | "connect" | "disconnect" | "id" | "connected" | "active";

const socket: Socket<Events, Events> = io();

function wantsReference(reference: Pick<Reference<Events, Events>, "id" | "connected" | "disconnected" | "active">) {
  return reference.id;
}
wantsReference(socket);

// Each shared method can be called with what the reference's can.
const parameters: Parameters<Reference<Events, Events>["emit"]> = ["hello", 1];
socket.emit(...parameters);
const listener: Parameters<Reference<Events, Events>["on"]> = ["hello", (counter: number) => counter];
socket.on("hello", listener[1] as (counter: number) => void);
const names: readonly Shared[] = ["on", "once"] satisfies readonly (keyof Socket)[];
names satisfies readonly (keyof Reference)[];
