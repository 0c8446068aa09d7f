//! What passes through the state machines unseen.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

/// A user's data, callback or error: always one JavaScript value, so that passing it on costs
/// nothing.
///
/// Data to send is one of: a string, JSON that is ready; an array that begins with such a string,
/// whose binary attachments follow; an array of one array, arguments that are not JSON yet.
pub type Data = JsValue;

/// JSON that is ready, with its attachments.
pub(crate) fn encoded(json: JsString, attachments: &Array) -> Data {
    if attachments.length() == 0 {
        return json.into();
    }
    attachments.unshift(&json);
    attachments.into()
}

/// Arguments that are to become JSON when they are sent.
pub(crate) fn raw(args: &Array) -> Data {
    Array::of1(args).into()
}

/// What data to send is.
pub(crate) enum Form {
    /// JSON, and its attachments.
    Encoded(JsValue, Option<Array>),
    /// Arguments.
    Raw(JsValue),
}

impl Form {
    pub(crate) fn of(data: Data) -> Self {
        if data.is_string() {
            return Self::Encoded(data, None);
        }
        let parts: Array = data.unchecked_into();
        let first = parts.shift();
        if first.is_string() { Self::Encoded(first, Some(parts)) } else { Self::Raw(first) }
    }
}
