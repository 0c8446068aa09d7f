//! Transports that are done for this side but must still tell the server.
//!
//! Theory: a WebSocket's end is seen by the server, an HTTP session's is not: it lives on until
//! the server misses a heartbeat. So long-polling ends with a POST of `1`, which has to wait for
//! the session id if the handshake is still under way, and for the answers to what was written
//! before. A transport that does not get there in time is closed as it is.
//! Spec: engine.io-protocol v4, "Message types", `close`.

use super::{Engine, Packet};
use crate::proto::options::TransportKind;
use crate::proto::output::{Output, Outputs, TransportId};
use crate::proto::time::Millis;

/// How long saying goodbye may take.
const CLOSE_TIMEOUT: Millis = Millis(10_000);

/// A long-polling transport on its way out.
#[derive(Debug)]
pub(super) struct Closing {
    pub(super) id: TransportId,
    pub(super) deadline: Millis,
    stage: Stage,
}

/// What it waits for.
#[derive(Debug, PartialEq, Eq)]
enum Stage {
    /// The handshake: only then has the session a name to be closed by.
    Handshake,
    /// The answer to what was written before. In one POST with that, the server would take the end
    /// of the session first.
    Drain,
    /// The answer to its last POST.
    Close,
}

impl Engine {
    /// Ends the session, or the attempt to get one. What was written before is sent first.
    pub(crate) fn close(&mut self, now: Millis, out: &mut Outputs) {
        self.close_racing(None, now, out);
        self.close_upgrade(out);
        let Some(current) = self.current.take() else { return };
        let id = current.id;
        if current.transport.kind == TransportKind::WebSocket {
            out.push(Output::Flush(id));
            out.push(Output::Close(id));
            return;
        }
        let deadline = now.after(CLOSE_TIMEOUT);
        self.closing.push(Closing { id, deadline, stage: Stage::Drain });
        out.push(Output::Flush(id));
    }

    /// Gives up a session that went wrong. A packet on its way may be lost, so that those behind it
    /// are not sent either: as in the reference.
    pub(crate) fn lose(&mut self, now: Millis, out: &mut Outputs) {
        out.push(Output::Discard);
        self.close(now, out);
    }

    /// Ends a session that the server or the network has ended; nothing can be sent any more.
    pub(super) fn abort(&mut self, out: &mut Outputs) {
        self.close_upgrade(out);
        out.push(Output::Discard);
        if let Some(current) = self.current.take() {
            out.push(Output::Close(current.id));
        }
    }

    /// Lets the handshake of a transport that is not needed any more arrive, to close its session.
    pub(super) fn await_handshake(&mut self, id: TransportId, now: Millis) {
        let deadline = now.after(CLOSE_TIMEOUT);
        self.closing.push(Closing { id, deadline, stage: Stage::Handshake });
    }

    /// The handshake of a closing transport came: now its session can be closed.
    pub(super) fn handle_late_handshake(&mut self, id: TransportId, out: &mut Outputs) {
        self.say_goodbye(&Stage::Handshake, id, out);
    }

    /// Sends the close packet, if this transport is at that stage.
    fn say_goodbye(&mut self, stage: &Stage, id: TransportId, out: &mut Outputs) -> bool {
        let mut waiting = self.closing.iter_mut().filter(|closing| closing.stage == *stage);
        let Some(closing) = waiting.find(|closing| closing.id == id) else { return false };
        closing.stage = Stage::Close;
        // The write buffer belongs to another session by now.
        out.push(Output::Send(id, Packet::Close));
        true
    }

    /// The GET of a closing transport was answered; without a handshake it had no session.
    pub(super) fn handle_late_poll_end(&mut self, id: TransportId, out: &mut Outputs) {
        self.remove_closing_in(&Stage::Handshake, id, out);
    }

    /// All that a closing transport was given was answered.
    pub(super) fn handle_late_drain(&mut self, id: TransportId, out: &mut Outputs) {
        if !self.say_goodbye(&Stage::Drain, id, out) {
            self.remove_closing_in(&Stage::Close, id, out);
        }
    }

    fn remove_closing_in(&mut self, stage: &Stage, id: TransportId, out: &mut Outputs) {
        if self.closing.iter().any(|closing| closing.id == id && closing.stage == *stage) {
            self.remove_closing(id, out);
        }
    }

    pub(super) fn remove_closing(&mut self, id: TransportId, out: &mut Outputs) {
        let before = self.closing.len();
        self.closing.retain(|closing| closing.id != id);
        if self.closing.len() < before {
            out.push(Output::Close(id));
        }
    }

    /// Gives up on those whose time is over.
    pub(super) fn handle_close_timeout(&mut self, now: Millis, out: &mut Outputs) {
        while let Some(closing) = self.closing.iter().find(|closing| closing.deadline <= now) {
            self.remove_closing(closing.id, out);
        }
    }
}
