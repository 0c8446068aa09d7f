globalThis.exchanged = exchange(io);
