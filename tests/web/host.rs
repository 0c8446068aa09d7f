//! The functions of `src/web/*.js`, as tests call them.
//!
//! None may be declared just as it is in `src/web/*.rs`: the linker would find it twice. Another
//! parameter's name will do.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

use super::page::{call, js};

#[wasm_bindgen(module = "/src/web/transports.js")]
extern "C" {
    pub(crate) fn address(
        options: &JsValue,
        name: &str,
        sid: &JsValue,
        schema: &str,
        stamped: bool,
    ) -> String;

    #[wasm_bindgen(js_name = sendAll)]
    pub(crate) fn send_all(socket: &JsValue, buffer: &Array);

    #[wasm_bindgen(js_name = closeSocket)]
    pub(crate) fn close_socket(socket: &JsValue);

    pub(crate) fn fitting(packets: &Array, max_payload: f64) -> u32;
}

#[wasm_bindgen(module = "/src/web/network.js")]
extern "C" {
    #[wasm_bindgen(js_name = waitingOf)]
    pub(crate) fn waiting(network: u32, id: u32) -> Array;

    #[wasm_bindgen(js_name = networkOf)]
    fn network_of(network: u32) -> JsValue;
}

/// The Engine.IO session id of a transport.
pub(crate) fn session(network: u32, id: u32) -> JsValue {
    let sid_of = "(network, id) => network.transports[id]?.sid";
    call(sid_of, &[&network_of(network), &id.into()])
}

/// What the network has as the cause of what comes next.
pub(crate) fn blame(network: u32, cause: JsValue) {
    call("(network, cause) => { network.cause = cause; }", &[&network_of(network), &cause]);
}

/// What the network has as the data of what came.
pub(crate) fn hand_over(network: u32, data: JsValue) {
    call("(network, data) => { network.data = data; }", &[&network_of(network), &data]);
}

/// The JSON of an event's data, and its attachments.
pub(crate) fn encode(data: &JsValue) -> Result<Array, JsValue> {
    let options = js("({ maxAttachments: Infinity })");
    let parts = frames(2, "/", &JsValue::UNDEFINED, data, &options)?;
    let json = call("frame => frame.replace(/^4(2|5\\d+-)/, '')", &[&parts.shift()]);
    parts.unshift(&json);
    Ok(parts)
}

#[wasm_bindgen(module = "/src/web/host.js")]
extern "C" {
    #[wasm_bindgen(js_name = byteLength)]
    pub(crate) fn byte_length(frame: &JsValue) -> f64;

    #[wasm_bindgen(js_name = toBase64)]
    pub(crate) fn to_base64(data: &JsValue) -> JsString;

    #[wasm_bindgen(js_name = fromBase64)]
    pub(crate) fn from_base64(text: &str) -> JsValue;

    #[wasm_bindgen(js_name = isReserved)]
    pub(crate) fn is_reserved(name: &JsValue) -> bool;

    pub(crate) fn parse(text: &str, from: u32, to: u32, packet_type: u8) -> JsValue;

    pub(crate) fn check(data: &JsValue, packet_type: u8) -> bool;

    pub(crate) fn handshake(text: &str) -> JsValue;

    #[wasm_bindgen(catch)]
    pub(crate) fn frames(
        packet_type: u8,
        nsp: &str,
        id: &JsValue,
        data: &JsValue,
        options: &JsValue,
    ) -> Result<Array, JsValue>;

    pub(crate) fn reconstruct(data: &JsValue, buffers: &Array, options: &JsValue) -> bool;

    pub(crate) fn frame(
        packet_type: u8,
        attachments: u32,
        nsp: &str,
        id: &JsValue,
        json: &JsValue,
    ) -> JsValue;
}
