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

use super::error::{ConnectError, DecodeError, DisconnectReason};
use super::options::{ManagerOptions, TransportKind};
use super::output::{Event, NspId, Output, Outputs, TransportId};
use super::time::{Millis, earliest};
use closing::Closing;
use fallback::{Opening, Won};
use upgrade::Upgrade;

/// A packet to send, before it is made into text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Packet<P> {
    /// Engine.IO `1`.
    Close,
    /// Engine.IO `2probe`.
    Probe,
    /// Engine.IO `3`.
    Pong,
    /// Engine.IO `5`.
    Upgrade,
    /// Socket.IO CONNECT with the user's `auth`, if there is one.
    Connect(NspId, Option<P>),
    /// Socket.IO DISCONNECT.
    Disconnect(NspId),
    /// Socket.IO EVENT or BINARY_EVENT, with the acknowledgement id if an answer is wanted.
    Event(NspId, Option<u64>, P),
    /// Socket.IO ACK or BINARY_ACK.
    Ack(NspId, u64, P),
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
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Change<P> {
    /// A handshake came.
    Opened,
    /// There was no session yet, and there will be none.
    Failed(ConnectError<P>),
    /// The session ended.
    Closed(DisconnectReason, Option<P>),
}

/// The transport that carries the session.
#[derive(Debug)]
struct Current {
    id: TransportId,
    kind: TransportKind,
    /// Long-polling: a GET waits for its answer.
    polling: bool,
    /// Long-polling: a POST waits for its answer.
    posting: bool,
    /// How long after a ping the next one must be there.
    heartbeat: Millis,
    ping_deadline: Millis,
}

/// The machine. See the module's theory.
#[derive(Debug)]
pub(crate) struct Engine<P> {
    next_id: u32,
    opening: Option<Opening<P>>,
    current: Option<Current>,
    upgrade: Option<Upgrade>,
    write_buffer: Vec<Packet<P>>,
    closing: Vec<Closing>,
}

impl<P> Engine<P> {
    pub(crate) fn new() -> Self {
        Self {
            next_id: 0,
            opening: None,
            current: None,
            upgrade: None,
            write_buffer: Vec::new(),
            closing: Vec::new(),
        }
    }

    /// The transport in use, if there is a session.
    pub(crate) fn current(&self) -> Option<(TransportId, TransportKind)> {
        self.current.as_ref().map(|current| (current.id, current.kind))
    }

    /// Whether packets from this transport belong to the session.
    pub(crate) fn is_current(&self, id: TransportId) -> bool {
        self.current.as_ref().is_some_and(|current| current.id == id)
    }

    fn new_id(&mut self) -> TransportId {
        let id = TransportId(self.next_id);
        self.next_id = self.next_id.wrapping_add(1);
        id
    }

    /// Sends a packet, or keeps it until the transport can take it.
    pub(crate) fn write(&mut self, packet: Packet<P>, out: &mut Outputs<P>) {
        self.queue(packet);
        self.flush(out);
    }

    /// Sends several packets, in one POST where there are POSTs.
    pub(crate) fn write_all(&mut self, packets: Vec<Packet<P>>, out: &mut Outputs<P>) {
        self.write_buffer.extend(packets);
        self.flush(out);
    }

    /// Keeps a packet until [`Self::flush`] or [`Self::close`], which puts it into its last POST.
    pub(crate) fn queue(&mut self, packet: Packet<P>) {
        self.write_buffer.push(packet);
    }

    /// A packet that this transport should not have sent. While probing, that is the end of it.
    pub(crate) fn handle_unexpected(&mut self, id: TransportId, out: &mut Outputs<P>) {
        self.handle_pong(id, false, out);
    }

    /// Sends what is kept, if the transport can take it.
    pub(crate) fn flush(&mut self, out: &mut Outputs<P>) {
        if self.is_pausing() {
            return;
        }
        let Some(current) = &mut self.current else { return };
        if current.posting || self.write_buffer.is_empty() {
            return;
        }
        out.extend(self.write_buffer.drain(..).map(|packet| Output::Send(current.id, packet)));
        if current.kind == TransportKind::Polling {
            current.posting = true;
            out.push_back(Output::Flush(current.id));
        }
    }

    /// A transport's first packet: the first one to bring it carries the session.
    pub(crate) fn handle_handshake(
        &mut self,
        id: TransportId,
        handshake: &Handshake,
        options: &ManagerOptions,
        now: Millis,
        out: &mut Outputs<P>,
    ) -> Option<Change<P>> {
        if self.is_closing(id) {
            self.handle_late_handshake(id, out);
            return None;
        }
        let heartbeat = handshake.ping_interval.after(handshake.ping_timeout);
        if let Some(current) = self.current.as_mut().filter(|current| current.id == id) {
            // The specification knows one handshake; the reference takes a second as new intervals.
            current.heartbeat = heartbeat;
            current.ping_deadline = now.after(heartbeat);
            return None;
        }
        self.handle_unexpected(id, out);
        self.begin_session(id, heartbeat, now, out).map(|websocket_failed| {
            if handshake.websocket && !websocket_failed {
                self.start_upgrade(options, now, out);
            }
            Change::Opened
        })
    }

