//! What the page can have done.

use std::rc::Rc;

use js_sys::{JsString, Object};
use wasm_bindgen::prelude::*;

use super::face::PageFace;
use crate::proto::error::DisconnectReason;
use crate::proto::options::{Candidate, ManagerOptions, TransportKind};
use crate::proto::output::NspId;
use crate::proto::socket::packet::PacketType;
use crate::proto::time::Millis;
use crate::web::Driver;

/// One connection. The classes of `npm/` say what each member means to their users.
#[wasm_bindgen(skip_typescript)]
pub struct Core(Rc<Driver>);

#[wasm_bindgen]
impl Core {
    /// A connection that does nothing yet, for the page's object that hears of it. `endpoint`:
    /// how the server is addressed.
    #[wasm_bindgen(constructor)]
    pub fn new(page: &Object, endpoint: JsValue) -> Self {
        let face = Box::new(PageFace::new(page));
        Self(Driver::new(endpoint, ManagerOptions::default(), face))
    }

    /// Sets all options. Times are in milliseconds, `Infinity` for never.
    #[expect(clippy::too_many_arguments, reason = "an object would have to be read field by field")]
    pub fn configure(
        &self,
        transports: u32,
        upgrade: bool,
        fallback_delay: f64,
        timeout: f64,
        reconnection: bool,
        attempts: f64,
        delay: f64,
        delay_max: f64,
        factor: f64,
    ) {
        let millis = |ms| Millis::from_f64(ms).unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let options = ManagerOptions {
            transports: candidates(transports),
            upgrade,
            fallback_delay: millis(fallback_delay),
            timeout: millis(timeout),
            reconnection,
            // `as` makes of Infinity the largest number there is.
            reconnection_attempts: attempts as u32,
            reconnection_delay: millis(delay),
            reconnection_delay_max: millis(delay_max),
            randomization_factor: factor,
        };
        self.0.turn(|manager, _| manager.configure(options));
    }

    /// The most attachments of a received packet; whether messages come as they are; whether each
    /// packet is to be shown.
    pub fn look(&self, max_attachments: u32, raw: bool, traced: bool) {
        self.0.max_attachments.set(max_attachments);
        self.0.raw.set(raw);
        self.0.traced.set(traced);
    }

    /// The number of the namespace called `name`, which is made if need be.
    pub fn socket(&self, name: &JsString) -> u32 {
        self.0.socket(name).0
    }

    /// Opens the connection.
    pub fn open(&self, retrying: bool) {
        self.0.turn(|manager, now| manager.open(retrying, now));
    }

    /// Closes it, for good or as if the network had.
    pub fn close(&self, for_good: bool) {
        self.0.turn(
            |manager, now| {
                if for_good { manager.close(now) } else { manager.close_session(now) }
            },
        );
    }

    /// Ends the connection as the loss of the network does. Another one follows.
    pub fn lose(&self, details: JsValue) {
        self.0.lose(details);
    }

    /// Wants a namespace connected.
    pub fn connect(&self, nsp: u32) {
        self.0.turn(|manager, now| manager.connect(NspId(nsp), now));
    }

    /// Leaves a namespace.
    pub fn disconnect(&self, nsp: u32) {
        self.0.turn(|manager, now| manager.disconnect(NspId(nsp), now));
    }

    /// Whether a namespace is connected, or will be without anybody's doing.
    pub fn active(&self, nsp: u32) -> bool {
        self.0.ask(|manager| manager.is_active(NspId(nsp)))
    }

    /// The data for CONNECT is there, or will not be; says whether that still matters.
    pub fn authenticate(&self, nsp: u32, session: u32, is_ok: bool) -> bool {
        self.0.turn(|manager, now| manager.authenticate(NspId(nsp), session, is_ok, now))
    }

    /// Sends a message of a namespace; says whether it is connected.
    pub fn send(&self, nsp: u32, frame: &JsValue) -> bool {
        self.0.send(NspId(nsp), frame)
    }

    /// Sends a message.
    pub fn write(&self, frame: &JsValue) {
        self.0.write(frame);
    }

    /// A packet that the page's own parser has decoded; `packet_type` below zero: it could not, and
    /// `data` says why.
    pub fn packet(&self, nsp: &JsString, packet_type: i32, data: &JsValue, id: &JsValue) {
        let packet_type = u64::try_from(packet_type).ok().and_then(PacketType::from_digit);
        if let Some(packet_type) = packet_type {
            if let Some(nsp) = self.0.find(nsp) {
                self.0.on_packet(nsp, packet_type, data, id);
            }
        } else if let Some((transport, _)) = self.0.ask(|manager| manager.transport()) {
            self.0.on_failure(transport, DisconnectReason::ParseError, data.clone());
        }
    }

    /// Messages that wait for the transport.
    #[wasm_bindgen(getter)]
    pub fn buffer(&self) -> JsValue {
        self.0.write_buffer().into()
    }

    /// The bytes that the transport has not handed to the network yet.
    #[wasm_bindgen(getter)]
    pub fn amount(&self) -> f64 {
        self.0.buffered_amount()
    }

    /// Whether a packet would be sent at once.
    #[wasm_bindgen(getter)]
    pub fn writable(&self) -> bool {
        self.0.ask(|manager| manager.is_writable())
    }

    /// The transport in use, as in `configure`; 0 for none.
    #[wasm_bindgen(getter)]
    pub fn transport(&self) -> u32 {
        self.0.ask(|manager| manager.transport()).map_or(0, |(_, candidate)| number(candidate))
    }
}

/// The first of what is not a polling transport.
const WEBSOCKET: u32 = 3;

/// Transports are numbers: 1 polling by XMLHttpRequest, 2 by fetch, 3 a WebSocket, from 4 on what
/// the page brings. Four bits each, the first one lowest.
fn candidates(mut packed: u32) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    while packed > 0 {
        let number = packed & 15;
        packed >>= 4;
        candidates.push(match number.checked_sub(WEBSOCKET) {
            Some(tag) => Candidate { kind: TransportKind::WebSocket, tag: tag as u8 },
            None => Candidate { kind: TransportKind::Polling, tag: (number >> 1) as u8 },
        });
    }
    candidates
}

fn number(candidate: Candidate) -> u32 {
    let tag = u32::from(candidate.tag);
    match candidate.kind {
        TransportKind::WebSocket => WEBSOCKET.saturating_add(tag),
        TransportKind::Polling => tag.saturating_add(1),
    }
}
