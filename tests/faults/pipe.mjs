// One way of a connection: carries what it is given in its order, not before its time.

/** Above this, the sender is made to wait: a network has only so much room. */
const ROOM = 64 * 1_024;
const PIECE = 1_024;

export class Pipe {
  #queue = [];
  #waiting = 0;
  #last = 0;
  #timer;
  #ended = false;

  constructor(link, direction, from, to) {
    Object.assign(this, { link, direction, from, to });
  }

  push(chunk) {
    const size = this.#pieceSize(chunk);
    for (let at = 0; at < chunk.length; at += size) this.#add(chunk.subarray(at, at + size));
    if (this.#waiting > ROOM) this.from.pause();
    this.#carry();
  }

  /** No more follows. */
  end() {
    this.#ended = true;
    this.#carry();
  }

  /** Nobody waits any more for what is under way. */
  drop() {
    this.#queue = [];
    this.#waiting = 0;
    this.#carry();
  }

  /** What is slowed down comes bit by bit, not all at the end. */
  #pieceSize(chunk) {
    if (Number.isFinite(this.link.pace)) return 1;
    return Number.isFinite(this.link.network.bandwidth) ? PIECE : chunk.length;
  }

  #add(piece) {
    const { network, pace } = this.link;
    const own = Number.isFinite(pace) ? Math.max(this.#last, performance.now()) + (piece.length / pace) * 1_000 : 0;
    this.#last = Math.max(this.#last, own, network.through(this.direction, piece.length));
    this.#queue.push({ piece, at: this.#last });
    this.#waiting += piece.length;
  }

  #carry() {
    clearTimeout(this.#timer);
    while (this.#queue.length && this.#queue[0].at <= performance.now() + 1) {
      const { piece } = this.#queue.shift();
      this.#waiting -= piece.length;
      if (!this.link.silent && !this.to.destroyed) this.to.write(piece);
    }
    if (this.#waiting < ROOM && this.from.isPaused()) this.from.resume();
    if (this.#queue.length) this.#timer = setTimeout(() => this.#carry(), this.#queue[0].at - performance.now());
    else if (this.#ended) this.to.end();
  }
}
