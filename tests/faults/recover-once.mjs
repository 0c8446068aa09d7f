import { SessionAwareAdapter } from "socket.io-adapter";

/** Forgets the state of a connection when it is restored: restored twice, it would be taken from who has it. */
export class RecoverOnce extends SessionAwareAdapter {
  restoreSession(pid, offset) {
    const session = super.restoreSession(pid, offset);
    this.sessions.delete(pid);
    return session;
  }
}
