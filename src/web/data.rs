//! What passes through the state machines unseen.

use js_sys::JsString;
use wasm_bindgen::JsValue;

/// A user's data, callback or error.
#[derive(Clone, Debug)]
pub enum Data {
    /// A JavaScript value.
    Value(JsValue),
    /// Data to send that is JSON already, and its binary attachments.
    Encoded(JsString, Vec<JsValue>),
}

impl Data {
    /// The JavaScript value; for encoded data, its JSON.
    #[must_use]
    pub fn value(&self) -> JsValue {
        match self {
            Self::Value(value) => value.clone(),
            Self::Encoded(json, _) => json.into(),
        }
    }
}

impl From<JsValue> for Data {
    fn from(value: JsValue) -> Self {
        Self::Value(value)
    }
}
