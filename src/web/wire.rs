//! Between packets and the text on the wire.

use core::ops::Range;

use js_sys::{Array, JsString};
use wasm_bindgen::JsValue;

use super::data::{Data, Form};
use super::error::{close_details, report};
use super::text::slice;
use super::{Driver, base64, json};
use crate::proto::engine::packet::{PacketType as EngineType, is_probe};
use crate::proto::engine::{Packet, payload};
use crate::proto::error::DecodeError;
use crate::proto::manager::Manager;
use crate::proto::output::{NspId, TransportId};
use crate::proto::socket::packet::{Header, PacketType};

/// In: what transports receive.
impl Driver {
    /// A long-polling payload.
    pub(super) fn on_payload(&self, id: TransportId, body: &JsString) {
        for packet in payload::split(body) {
            self.on_text(id, body, packet);
        }
        self.turn(|manager, now| manager.handle_poll_end(id, now));
    }

    /// The Engine.IO packet that fills `range` of `text`.
    pub(super) fn on_text(&self, id: TransportId, text: &JsString, range: Range<usize>) {
        let packet_type = match EngineType::decode(text, &range) {
            Ok(packet_type) => packet_type,
            Err(error) => return self.on_error(id, error),
        };
        let data = range.start.saturating_add(1)..range.end;
        match packet_type {
            EngineType::Message => self.on_message(id, text, &data),
            EngineType::Ping => self.turn(|manager, now| manager.handle_ping(id, now)),
            EngineType::Open => self.on_handshake(id, &slice(text, &data)),
            EngineType::Pong => {
                let is_probe = is_probe(text, &range);
                self.turn(|manager, _| manager.handle_pong(id, is_probe));
            }
            EngineType::Close => {
                let details = close_details("transport closed by the server", &JsValue::UNDEFINED);
                self.turn(|manager, now| manager.handle_close(id, details, now));
            }
            EngineType::Base64 => match base64::decode(&slice(text, &data)) {
                Some(data) => {
                    self.turn(|manager, now| manager.handle_attachment(id, data.into(), now));
                }
                None => self.on_error(id, DecodeError::InvalidBase64),
            },
            // Only clients send the one; the other has done its work by coming.
            EngineType::Upgrade | EngineType::Noop => {}
        }
    }

    fn on_handshake(&self, id: TransportId, text: &JsString) {
        let Some((handshake, sid, max_payload)) = json::handshake(text) else {
            return self.on_error(id, DecodeError::InvalidHandshake);
        };
        self.transports.set_session(id, &sid, max_payload);
        self.turn(|manager, now| manager.handle_handshake(id, &handshake, now));
    }

    fn on_message(&self, id: TransportId, text: &JsString, range: &Range<usize>) {
        let max_attachments = self.ask(|manager| manager.options().max_attachments);
        match Header::decode(text, range, max_attachments) {
            Ok((header, data_at)) => {
                let text = slice(text, &(data_at..range.end));
                let (data, shape) = json::parse(&text, header.packet_type);
                self.turn(|manager, now| {
                    manager.handle_packet(id, header, data, shape, now);
                });
            }
            Err(error) => self.on_error(id, error),
        }
    }

    fn on_error(&self, id: TransportId, error: DecodeError) {
        self.turn(|manager, now| manager.handle_decode_error(id, error, now));
    }

    /// Puts attachments into their data. What can't be put together ends the connection.
    pub(super) fn reconstruct(&self, data: &Data, attachments: &[Data]) -> bool {
        if attachments.is_empty() {
            return true;
        }
        let result = json::reconstruct(data, attachments);
        let current = self.ask(Manager::transport);
        if let (Err(error), Some((id, _))) = (result, current) {
            self.on_error(id, error);
        }
        result.is_ok()
    }
}

thread_local! {
    /// The head of most packets that are sent: it need not be made again for each.
    static EVENT: JsString = "42".into();
}

/// Out: what the machine wants sent.
impl Driver {
    pub(super) fn send(&self, id: TransportId, packet: Packet<Data>) {
        let (packet_type, nsp, ack, data) = match packet {
            Packet::Close => return self.transports.send(id, &"1".into()),
            Packet::Probe => return self.transports.send(id, &"2probe".into()),
            Packet::Pong => return self.transports.send(id, &"3".into()),
            Packet::Upgrade => return self.transports.send(id, &"5".into()),
            Packet::Connect(nsp, auth) => (PacketType::Connect, nsp, None, auth),
            Packet::Disconnect(nsp) => (PacketType::Disconnect, nsp, None, None),
            Packet::Event(nsp, ack, data) => (PacketType::Event, nsp, ack, Some(data)),
            Packet::Ack(nsp, ack, data) => (PacketType::Ack, nsp, Some(ack), Some(data)),
        };
        let Some((json, attachments)) = encoded(data) else { return };
        let count = attachments.as_ref().map_or(0, Array::length);
        let head = self.head(packet_type, nsp, ack, count);
        self.transports.send(id, &head.concat(&json));
        let Some(attachments) = attachments else { return };
        for at in 0..count {
            self.transports.send(id, &attachments.get(at));
        }
    }

    fn head(
        &self,
        packet_type: PacketType,
        nsp: NspId,
        id: Option<u64>,
        attachments: u32,
    ) -> JsString {
        let packet_type = match packet_type {
            PacketType::Event if attachments > 0 => PacketType::BinaryEvent,
            PacketType::Ack if attachments > 0 => PacketType::BinaryAck,
            other => other,
        };
        let nsp = self.ask(|manager| manager.name(nsp).map(String::from));
        if packet_type == PacketType::Event && nsp.is_none() && id.is_none() {
            return EVENT.with(JsString::clone);
        }
        Header { packet_type, attachments, nsp, id }.encode().into()
    }
}

/// The JSON and the attachments of what is to be sent; `None` when it can't be sent. That was
/// checked when it was emitted, so it has changed since: only this packet is lost, and reported.
fn encoded(data: Option<Data>) -> Option<(JsValue, Option<Array>)> {
    let Some(data) = data else { return Some((JsValue::from_str(""), None)) };
    match Form::of(data) {
        Form::Encoded(json, attachments) => Some((json, attachments)),
        Form::Raw(args) => encoded(Some(json::encode(&args).map_err(|error| report(&error)).ok()?)),
    }
}
