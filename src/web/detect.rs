//! What this browser has.

use wasm_bindgen::prelude::*;

use crate::proto::options::TransportKind;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = globalThis)]
    static GLOBAL: JsValue;
}

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
    GLOBAL.with(|global| get(global, name))
}

/// A property of an object; `undefined` when there is none, or its getter throws.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).unwrap_or_default()
}
