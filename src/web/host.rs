//! The functions of `host.js`: what JavaScript does with JavaScript values.

use core::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, JsString, Object};
use wasm_bindgen::prelude::*;

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

    fn call(handler: &Handler);
}

/// Calls the user's code; says whether it came to its end. A panic breaks off whatever called it, but not what called
/// JavaScript in between: that tells the page.
pub(crate) fn guarded(code: Box<dyn FnOnce()>) -> bool {
    let ended = Rc::new(Cell::new(false));
    let end = Rc::clone(&ended);
    let code = Cell::new(Some(code));
    call(&Handler::wrap(Box::new(move |_| {
        code.take().into_iter().for_each(|code| code());
        end.set(true);
    })));
    ended.get()
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
