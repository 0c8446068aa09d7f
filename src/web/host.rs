//! The functions of `host.js`: what JavaScript does with JavaScript values.

use js_sys::{Array, JsString, Object};
use wasm_bindgen::prelude::*;

/// Called by JavaScript with a value. One type for all: each brings its own glue.
pub(crate) type Handler = Closure<dyn Fn(JsValue)>;

#[wasm_bindgen(module = "/src/web/host.js")]
extern "C" {
    #[wasm_bindgen(js_name = isReserved)]
    pub(crate) fn is_reserved(event: &JsValue) -> bool;

    /// Whether the browser has something of this name.
    pub(crate) fn has(name: &str) -> bool;

    pub(crate) fn variadic(call: &JsValue) -> JsValue;

    /// Whether a last argument is a place in the server's log; `last`: the one before.
    #[wasm_bindgen(js_name = isOffset)]
    pub(crate) fn is_offset(argument: &JsValue, last: &JsValue) -> bool;

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

#[cfg(feature = "serde")]
#[wasm_bindgen(module = "/src/web/host.js")]
extern "C" {
    /// Whether data nests deeper than what decodes it can go.
    #[wasm_bindgen(js_name = isDeep)]
    pub(crate) fn is_deep(data: &JsValue) -> bool;
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

#[wasm_bindgen(module = "/src/web/transports.js")]
extern "C" {
    /// Completes options by the server that an address means; tells the namespace.
    #[wasm_bindgen(catch)]
    pub(crate) fn locate(uri: &JsValue, options: &Object) -> Result<JsString, JsValue>;
}

/// Tells the one who develops the page. MDN: `console.warn()`.
pub(crate) fn warn(text: &str) {
    web_sys::console::warn_1(&["socketio-wasm: ", text].concat().into());
}
