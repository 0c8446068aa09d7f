//! What this browser has.

use wasm_bindgen::JsValue;

use crate::proto::options::TransportKind;

/// Whether this global scope has what a transport needs.
///
/// A page in which `window.WebSocket` was removed is a browser without it: only the global is asked.
#[must_use]
pub fn has(kind: TransportKind) -> bool {
    let name = match kind {
        TransportKind::WebSocket => "WebSocket",
        TransportKind::Polling => "XMLHttpRequest",
    };
    global(name).is_function()
}

/// A property of the global scope: `undefined` where there is none.
pub(crate) fn global(name: &str) -> JsValue {
    get(&js_sys::global(), name)
}

/// A property of an object; `undefined` when there is none, or its getter throws.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).unwrap_or_default()
}
