//! The network for those who have JavaScript's values at hand: the crate's own API.

use core::fmt;

use wasm_bindgen::prelude::*;

use super::Network;
use crate::proto::output::NspId;

type Handler = Closure<dyn Fn(u32, u32, u32, u32)>;

#[wasm_bindgen(module = "/src/web/network.js")]
extern "C" {
    #[wasm_bindgen(js_name = makeNetwork)]
    fn make_network(options: &JsValue) -> u32;

    fn listen(network: u32, on: &Handler);

    #[wasm_bindgen(js_name = dataOf)]
    fn data_of(network: u32) -> JsValue;

    #[wasm_bindgen(js_name = detailOf)]
    fn detail_of(network: u32) -> JsValue;

    #[wasm_bindgen(js_name = causeOf)]
    fn cause_of(network: u32) -> JsValue;

    #[wasm_bindgen(js_name = nameOf)]
    fn name_of(network: u32, nsp: u32) -> JsValue;

    #[wasm_bindgen(js_name = numberOf)]
    fn number_of(network: u32, name: &JsValue) -> u32;

    fn stage(network: u32, frames: &JsValue);

    #[wasm_bindgen(js_name = stageDisconnect)]
    fn stage_disconnect(network: u32, nsp: u32);

    fn excess(network: u32, id: u32) -> u32;

    #[wasm_bindgen(js_name = maxPayload)]
    fn max_payload(network: u32, id: u32) -> u32;

    #[wasm_bindgen(js_name = amountOf)]
    fn amount_of(network: u32, id: u32) -> f64;
}

/// The network tells for as long as this is kept.
pub struct Listening(#[expect(dead_code, reason = "JavaScript calls it")] Handler);

impl fmt::Debug for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listening")
    }
}

impl Network {
    /// What a connection has in JavaScript. `options` say how the server is addressed.
    #[must_use]
    pub fn new(options: &JsValue) -> Self {
        Self(make_network(options))
    }

    /// Has this called with what happens: it goes to [`Driver::hear`](super::Driver::hear).
    #[must_use]
    pub fn listen(self, hear: impl Fn(u32, u32, u32, u32) + 'static) -> Listening {
        let handler = Handler::new(hear);
        listen(self.0, &handler);
        Listening(handler)
    }

    /// The data of what came last.
    #[must_use]
    pub fn data(self) -> JsValue {
        data_of(self.0)
    }

    /// The details of a refusal that came last.
    #[must_use]
    pub fn detail(self) -> JsValue {
        detail_of(self.0)
    }

    /// The last error, or details of an end.
    #[must_use]
    pub fn cause(self) -> JsValue {
        cause_of(self.0)
    }

    /// The name of a namespace.
    #[must_use]
    pub fn name(self, NspId(nsp): NspId) -> JsValue {
        name_of(self.0, nsp)
    }

    /// The number of the namespace of this name, which is a new one for a new name.
    #[must_use]
    pub fn number(self, name: &JsValue) -> u32 {
        number_of(self.0, name)
    }

    /// These Engine.IO packets, an array, are the next to be sent.
    pub fn stage(self, frames: &JsValue) {
        stage(self.0, frames);
    }

    /// The DISCONNECT packet of a namespace is the next to be sent.
    pub fn stage_disconnect(self, NspId(nsp): NspId) {
        stage_disconnect(self.0, nsp);
    }

    /// The bytes of what is too large to be sent by this transport; 0 if nothing is.
    #[must_use]
    pub fn excess(self, id: u32) -> u32 {
        excess(self.0, id)
    }

    /// The most bytes of one POST; 0 as long as the server has not said so.
    #[must_use]
    pub fn max_payload(self, id: u32) -> u32 {
        max_payload(self.0, id)
    }

    /// The bytes that a transport has not handed to the network yet.
    #[must_use]
    pub fn amount(self, id: u32) -> f64 {
        amount_of(self.0, id)
    }
}
