//! The functions of `host.js`: what JavaScript does with JavaScript values.

use js_sys::{Array, JsString, Object};
use wasm_bindgen::prelude::*;

use super::Handler;

#[wasm_bindgen(module = "/src/web/host.js")]
extern "C" {
    #[wasm_bindgen(js_name = byteLength)]
    pub(crate) fn byte_length(packet: &JsValue) -> f64;

    #[wasm_bindgen(js_name = fromBase64)]
    pub(crate) fn from_base64(text: &JsString) -> JsValue;

    pub(crate) fn parse(text: &JsString, from: usize, to: usize, packet_type: u8) -> JsValue;

    #[wasm_bindgen(js_name = hasSession)]
    pub(crate) fn has_session(data: &JsValue) -> bool;

    /// What an open packet says. Spec: engine.io-protocol v4, "Handshake".
    pub type Handshake;

    pub(crate) fn handshake(text: &JsString) -> Option<Handshake>;

    /// Whether `upgrades` names the WebSocket.
    #[wasm_bindgen(js_name = hasWebsocket)]
    pub(crate) fn has_websocket(handshake: &Handshake) -> bool;

    #[wasm_bindgen(method, getter, js_name = pingInterval)]
    pub(crate) fn ping_interval(this: &Handshake) -> f64;

    #[wasm_bindgen(method, getter, js_name = pingTimeout)]
    pub(crate) fn ping_timeout(this: &Handshake) -> f64;

    #[wasm_bindgen(method, getter, js_name = maxPayload)]
    pub(crate) fn max_payload(this: &Handshake) -> f64;

    pub(crate) fn reconstruct(data: &JsValue, attachments: &Array, options: &JsValue) -> bool;

    pub(crate) fn error(message: &str) -> JsValue;

    pub(crate) fn failure(message: &str, cause: &JsValue) -> JsValue;

    #[wasm_bindgen(js_name = closeDetails)]
    pub(crate) fn close_details(description: &str) -> JsValue;

    #[wasm_bindgen(js_name = decodeError)]
    pub(crate) fn decode_error(message: &str, text: &JsValue) -> JsValue;

    #[wasm_bindgen(js_name = isPollingFirst)]
    pub(crate) fn is_polling_first(options: &JsValue) -> bool;

    pub(crate) fn remember(options: &JsValue, polling: bool);

    #[wasm_bindgen(js_name = isReserved)]
    pub(crate) fn is_reserved(event: &JsValue) -> bool;

    /// Whether the browser has something of this name.
    pub(crate) fn has(name: &str) -> bool;

    pub(crate) fn variadic(call: &JsValue) -> JsValue;

    /// A Socket.IO packet as Engine.IO messages.
    #[wasm_bindgen(catch)]
    pub(crate) fn frames(
        packet_type: u8,
        nsp: &JsString,
        id: &JsValue,
        data: &JsValue,
        options: &JsValue,
    ) -> Result<Array, JsValue>;
}

#[wasm_bindgen(module = "/src/web/offset.js")]
extern "C" {
    /// Whether a last argument is a place in the server's log; `last`: the one before.
    #[wasm_bindgen(js_name = isOffset)]
    pub(crate) fn is_offset(argument: &JsValue, last: &JsValue) -> bool;
}

#[cfg(feature = "serde")]
#[wasm_bindgen(module = "/src/web/depth.js")]
extern "C" {
    /// Whether data nests deeper than what decodes it can go.
    #[wasm_bindgen(js_name = isDeep)]
    pub(crate) fn is_deep(data: &JsValue) -> bool;
}

#[wasm_bindgen(module = "/src/web/listeners.js")]
extern "C" {
    /// Listeners by what they listen to: the name of an event, or a number.
    pub(crate) type Listeners;

    #[wasm_bindgen(js_name = makeListeners)]
    pub(crate) fn make_listeners() -> Listeners;

    #[wasm_bindgen(js_name = addListener)]
    pub(crate) fn add_listener(listeners: &Listeners, key: &JsValue, listener: &Handler);

    #[wasm_bindgen(js_name = removeListener)]
    pub(crate) fn remove_listener(listeners: &Listeners, key: &JsValue, listener: &Handler);

    #[wasm_bindgen(js_name = callListeners)]
    pub(crate) fn call_listeners(listeners: &Listeners, key: u32);

    #[wasm_bindgen(js_name = callForEvent)]
    pub(crate) fn call_for_event(listeners: &Listeners, data: &Array);

    #[wasm_bindgen(js_name = endListeners)]
    pub(crate) fn end_listeners(listeners: &Listeners);
}

#[wasm_bindgen]
extern "C" {
    /// A value as text. MDN: `String()`.
    #[wasm_bindgen(js_name = String)]
    pub(crate) fn to_text(value: &JsValue) -> JsString;

    /// Hands an exception of the user's code to the page, as a promise that nobody handles.
    #[wasm_bindgen(js_namespace = Promise)]
    pub(crate) fn reject(error: &JsValue);
}

#[wasm_bindgen(module = "/src/web/address.js")]
extern "C" {
    /// Completes options by the server that an address means; tells the namespace.
    #[wasm_bindgen(catch)]
    pub(crate) fn locate(uri: &JsValue, options: &Object) -> Result<JsString, JsValue>;
}

/// Tells the one who develops the page. MDN: `console.warn()`.
pub(crate) fn warn(text: &str) {
    web_sys::console::warn_1(&["socketio-wasm: ", text].concat().into());
}
