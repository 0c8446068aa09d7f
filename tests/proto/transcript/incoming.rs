//! From what comes to what it means.

use socketio_wasm::proto::engine::Handshake;
use socketio_wasm::proto::engine::packet::{PacketType as EngineType, is_probe};
use socketio_wasm::proto::error::{DecodeError, DisconnectReason};
use socketio_wasm::proto::output::{Delivery, NspId, TransportId};
use socketio_wasm::proto::socket::packet::{Header, PacketType};
use socketio_wasm::proto::time::Millis;

use super::Transcript;

const MAX_ATTACHMENTS: u32 = 10;

/// A Socket.IO packet.
#[derive(Debug)]
pub(super) struct Incoming {
    packet_type: PacketType,
    nsp: Option<NspId>,
    id: Option<u64>,
    data: String,
    attachments: String,
}

impl Transcript {
    /// A packet comes as text.
    pub(crate) fn recv(&mut self, id: u32, text: &str) -> &mut Self {
        let (id, range) = (TransportId(id), 0..text.len());
        match EngineType::decode(text, &range) {
            Ok(EngineType::Open) => match handshake(&text[1..]) {
                Some(handshake) => {
                    self.turn(|manager, now| manager.handle_handshake(id, &handshake, now))
                }
                None => self.refuse(id, DecodeError::InvalidHandshake),
            },
            Ok(EngineType::Close) => self.close(id.0),
            Ok(EngineType::Ping) if self.reconstruction.is_given_up() => {
                self.refuse(id, DecodeError::UnexpectedText)
            }
            Ok(EngineType::Ping) => self.turn(|manager, now| manager.handle_ping(id, now)),
            Ok(EngineType::Pong) => {
                self.turn(|manager, _| manager.handle_pong(id, is_probe(text, &range)))
            }
            Ok(EngineType::Message) => self.message(id, text),
            Ok(EngineType::Base64) => self.binary(id.0, &text[1..]),
            Ok(EngineType::Upgrade | EngineType::Noop) => self,
            Err(error) => self.refuse(id, error),
        }
    }

    pub(crate) fn binary(&mut self, id: u32, data: &str) -> &mut Self {
        let id = TransportId(id);
        if self.accepts(id) {
            let complete = self.reconstruction.attachment(|packet| packet.attachments += data);
            self.complete(id, complete);
        }
        self
    }

    pub(super) fn fail(
        &mut self,
        id: TransportId,
        reason: DisconnectReason,
        cause: &str,
    ) -> &mut Self {
        self.cause = cause.into();
        self.turn(|manager, now| manager.handle_failure(id, reason, now))
    }

    fn refuse(&mut self, id: TransportId, error: DecodeError) -> &mut Self {
        self.fail(id, error.into(), error.as_str())
    }

    fn accepts(&mut self, id: TransportId) -> bool {
        let is_current = self.manager.is_current(id);
        if !is_current {
            self.turn(|manager, _| manager.handle_unexpected(id));
        }
        is_current
    }

    fn message(&mut self, id: TransportId, text: &str) -> &mut Self {
        if !self.accepts(id) {
            return self;
        }
        let (header, at) = match Header::decode(text, &(1..text.len()), MAX_ATTACHMENTS) {
            Ok(decoded) => decoded,
            Err(error) => return self.refuse(id, error),
        };
        let packet = Incoming {
            packet_type: header.packet_type,
            nsp: self.find(header.nsp.map_or("/", |nsp| &text[nsp])),
            id: header.id,
            data: text[at..].into(),
            attachments: String::new(),
        };
        let complete = self.reconstruction.packet(header.attachments, packet);
        self.complete(id, complete)
    }

    fn complete(
        &mut self,
        id: TransportId,
        complete: Result<Option<Incoming>, DecodeError>,
    ) -> &mut Self {
        match complete {
            Ok(Some(packet)) => self.deliver(&packet),
            Ok(None) => {}
            Err(error) => drop(self.refuse(id, error)),
        }
        self
    }

    fn deliver(&mut self, packet: &Incoming) {
        let &Incoming { packet_type, nsp, id, ref data, ref attachments } = packet;
        let Some(nsp) = nsp else { return };
        let is_session = packet_type == PacketType::Connect && data.contains(r#""sid":""#);
        let delivery =
            self.input(|manager, now| manager.handle_packet(nsp, packet_type, is_session, now));
        let Some(delivery) = delivery else { return };
        let name = self.name(nsp);
        let id = id.map_or(String::new(), |id| format!(" ack {id}"));
        self.say(match delivery {
            Delivery::Connect => format!("connect {name} {data}"),
            Delivery::Rejected => format!("connect_error {name}: rejected {data}"),
            Delivery::IncompatibleServer => format!("connect_error {name}: incompatible server"),
            Delivery::Event => format!("event {name} {data}{attachments}{id}"),
            Delivery::Ack => format!("answer {name} {data}{attachments}{id}"),
        });
    }
}

/// What a driver gets from the browser's JSON, for the little JSON in these tests.
fn handshake(json: &str) -> Option<Handshake> {
    let number = |name: &str| {
        let (_, rest) = json.split_once(&format!(r#""{name}":"#))?;
        rest.split([',', '}']).next()?.parse().ok().map(Millis)
    };
    Some(Handshake {
        websocket: json.contains(r#""upgrades":["websocket"]"#),
        ping_interval: number("pingInterval")?,
        ping_timeout: number("pingTimeout")?,
    })
}
