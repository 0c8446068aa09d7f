//! From what transports receive to what it means.

use core::ops::Range;

use super::network::Blame;
use super::text::Text;
use super::{Driver, Face};
use crate::proto::engine::packet::{PacketType as EngineType, is_probe};
use crate::proto::engine::{Handshake, payload};
use crate::proto::error::{DecodeError, DisconnectReason};
use crate::proto::manager::Manager;
use crate::proto::output::{NspId, TransportId};
use crate::proto::socket::attachments::Reconstruction;
use crate::proto::socket::packet::{Header, PacketType};
use crate::proto::text::Text as _;

/// Where the text says no more.
const NOWHERE: Range<usize> = 0..0;

/// A Socket.IO packet; its data is with JavaScript, and its attachments may be still to come.
#[derive(Clone, Copy)]
pub struct Incoming {
    /// What kind of packet it is.
    pub packet_type: PacketType,
    /// Its namespace; none for one that nobody asked for.
    pub nsp: Option<NspId>,
    /// The acknowledgement id.
    pub id: Option<u64>,
    /// Whether its data has a session id.
    pub is_session: bool,
}

impl<F: Face> Driver<F> {
    /// A part of a long-polling payload.
    pub(super) fn on_payload(&self, id: TransportId, body: &Text, is_last: bool) {
        for packet in payload::split(body) {
            self.on_text(id, body, packet, true);
        }
        if !is_last {
            return;
        }
        if !self.ask(|manager| manager.is_current(id)) {
            // For what it can only be: an answer without a handshake.
            self.network.blame_text(DecodeError::InvalidHandshake, &(0..body.len()));
        }
        self.turn(|manager, now| manager.handle_poll_end(id, now));
    }

    /// The Engine.IO packet that fills `range` of `text`.
    pub(super) fn on_text(
        &self,
        id: TransportId,
        text: &Text,
        range: Range<usize>,
        is_polling: bool,
    ) {
        let packet_type = match EngineType::decode(text, &range) {
            Ok(packet_type) => packet_type,
            Err(error) => return self.on_error(id, error, &(0..text.len())),
        };
        let data = range.start.saturating_add(1)..range.end;
        if self.traced.get() && packet_type != EngineType::Base64 {
            self.network.slice(&data);
            self.face.traced(self.network, packet_type as u32);
        }
        match packet_type {
            EngineType::Message => self.on_message(id, text, &data),
            EngineType::Ping if self.reconstruction.with(Reconstruction::is_given_up) => {
                self.on_error(id, DecodeError::UnexpectedText, &NOWHERE);
            }
            EngineType::Ping => self.turn(|manager, now| manager.handle_ping(id, now)),
            EngineType::Open => self.on_handshake(id, &data),
            EngineType::Pong => {
                let is_probe = is_probe(text, &range);
                self.turn(|manager, _| manager.handle_pong(id, is_probe));
            }
            // Over a WebSocket the reference ignores it: the WebSocket's own end follows.
            EngineType::Close if !is_polling => {}
            EngineType::Close => {
                self.network.blame(Blame::ClosedByServer);
                self.on_failure(id, DisconnectReason::TransportClose);
            }
            EngineType::Base64 if self.network.binary(&data) => self.on_binary(id),
            EngineType::Base64 => self.on_error(id, DecodeError::InvalidBase64, &NOWHERE),
            // Only clients send the one; the other has done its work by coming.
            EngineType::Upgrade | EngineType::Noop => {}
        }
    }

    fn on_handshake(&self, id: TransportId, part: &Range<usize>) {
        let network = self.network;
        if !network.accept(id, part) {
            return self.on_error(id, DecodeError::InvalidHandshake, part);
        }
        let handshake = Handshake {
            websocket: network.can_upgrade(),
            ping_interval: network.interval(false),
            ping_timeout: network.interval(true),
        };
        self.face.handshake(network);
        self.turn(|manager, now| manager.handle_handshake(id, &handshake, now));
    }

    /// Whether a message from this transport belongs to the session.
    fn accepts(&self, id: TransportId) -> bool {
        let is_current = self.ask(|manager| manager.is_current(id));
        if !is_current {
            self.turn(|manager, _| manager.handle_unexpected(id));
        }
        is_current
    }

    fn on_message(&self, id: TransportId, text: &Text, range: &Range<usize>) {
        if !self.accepts(id) {
            return;
        }
        if self.raw.get() {
            self.network.slice(range);
            return self.face.message(self.network);
        }
        let (header, at) = match Header::decode(text, range, self.max_attachments.get()) {
            Ok(decoded) => decoded,
            Err(error) => {
                let is_unit = error == DecodeError::UnknownPacketType;
                let unit = range.start..range.start.saturating_add(usize::from(is_unit));
                return self.on_error(id, error, &unit);
            }
        };
        let nsp = header.nsp.unwrap_or(NOWHERE);
        let decoded = self.network.decode(header.packet_type, &(at..range.end), &nsp);
        let Some(mut incoming) = decoded else {
            return self.on_error(id, DecodeError::InvalidPayload, &NOWHERE);
        };
        incoming.id = header.id;
        match self.reconstruction.with(|waiting| waiting.packet(header.attachments, ())) {
            Ok(None) => {
                self.partial.set(Some(incoming));
                self.network.hold(false);
            }
            Ok(Some(())) => self.on_packet(incoming),
            Err(error) => self.on_error(id, error, &NOWHERE),
        }
    }

    /// A binary message came: an attachment of the packet before it.
    pub(super) fn on_binary(&self, id: TransportId) {
        if self.traced.get() {
            self.face.traced(self.network, EngineType::Message as u32);
        }
        if !self.accepts(id) {
            return;
        }
        if self.raw.get() {
            return self.face.message(self.network);
        }
        let whole = self.reconstruction.with(|waiting| waiting.attachment(|_| ()));
        if whole.is_ok() {
            self.network.hold(true);
        }
        match whole {
            Ok(None) => {}
            Ok(Some(())) if self.network.complete() => {
                if let Some(incoming) = self.partial.take() {
                    self.on_packet(incoming);
                }
            }
            Ok(Some(())) => self.on_error(id, DecodeError::IllegalAttachments, &NOWHERE),
            Err(error) => self.on_error(id, error, &NOWHERE),
        }
    }

    /// A Socket.IO packet came, whole.
    pub fn on_packet(&self, Incoming { packet_type, nsp, id, is_session }: Incoming) {
        let Some(nsp) = nsp else { return };
        let delivery = if packet_type.is_data() {
            self.ask(|manager| manager.route(nsp, packet_type))
        } else {
            self.turn(|manager, now| manager.handle_packet(nsp, packet_type, is_session, now))
        };
        if let Some(delivery) = delivery {
            self.face.deliver(self.network, nsp, delivery, id);
        }
    }

    /// The network is lost: the connection, or the attempt to get one, ends at once.
    pub fn lose(&self) {
        self.turn(Manager::lose);
    }

    /// The transport in use is of no use any more.
    pub fn end(&self, reason: DisconnectReason) {
        if let Some((id, _)) = self.ask(|manager| manager.transport()) {
            self.on_failure(id, reason);
        }
    }

    /// Something came that is not the protocol. `part`: what of the text says more.
    fn on_error(&self, id: TransportId, error: DecodeError, part: &Range<usize>) {
        self.network.blame_text(error, part);
        self.on_failure(id, error.into());
    }

    /// A transport failed or was closed; JavaScript knows why.
    pub fn on_failure(&self, id: TransportId, reason: DisconnectReason) {
        self.turn(|manager, now| manager.handle_failure(id, reason, now));
    }
}
