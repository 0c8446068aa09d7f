// A program of CommonJS modules: the package is the function itself.

import io = require("socketio-wasm");
import { Manager, connect, type Socket } from "socketio-wasm";
import whole from "socketio-wasm";

export const sockets: Socket[] = [io("/"), io.io("/"), io.connect("/"), connect("/"), whole("/")];
export const manager: Manager = io("/").io;
export const again: io.Manager = manager;
export const revision: 5 = io.protocol;
