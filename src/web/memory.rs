//! Which transport worked, remembered per origin of the server for as long as the tab lives.
//!
//! Where there is no `sessionStorage` (in a worker), where the page may not use it (in a sandboxed
//! frame) or where it is full, nothing is remembered: no reason to fail. MDN: Storage.

use wasm_bindgen::JsValue;

use super::detect::{get, global};
use super::error::set;

/// What stands before the server's origin in a key.
const KEY: &str = "socketio-wasm:polling:";

fn storage() -> JsValue {
    global("sessionStorage")
}

/// Whether only long-polling worked the last time.
pub(crate) fn is_polling_first(origin: &str) -> bool {
    get(&storage(), &[KEY, origin].concat()).is_truthy()
}

/// Remembers whether only long-polling works.
pub(crate) fn remember(origin: &str, polling: bool) {
    let value = if polling { "1" } else { "" };
    set(&storage(), &[KEY, origin].concat(), &value.into());
}
