//! Base64, as binary data has it in long-polling payloads.
//!
//! By `Uint8Array.prototype.toBase64` and `Uint8Array.fromBase64` where the browser has them
//! (since 2025), else by `btoa` and `atob`, which know only strings.

use js_sys::{ArrayBuffer, Function, JsString, Uint8Array};
use wasm_bindgen::prelude::*;

use super::detect::{get, global};
use crate::proto::text::Text;

/// How many bytes go to `btoa` at once: as many arguments as every browser takes, and a multiple
/// of 3, so that the parts can be joined.
const CHUNK: u32 = 3 * 8192;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn atob(text: &JsString) -> Result<JsString, JsValue>;

    fn btoa(units: &JsString) -> JsString;

    #[wasm_bindgen(js_namespace = ["String", "fromCharCode"], js_name = apply)]
    fn from_char_code(this: &JsValue, bytes: &Uint8Array) -> JsString;
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    get(object, name).dyn_into().ok()
}

/// The bytes of an `ArrayBuffer` or of a view, which may show only a part of its buffer.
fn bytes(data: &JsValue) -> Uint8Array {
    if !ArrayBuffer::is_view(data) {
        return Uint8Array::new(data);
    }
    let number = |name| get(data, name).as_f64().unwrap_or(0.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let (offset, length) = (number("byteOffset") as u32, number("byteLength") as u32);
    Uint8Array::new_with_byte_offset_and_length(&get(data, "buffer"), offset, length)
}

/// Base64 of an `ArrayBuffer` or a view.
pub(crate) fn encode(data: &JsValue) -> JsString {
    let bytes = bytes(data);
    if let Some(to_base64) = method(&bytes, "toBase64")
        && let Ok(text) = to_base64.call0(&bytes)
    {
        return text.unchecked_into();
    }
    let mut text = JsString::from("");
    let mut start = 0;
    while start < bytes.length() {
        let end = start.saturating_add(CHUNK);
        let units = from_char_code(&JsValue::UNDEFINED, &bytes.subarray(start, end));
        text = text.concat(&btoa(&units));
        start = end;
    }
    text
}

/// The bytes that `text` stands for; `None` if it isn't base64.
pub(crate) fn decode(text: &JsString) -> Option<ArrayBuffer> {
    let class = global("Uint8Array");
    if let Some(from_base64) = method(&class, "fromBase64") {
        let bytes: Uint8Array = from_base64.call1(&class, text).ok()?.unchecked_into();
        return Some(bytes.buffer());
    }
    let units = atob(text).ok()?;
    let bytes = Uint8Array::new_with_length(units.length());
    for at in 0..units.length() {
        let unit = units.code_unit(at as usize).unwrap_or_default();
        // A string of bytes has no larger unit.
        bytes.set_index(at, u8::try_from(unit).unwrap_or_default());
    }
    Some(bytes.buffer())
}
