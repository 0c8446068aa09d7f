//! Tells the page's object what happens.

use wasm_bindgen::prelude::*;

use crate::proto::error::DisconnectReason;
use crate::proto::output::{Delivery, Event, NspId};
use crate::web::{Face, Handshake};

#[wasm_bindgen]
extern "C" {
    /// Who hears of a connection: see `npm/core.js`.
    pub type Page;

    /// Something happened: what, to which namespace or how often, and with what.
    #[wasm_bindgen(method, js_name = "$handle")]
    fn handle(this: &Page, what: u32, n: u32, a: &JsValue, b: &JsValue);
}

pub(super) struct PageFace(pub(super) Page);

const NOTHING: JsValue = JsValue::UNDEFINED;

impl Face for PageFace {
    fn event(&self, event: Event, cause: &JsValue) {
        let (what, n) = match event {
            Event::Opening => (0, 0),
            Event::Open(_) => (1, 0),
            Event::Upgrading(_) => (2, 0),
            Event::Upgrade(_) => (3, 0),
            Event::UpgradeError => (4, 0),
            Event::Ping => (5, 0),
            Event::Error => (6, 0),
            Event::Close(reason) => return self.closed(7, 0, reason, cause),
            Event::ReconnectAttempt(n) => (8, n),
            Event::Reconnect(n) => (9, n),
            Event::ReconnectError => (10, 0),
            Event::ReconnectFailed => (11, 0),
            Event::ConnectError(NspId(nsp)) => (12, nsp),
            Event::Disconnect(NspId(nsp), reason) => return self.closed(13, nsp, reason, cause),
            Event::Failed(_) => return,
        };
        // Where it is of no interest it is not looked at.
        self.0.handle(what, n, cause, &NOTHING);
    }

    fn deliver(&self, NspId(nsp): NspId, delivery: Delivery, data: &JsValue, id: &JsValue) {
        let what = match delivery {
            Delivery::Connect => 14,
            Delivery::Rejected => 15,
            Delivery::IncompatibleServer => 16,
            Delivery::Event => 17,
            Delivery::Ack => 18,
        };
        self.0.handle(what, nsp, data, id);
    }

    fn authenticate(&self, NspId(nsp): NspId, session: u32) {
        self.0.handle(19, nsp, &session.into(), &NOTHING);
    }

    fn disconnect(&self, NspId(nsp): NspId) {
        self.0.handle(20, nsp, &NOTHING, &NOTHING);
    }

    fn handshake(&self, handshake: &Handshake) {
        self.0.handle(21, 0, handshake, &NOTHING);
    }

    fn message(&self, data: &JsValue) {
        self.0.handle(22, 0, data, &NOTHING);
    }

    fn traced(&self, packet_type: u32, data: &JsValue) {
        self.0.handle(23, packet_type, data, &NOTHING);
    }

    fn anchor(&self, is_busy: bool) {
        self.0.handle(24, is_busy.into(), &NOTHING, &NOTHING);
    }
}

impl PageFace {
    /// An end: its reason, and what is known beyond it if a transport brought it about.
    fn closed(&self, what: u32, n: u32, reason: DisconnectReason, cause: &JsValue) {
        let has_details = matches!(
            reason,
            DisconnectReason::TransportClose
                | DisconnectReason::TransportError
                | DisconnectReason::ParseError
        );
        let details = if has_details { cause } else { &NOTHING };
        self.0.handle(what, n, &reason.as_str().into(), details);
    }
}
