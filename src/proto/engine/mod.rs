//! Engine.IO v4: one session with a server, over one transport at a time.
//!
//! Theory: an engine begins with one transport and, while that fails or stays silent, tries the
//! next ([`fallback`]). The first that brings a handshake is the *current* one and carries the
//! session; the others are closed. A session that began with long-polling may move on to a
//! WebSocket ([`upgrade`]). Packets wait in the write buffer while the current transport is busy
//! or being replaced, so that none is lost or overtaken. Transports that must still say goodbye
//! to the server are handed to [`closing`], and the engine is free for the next session.

pub mod closing;
pub mod fallback;
pub mod packet;
pub mod payload;
pub mod upgrade;

use alloc::vec::Vec;

use super::error::{ConnectError, DisconnectReason};
use super::options::{Candidate, ManagerOptions, TransportKind};
use super::output::{Event, Output, Outputs, TransportId};
use super::time::Millis;
use closing::Closing;
use fallback::{Opening, Won};
use upgrade::Upgrade;

/// A packet that the machine itself sends; its number is the packet's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Packet {
    /// The session ends.
    Close = 1,
    /// Does this transport work?
    Probe = 2,
    /// The answer to a ping.
    Pong = 3,
    /// This transport takes over.
    Upgrade = 5,
}

impl Packet {
    /// The packet on the wire. Spec: engine.io-protocol v4, "Packet encoding".
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Close => "1",
            Self::Probe => "2probe",
            Self::Pong => "3",
            Self::Upgrade => "5",
        }
    }
}

/// What a session's first packet says. Spec: engine.io-protocol v4, "Handshake".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// Whether `upgrades` names the WebSocket.
    pub websocket: bool,
    /// `pingInterval`: how often the server asks for a sign of life.
    pub ping_interval: Millis,
    /// `pingTimeout`: how much later than that its question may come.
    pub ping_timeout: Millis,
}

/// What became of the session, for the manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A handshake came.
    Opened,
    /// There was no session yet, and there will be none.
    Failed(ConnectError),
    /// The session ended.
    Closed(DisconnectReason),
}

/// The transport that carries the session.
#[derive(Debug)]
struct Current {
    id: TransportId,
    transport: Candidate,
    /// Long-polling: a GET waits for its answer.
    polling: bool,
    /// Long-polling: a POST waits for its answer.
    posting: bool,
    /// How long after a ping the next one must be there.
    heartbeat: Millis,
    ping_deadline: Millis,
}

/// The machine. See the module's theory.
#[derive(Debug, Default)]
pub(crate) struct Engine {
    next_id: u32,
    opening: Option<Opening>,
    current: Option<Current>,
    upgrade: Option<Upgrade>,
    /// There is something in the write buffer.
    pending: bool,
    /// The session has another transport because a WebSocket did not work.
    fell_back: bool,
    closing: Vec<Closing>,
}

impl Engine {
    /// The transport in use, if there is a session.
    pub(crate) fn current(&self) -> Option<(TransportId, Candidate)> {
        self.current.as_ref().map(|current| (current.id, current.transport))
    }

    /// Whether a WebSocket was tried for this session and did not work.
    pub(crate) fn fell_back(&self) -> bool {
        self.fell_back
    }

    /// Whether packets from this transport belong to the session.
    pub(crate) fn is_current(&self, id: TransportId) -> bool {
        self.current.as_ref().is_some_and(|current| current.id == id)
    }

    /// Whether a packet would be sent at once.
    pub(crate) fn is_writable(&self) -> bool {
        !self.is_pausing() && self.current.as_ref().is_some_and(|current| !current.posting)
    }

    fn new_id(&mut self) -> TransportId {
        let id = TransportId(self.next_id);
        self.next_id = self.next_id.wrapping_add(1);
        id
    }

    /// Something is in the write buffer.
    pub(crate) fn write(&mut self, out: &mut Outputs) {
        self.pending = self.current.is_some();
        self.flush(out);
    }

    /// A packet that this transport should not have sent. While probing, that is the end of it.
    pub(crate) fn handle_unexpected(&mut self, id: TransportId, out: &mut Outputs) {
        self.handle_pong(id, false, out);
    }

    /// Sends what is kept, if the transport can take it.
    fn flush(&mut self, out: &mut Outputs) {
        if !self.pending || !self.is_writable() {
            return;
        }
        if let Some(current) = &mut self.current {
            current.posting = current.transport.kind == TransportKind::Polling;
            out.push(Output::Flush(current.id));
        }
    }

    /// The driver is given this output only now. What is put into the write buffer before it is
    /// told to flush goes with the rest: behind a POST of all of it there must be no empty one.
    pub(crate) fn handle_output(&mut self, output: Output, out: &mut Outputs) {
        match output {
            Output::Write(Packet::Pong) | Output::Disconnect(_) => self.write(out),
            Output::Flush(_) | Output::Discard => self.pending = false,
            _ => {}
        }
    }

