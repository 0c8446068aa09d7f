//! From what transports receive to what it means.

use core::ops::Range;

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

use super::{Driver, host};
use crate::proto::engine::packet::{PacketType as EngineType, is_probe};
use crate::proto::engine::{Handshake, payload};
use crate::proto::error::{DecodeError, DisconnectReason};
use crate::proto::output::{NspId, TransportId};
use crate::proto::socket::packet::{Header, PacketType};
use crate::proto::time::Millis;

const NOTHING: JsValue = JsValue::UNDEFINED;

/// A Socket.IO packet; its attachments may be still to come.
pub(super) struct Incoming {
    packet_type: PacketType,
    nsp: Option<NspId>,
    id: JsValue,
    data: JsValue,
    /// As far as they have come, if there are to be any.
    attachments: Option<Array>,
}

impl Driver {
    /// A long-polling payload.
    pub(super) fn on_payload(&self, id: TransportId, body: &JsString) {
        for packet in payload::split(body) {
            self.on_text(id, body, packet, true);
        }
        if !self.ask(|manager| manager.is_current(id)) {
            // For what it can only be: an answer without a handshake.
            let error = DecodeError::InvalidHandshake.as_str();
            self.cause.set(host::decode_error(error, body));
        }
        self.turn(|manager, now| manager.handle_poll_end(id, now));
    }

    /// The Engine.IO packet that fills `range` of `text`.
    pub(super) fn on_text(
        &self,
        id: TransportId,
        text: &JsString,
        range: Range<usize>,
        is_polling: bool,
    ) {
        let packet_type = match EngineType::decode(text, &range) {
            Ok(packet_type) => packet_type,
            Err(error) => return self.on_error(id, error, text),
        };
        let data = range.start.saturating_add(1)..range.end;
        if self.traced.get() && packet_type != EngineType::Base64 {
            self.face.traced(packet_type as u32, &slice(text, &data).into());
        }
        match packet_type {
            EngineType::Message => self.on_message(id, text, &data),
            EngineType::Ping => self.turn(|manager, now| manager.handle_ping(id, now)),
            EngineType::Open => self.on_handshake(id, &slice(text, &data)),
            EngineType::Pong => {
                let is_probe = is_probe(text, &range);
                self.turn(|manager, _| manager.handle_pong(id, is_probe));
            }
            // Over a WebSocket the reference ignores it: the WebSocket's own end follows.
            EngineType::Close if !is_polling => {}
            EngineType::Close => {
                let details = host::close_details("transport closed by the server");
                self.on_failure(id, DisconnectReason::TransportClose, details);
            }
            EngineType::Base64 => {
                let data = host::from_base64(&slice(text, &data));
                if data.is_undefined() {
                    self.on_error(id, DecodeError::InvalidBase64, &NOTHING);
                } else {
                    self.on_binary(id, data);
                }
            }
            // Only clients send the one; the other has done its work by coming.
            EngineType::Upgrade | EngineType::Noop => {}
        }
    }