    /// Makes a transport that was racing the current one; says whether a WebSocket failed before.
    fn begin_session(
        &mut self,
        id: TransportId,
        heartbeat: Millis,
        now: Millis,
        out: &mut Outputs<P>,
    ) -> Option<bool> {
        let Won { kind, websocket_failed } = self.win(id, now, out)?;
        self.current = Some(Current {
            id,
            kind,
            polling: kind == TransportKind::Polling,
            posting: false,
            heartbeat,
            ping_deadline: now.after(heartbeat),
        });
        out.tell(Event::Open(id));
        Some(websocket_failed)
    }

    /// The heartbeat's question: answer it, and expect the next.
    /// Spec: engine.io-protocol v4, "Heartbeat".
    pub(crate) fn handle_ping(&mut self, id: TransportId, now: Millis, out: &mut Outputs<P>) {
        let Some(current) = self.current.as_mut().filter(|current| current.id == id) else {
            self.handle_unexpected(id, out);
            return;
        };
        current.ping_deadline = now.after(current.heartbeat);
        out.tell(Event::Ping);
        self.write(Packet::Pong, out);
    }

    /// Long-polling: a GET was answered and all of its packets were handled.
    pub(crate) fn handle_poll_end(
        &mut self,
        id: TransportId,
        now: Millis,
        out: &mut Outputs<P>,
    ) -> Option<Change<P>> {
        if let Some(current) = self.current.as_mut().filter(|current| current.id == id) {
            current.polling = false;
            if self.is_pausing() {
                self.finish_upgrade(out);
            } else {
                self.poll(out);
            }
            return None;
        }
        if self.is_closing(id) {
            self.handle_late_poll_end(id, out);
            return None;
        }
        // An answer without a handshake in it.
        let error = ConnectError::Decode(DecodeError::InvalidHandshake);
        self.handle_opening_failure(id, error, now, out)
    }

    fn poll(&mut self, out: &mut Outputs<P>) {
        if let Some(current) = &mut self.current
            && current.kind == TransportKind::Polling
            && !current.polling
        {
            current.polling = true;
            out.push_back(Output::Poll(current.id));
        }
    }

    /// Long-polling: all that was flushed has arrived.
    pub(crate) fn handle_drain(&mut self, id: TransportId, out: &mut Outputs<P>) {
        if let Some(current) = self.current.as_mut().filter(|current| current.id == id) {
            current.posting = false;
            if self.is_pausing() {
                self.finish_upgrade(out);
            }
            self.flush(out);
        } else {
            self.handle_late_drain(id, out);
        }
    }

    /// A transport failed, ended, or sent what is not the protocol. Its role decides what follows.
    pub(crate) fn handle_failure(
        &mut self,
        id: TransportId,
        reason: DisconnectReason,
        error: ConnectError<P>,
        now: Millis,
        out: &mut Outputs<P>,
    ) -> Option<Change<P>> {
        if self.is_current(id) {
            return Some(self.end(reason, error, now, out));
        }
        if self.upgrade.as_ref().is_some_and(|upgrade| upgrade.id == id) {
            self.fail_upgrade(out);
        } else if self.is_closing(id) {
            self.remove_closing(id, out);
        } else {
            return self.handle_opening_failure(id, error, now, out);
        }
        None
    }

    fn end(
        &mut self,
        reason: DisconnectReason,
        error: ConnectError<P>,
        now: Millis,
        out: &mut Outputs<P>,
    ) -> Change<P> {
        // A server that closed the transport has no session to be closed any more.
        if reason == DisconnectReason::TransportClose {
            self.abort(out);
        } else {
            self.lose(now, out);
        }
        let detail = match error {
            ConnectError::Transport(detail) => Some(detail),
            _ => None,
        };
        Change::Closed(reason, detail)
    }

    /// Whether no ping came for so long that the session must be taken for dead.
    pub(crate) fn is_expired(&self, now: Millis) -> bool {
        self.current.as_ref().is_some_and(|current| current.ping_deadline <= now)
    }

    /// Does what is due, but for the ping deadline.
    pub(crate) fn handle_timeout(
        &mut self,
        now: Millis,
        out: &mut Outputs<P>,
    ) -> Option<Change<P>> {
        if self.upgrade.as_ref().is_some_and(|upgrade| upgrade.deadline <= now) {
            self.fail_upgrade(out);
        }
        self.handle_close_timeout(now, out);
        self.handle_fallback_timeout(now, out)
    }

    /// When [`Self::handle_timeout`] or [`Self::is_expired`] has something to say.
    pub(crate) fn poll_timeout(&self) -> Option<Millis> {
        let fallback = self.opening.as_ref().and_then(|opening| opening.fallback_at);
        let ping = self.current.as_ref().map(|current| current.ping_deadline);
        let upgrade = self.upgrade.as_ref().map(|upgrade| upgrade.deadline);
        let closing = self.closing.iter().map(|closing| closing.deadline).min();
        earliest(earliest(fallback, ping), earliest(upgrade, closing))
    }
}