    /// A transport's first packet: the first one to bring it carries the session.
    pub(crate) fn handle_handshake(
        &mut self,
        id: TransportId,
        handshake: &Handshake,
        options: &ManagerOptions,
        now: Millis,
        out: &mut Outputs,
    ) -> Option<Change> {
        self.handle_late_handshake(id, out);
        let heartbeat = handshake.ping_interval.after(handshake.ping_timeout);
        if let Some(current) = self.current.as_mut().filter(|current| current.id == id) {
            // The specification knows one handshake; the reference takes a second as new intervals.
            current.heartbeat = heartbeat;
            current.ping_deadline = now.after(heartbeat);
            return None;
        }
        self.handle_unexpected(id, out);
        let Won { transport, websocket_failed } = self.win(id, now, out)?;
        self.fell_back = websocket_failed;
        self.current = Some(Current {
            id,
            transport,
            polling: transport.kind == TransportKind::Polling,
            posting: false,
            heartbeat,
            ping_deadline: now.after(heartbeat),
        });
        out.tell(Event::Open(id));
        if handshake.websocket && !websocket_failed {
            self.start_upgrade(options, now, out);
        }
        Some(Change::Opened)
    }

    /// The heartbeat's question: answer it, and expect the next.
    /// Spec: engine.io-protocol v4, "Heartbeat".
    pub(crate) fn handle_ping(&mut self, id: TransportId, now: Millis, out: &mut Outputs) {
        let Some(current) = self.current.as_mut().filter(|current| current.id == id) else {
            self.handle_unexpected(id, out);
            return;
        };
        current.ping_deadline = now.after(current.heartbeat);
        out.tell(Event::Ping);
        out.push(Output::Write(Packet::Pong));
    }

    /// Long-polling: a GET was answered and all of its packets were handled.
    pub(crate) fn handle_poll_end(
        &mut self,
        id: TransportId,
        now: Millis,
        out: &mut Outputs,
    ) -> Option<Change> {
        if let Some(current) = self.current.as_mut().filter(|current| current.id == id) {
            current.polling = false;
            if self.is_pausing() {
                self.finish_upgrade(out);
            } else {
                self.poll(out);
            }
            return None;
        }
        self.handle_late_poll_end(id, out);
        // An answer without a handshake in it.
        self.handle_opening_failure(id, now, out)
    }

    fn poll(&mut self, out: &mut Outputs) {
        if let Some(current) = &mut self.current
            && !current.polling
        {
            current.polling = true;
            out.push(Output::Poll(current.id));
        }
    }

    /// Long-polling: all that was flushed has arrived.
    pub(crate) fn handle_drain(&mut self, id: TransportId, out: &mut Outputs) {
        if let Some(current) = self.current.as_mut().filter(|current| current.id == id) {
            current.posting = false;
            if self.is_pausing() {
                self.finish_upgrade(out);
            } else {
                self.flush(out);
            }
        } else {
            self.handle_late_drain(id, out);
        }
    }

    /// A transport failed, ended, or sent what is not the protocol. Its role decides what follows.
    pub(crate) fn handle_failure(
        &mut self,
        id: TransportId,
        reason: DisconnectReason,
        now: Millis,
        out: &mut Outputs,
    ) -> Option<Change> {
        if self.is_current(id) {
            // A server that closed the transport has no session to be closed any more.
            if reason == DisconnectReason::TransportClose {
                self.abort(out);
            } else {
                self.lose(now, out);
            }
            return Some(Change::Closed(reason));
        }
        if self.upgrade.as_ref().is_some_and(|upgrade| upgrade.id == id) {
            self.fail_upgrade(out);
        }
        self.remove_closing(id, out);
        self.handle_opening_failure(id, now, out)
    }

    /// Whether no ping came for so long that the session must be taken for dead.
    pub(crate) fn is_expired(&self, now: Millis) -> bool {
        self.current.as_ref().is_some_and(|current| current.ping_deadline <= now)
    }

    /// Does what is due, but for the ping deadline.
    pub(crate) fn handle_timeout(&mut self, now: Millis, out: &mut Outputs) -> Option<Change> {
        if self.upgrade.as_ref().is_some_and(|upgrade| upgrade.deadline <= now) {
            self.fail_upgrade(out);
        }
        self.handle_close_timeout(now, out);
        self.handle_fallback_timeout(now, out)
    }

    /// When [`Self::handle_timeout`] or [`Self::is_expired`] has something to say.
    pub(crate) fn poll_timeout(&self) -> Millis {
        let mut earliest =
            self.opening.as_ref().map_or(Millis::NEVER, |opening| opening.fallback_at);
        if let Some(current) = &self.current {
            earliest = earliest.min(current.ping_deadline);
        }
        if let Some(upgrade) = &self.upgrade {
            earliest = earliest.min(upgrade.deadline);
        }
        for closing in &self.closing {
            earliest = earliest.min(closing.deadline);
        }
        earliest
    }
}
