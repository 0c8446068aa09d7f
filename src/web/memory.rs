//! Which transport worked, remembered per origin of the server for as long as the tab lives.

use wasm_bindgen::JsCast;
use web_sys::Storage;

use super::detect::global;

/// What stands before the server's origin in a key of `sessionStorage`.
const KEY: &str = "socketio-wasm:polling:";

/// `None` where there is no storage (a worker), or the page may not use it (a sandboxed frame).
fn storage() -> Option<Storage> {
    global("sessionStorage").dyn_into().ok()
}

fn key(origin: &str) -> String {
    [KEY, origin].concat()
}

/// Whether only long-polling worked the last time.
pub(crate) fn is_polling_first(origin: &str) -> bool {
    storage().is_some_and(|storage| matches!(storage.get_item(&key(origin)), Ok(Some(_))))
}

/// Remembers whether only long-polling works. A full storage is no reason to fail.
pub(crate) fn remember(origin: &str, polling: bool) {
    if let Some(storage) = storage() {
        let _ = if polling {
            storage.set_item(&key(origin), "1")
        } else {
            storage.remove_item(&key(origin))
        };
    }
}
