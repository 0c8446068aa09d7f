//! What is done with transports, time and the write buffer: `network.js`, and what it tells.

use std::rc::Weak;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::{Driver, Handler};
use crate::proto::error::DisconnectReason;
use crate::proto::options::TransportKind;
use crate::proto::output::{Output, TransportId};
use crate::proto::text::Text;
use crate::proto::time::Millis;

#[wasm_bindgen(module = "/src/web/network.js")]
extern "C" {
    /// The transports of one connection, its write buffer, its clock and its timer.
    pub(super) type Network;

    #[wasm_bindgen(constructor)]
    pub(super) fn new(options: &JsValue, on: &Handler) -> Network;

    #[wasm_bindgen(method)]
    fn open(this: &Network, id: u32, is_websocket: bool, tag: u8, other: Option<u32>);

    #[wasm_bindgen(method)]
    fn poll(this: &Network, id: u32);

    #[wasm_bindgen(method)]
    fn send(this: &Network, id: u32, packet: &str);

    #[wasm_bindgen(method)]
    fn flush(this: &Network, id: u32);

    #[wasm_bindgen(method)]
    pub(super) fn write(this: &Network, frame: &JsValue);

    #[wasm_bindgen(method)]
    fn discard(this: &Network);

    #[wasm_bindgen(method)]
    fn close(this: &Network, id: u32);

    #[wasm_bindgen(method)]
    pub(super) fn end(this: &Network);

    #[wasm_bindgen(method)]
    pub(super) fn join(this: &Network, id: u32, handshake: &super::Handshake);

    #[wasm_bindgen(method)]
    pub(super) fn session(this: &Network, id: u32) -> JsValue;

    #[wasm_bindgen(method)]
    pub(super) fn amount(this: &Network, id: u32) -> f64;

    #[wasm_bindgen(method)]
    pub(super) fn waiting(this: &Network, id: u32) -> Array;

    #[wasm_bindgen(method)]
    pub(super) fn now(this: &Network) -> f64;

    #[wasm_bindgen(method)]
    pub(super) fn arm(this: &Network, deadline: f64);
}

impl Driver {
    pub(super) fn listen(driver: Weak<Self>) -> Handler {
        Handler::new(move |what: u32, value: JsValue| {
            if let Some(driver) = driver.upgrade() {
                driver.hear(what, value);
            }
        })
    }

    /// What `network.js` tells, and of which transport.
    fn hear(&self, what: u32, value: JsValue) {
        let id = TransportId(what >> 3);
        match what & 7 {
            0 => self.turn(|manager, _| manager.handle_open(id)),
            1 => {
                let text = value.unchecked_ref::<js_sys::JsString>();
                self.on_text(id, text, 0..text.len(), false);
            }
            2 => self.on_binary(id, value),
            3 => self.on_failure(id, DisconnectReason::TransportError, value),
            4 => self.on_failure(id, DisconnectReason::TransportClose, value),
            5 => self.on_payload(id, value.unchecked_ref()),
            6 => self.turn(|manager, _| manager.handle_drain(id)),
            _ => {
                self.deadline.set(None);
                self.turn(|manager, now| manager.handle_timeout(now));
            }
        }
    }

    /// Carries out what the machine wants of the network.
    pub(super) fn reach(&self, output: Output) {
        let network = &self.network;
        match output {
            Output::Open { id, transport, session_of } => {
                let is_websocket = transport.kind == TransportKind::WebSocket;
                network.open(id.0, is_websocket, transport.tag, session_of.map(|id| id.0));
            }
            Output::Poll(id) => network.poll(id.0),
            Output::Send(id, packet) => network.send(id.0, packet.as_str()),
            Output::Write(packet) => network.write(&packet.as_str().into()),
            Output::Flush(id) => network.flush(id.0),
            Output::Discard => network.discard(),
            Output::Close(id) => network.close(id.0),
            _ => {}
        }
    }

    /// The time as the manager sees it.
    pub(super) fn now(&self) -> Millis {
        Millis::from_f64(self.network.now()).unwrap_or_default()
    }

    /// Makes the timer fire when the manager has something to do, or never.
    pub(super) fn arm(&self, deadline: Option<Millis>) {
        if self.deadline.replace(deadline) != deadline {
            #[expect(clippy::cast_precision_loss)]
            self.network.arm(deadline.map_or(-1.0, |at| at.0 as f64));
        }
    }
}