    fn on_handshake(&self, id: TransportId, text: &JsString) {
        let Some(data) = host::handshake(text) else {
            return self.on_error(id, DecodeError::InvalidHandshake, text);
        };
        self.network.join(id.0, &data);
        let interval = |ms| Millis::from_f64(ms).unwrap_or_default();
        let handshake = Handshake {
            websocket: host::has_websocket(&data),
            ping_interval: interval(data.ping_interval()),
            ping_timeout: interval(data.ping_timeout()),
        };
        self.face.handshake(&data);
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

    fn on_message(&self, id: TransportId, text: &JsString, range: &Range<usize>) {
        if !self.accepts(id) {
            return;
        }
        if self.raw.get() {
            return self.face.message(&slice(text, range).into());
        }
        let (header, at) = match Header::decode(text, range, self.max_attachments.get()) {
            Ok(decoded) => decoded,
            Err(error) => {
                let is_unit = error == DecodeError::UnknownPacketType;
                let unit = range.start..range.start.saturating_add(usize::from(is_unit));
                return self.on_error(id, error, &slice(text, &unit));
            }
        };
        let data = host::parse(text, at, range.end, header.packet_type as u8);
        if data.is_null() {
            return self.on_error(id, DecodeError::InvalidPayload, &NOTHING);
        }
        let incoming = Incoming {
            packet_type: header.packet_type,
            nsp: self.find(&header.nsp.map_or_else(|| "/".into(), |nsp| slice(text, &nsp))),
            #[expect(clippy::cast_precision_loss)]
            id: header.id.map(|id| id as f64).into(),
            data,
            attachments: (header.attachments > 0).then(Array::new),
        };
        let complete =
            self.reconstruction.with(|waiting| waiting.packet(header.attachments, incoming));
        self.on_complete(id, complete);
    }

    /// A binary message came: an attachment of the packet before it.
    pub(super) fn on_binary(&self, id: TransportId, data: JsValue) {
        if self.traced.get() {
            self.face.traced(EngineType::Message as u32, &data);
        }
        if !self.accepts(id) {
            return;
        }
        if self.raw.get() {
            return self.face.message(&data);
        }
        let add = |incoming: &mut Incoming| {
            incoming.attachments.get_or_insert_default().push(&data);
        };
        let complete = self.reconstruction.with(|waiting| waiting.attachment(add));
        self.on_complete(id, complete);
    }

    fn on_complete(&self, id: TransportId, complete: Result<Option<Incoming>, DecodeError>) {
        match complete {
            Ok(None) => {}
            Ok(Some(incoming)) if !self.reconstruct(&incoming) => {
                self.on_error(id, DecodeError::IllegalAttachments, &NOTHING);
            }
            Ok(Some(Incoming { packet_type, nsp: Some(nsp), id, data, .. })) => {
                self.on_packet(nsp, packet_type, &data, &id);
            }
            // A namespace that nobody asked for.
            Ok(Some(_)) => {}
            Err(error) => self.on_error(id, error, &NOTHING),
        }
    }

    fn reconstruct(&self, Incoming { data, attachments, .. }: &Incoming) -> bool {
        attachments.as_ref().is_none_or(|all| host::reconstruct(data, all, &self.endpoint))
    }

    /// A Socket.IO packet came, whole.
    pub fn on_packet(&self, nsp: NspId, packet_type: PacketType, data: &JsValue, id: &JsValue) {
        let is_session = packet_type == PacketType::Connect && host::has_session(data);
        let delivery =
            self.turn(|manager, now| manager.handle_packet(nsp, packet_type, is_session, now));
        if let Some(delivery) = delivery {
            self.face.deliver(nsp, delivery, data, id);
        }
    }

    /// The network is lost: the connection ends at once.
    pub fn lose(&self, details: JsValue) {
        self.end(DisconnectReason::TransportClose, details);
    }

    /// The transport in use is of no use any more.
    pub fn end(&self, reason: DisconnectReason, cause: JsValue) {
        if let Some((id, _)) = self.ask(|manager| manager.transport()) {
            self.on_failure(id, reason, cause);
        }
    }

    /// Something came that is not the protocol: `text`, as far as it says more.
    fn on_error(&self, id: TransportId, error: DecodeError, text: &JsValue) {
        self.on_failure(id, error.into(), host::decode_error(error.as_str(), text));
    }

    /// A transport failed or was closed; `cause` is what listeners get.
    pub fn on_failure(&self, id: TransportId, reason: DisconnectReason, cause: JsValue) {
        self.cause.set(cause);
        self.turn(|manager, now| manager.handle_failure(id, reason, now));
    }
}

/// A part of a text, as a JavaScript string.
fn slice(text: &JsString, range: &Range<usize>) -> JsString {
    let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
    text.slice(place(range.start), place(range.end))
}
