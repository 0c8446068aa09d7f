//! Tells the page's object what happens.

use std::cell::RefCell;

use js_sys::{Object, WeakRef};
use wasm_bindgen::prelude::*;

use crate::proto::error::DisconnectReason;
use crate::proto::output::{Delivery, Event, NspId};
use crate::web::{Face, Handshake};

#[wasm_bindgen]
extern "C" {
    /// The page's object: a `Manager` of `npm/manager.js`.
    pub(super) type Page;

    /// Something happened: what, to which namespace or how often, and with what.
    #[wasm_bindgen(method, js_name = "$handle")]
    fn handle(this: &Page, what: u32, n: u32, a: &JsValue, b: &JsValue);
}

/// The page's object, kept only while something is going on: else it keeps us, not we it.
pub(super) struct PageFace {
    page: WeakRef,
    anchor: RefCell<Option<JsValue>>,
}

impl PageFace {
    pub(super) fn new(page: &Object) -> Self {
        Self { page: WeakRef::new(page), anchor: RefCell::new(None) }
    }

    fn tell(&self, what: u32, n: u32, a: &JsValue, b: &JsValue) {
        if let Some(page) = self.page.deref() {
            page.unchecked_ref::<Page>().handle(what, n, a, b);
        }
    }
}

const NOTHING: JsValue = JsValue::UNDEFINED;

impl Face for PageFace {
    fn event(&self, event: Event, cause: &JsValue) {
        match event {
            Event::Opening => self.tell(0, 0, &NOTHING, &NOTHING),
            Event::Open(_) => self.tell(1, 0, &NOTHING, &NOTHING),
            Event::Upgrading(_) => self.tell(2, 0, &NOTHING, &NOTHING),
            Event::Upgrade(_) => self.tell(3, 0, &NOTHING, &NOTHING),
            Event::UpgradeError => self.tell(4, 0, cause, &NOTHING),
            Event::Ping => self.tell(5, 0, &NOTHING, &NOTHING),
            Event::Error => self.tell(6, 0, cause, &NOTHING),
            Event::Close(reason) => self.closed(7, 0, reason, cause),
            Event::ReconnectAttempt(n) => self.tell(8, n, &NOTHING, &NOTHING),
            Event::Reconnect(n) => self.tell(9, n, &NOTHING, &NOTHING),
            Event::ReconnectError => self.tell(10, 0, cause, &NOTHING),
            Event::ReconnectFailed => self.tell(11, 0, &NOTHING, &NOTHING),
            Event::ConnectError(NspId(nsp)) => self.tell(12, nsp, cause, &NOTHING),
            Event::Disconnect(NspId(nsp), reason) => self.closed(13, nsp, reason, cause),
            Event::Failed(_) => {}
        }
    }

    fn deliver(&self, NspId(nsp): NspId, delivery: Delivery, data: &JsValue, id: &JsValue) {
        let what = match delivery {
            Delivery::Connect => 14,
            Delivery::Rejected => 15,
            Delivery::IncompatibleServer => 16,
            Delivery::Event => 17,
            Delivery::Ack => 18,
        };
        self.tell(what, nsp, data, id);
    }

    fn authenticate(&self, NspId(nsp): NspId, session: u32) {
        self.tell(19, nsp, &session.into(), &NOTHING);
    }

    fn disconnect(&self, NspId(nsp): NspId) {
        self.tell(20, nsp, &NOTHING, &NOTHING);
    }

    fn handshake(&self, handshake: &Handshake) {
        self.tell(21, 0, handshake, &NOTHING);
    }

    fn message(&self, data: &JsValue) {
        self.tell(22, 0, data, &NOTHING);
    }

    fn traced(&self, packet_type: u32, data: &JsValue) {
        self.tell(23, packet_type, data, &NOTHING);
    }

    fn anchor(&self, is_busy: bool) {
        let page = is_busy.then(|| self.page.deref().map(JsValue::from)).flatten();
        // What was kept is dropped with nothing borrowed.
        drop(self.anchor.replace(page));
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
        self.tell(what, n, &reason.as_str().into(), details);
    }
}
