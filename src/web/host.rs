//! The functions of `host.js`: what JavaScript does with JavaScript values.

use js_sys::{Array, JsString, Object};
use wasm_bindgen::prelude::*;

use super::slot::Slot;

/// Called by JavaScript with a value. One type for all: each brings its own glue.
pub(crate) type Handler = Closure<dyn Fn(JsValue)>;

#[wasm_bindgen(module = "/src/web/host.js")]
extern "C" {
    /// Tells the one who develops the page. MDN: `console.warn()`.
    pub(crate) fn warn(text: &str);

    /// The text of what JavaScript has thrown, or of a refusal.
    #[wasm_bindgen(js_name = messageOf)]
    pub(crate) fn message_of(error: &JsValue) -> String;

    /// The data of an event: its name and its arguments.
    pub(crate) fn named(event: &str, args: &Array) -> Array;

    pub(crate) fn variadic(call: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/src/web/network.js")]
extern "C" {
    /// Hands an exception of the user's code to the page. MDN: `reportError()`.
    pub(crate) fn report(error: &JsValue);

    /// With a number: else wasm-bindgen would import the whole module for it.
    fn call(handler: &Handler, this: u32) -> bool;
}

/// Calls the user's code; says whether it came to its end. A panic breaks off all that called it
/// from Rust, but not the JavaScript in between: that tells the page.
pub(crate) fn guarded(code: Box<dyn FnOnce()>) -> bool {
    let code = Slot::new(Some(code));
    let handler = Handler::wrap(Box::new(move |_| code.take().into_iter().for_each(|code| code())));
    call(&handler, 0)
}

#[cfg(feature = "serde")]
#[wasm_bindgen(module = "/src/web/network.js")]
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
}

#[wasm_bindgen(module = "/src/web/transports.js")]
extern "C" {
    /// How this browser has a transport; below zero if it doesn't.
    #[wasm_bindgen(js_name = tagOf)]
    pub(crate) fn tag_of(is_websocket: bool) -> i32;

    /// A connection to the server of a URL, whose namespace is the first; its number.
    #[wasm_bindgen(catch)]
    pub(crate) fn reach(url: &str, options: &Object) -> Result<u32, JsValue>;
}
