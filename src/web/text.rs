//! JavaScript strings as the decoders see them: looked at, never copied.

use js_sys::JsString;
use wasm_bindgen::prelude::*;

use crate::proto::text::Text;

#[wasm_bindgen]
extern "C" {
    type Units;

    #[wasm_bindgen(method, js_name = charCodeAt)]
    fn char_code_at(this: &Units, at: usize) -> f64;

    #[wasm_bindgen(method, js_name = indexOf)]
    fn index_of(this: &Units, unit: &str, from: usize) -> i32;
}

fn units(text: &JsString) -> &Units {
    text.unchecked_ref()
}

impl Text for JsString {
    fn len(&self) -> usize {
        usize::try_from(self.length()).unwrap_or(usize::MAX)
    }

    fn code_unit(&self, at: usize) -> Option<u16> {
        let unit = units(self).char_code_at(at);
        // Behind the end it is NaN.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (unit >= 0.0).then_some(unit as u16)
    }

    fn find(&self, unit: &str, from: usize) -> Option<usize> {
        usize::try_from(units(self).index_of(unit, from)).ok()
    }
}
