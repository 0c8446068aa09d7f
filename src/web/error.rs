//! The error objects that users see, as the reference client makes them.

use js_sys::{Error, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::data::Data;
use super::detect::{get, global};
use crate::proto::error::ConnectError;

/// What a Socket.IO v2 server's answer is reported as; the reference's text, without its link.
const INCOMPATIBLE: &str = "It seems you are trying to reach a Socket.IO server in v2.x with a \
    v3.x client, but they are not compatible";

/// Sets a property. Of an object of our own that cannot fail; of others it does not matter.
pub(crate) fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

/// An error of a transport: what failed, how (an HTTP status or an event), and the request.
pub(crate) fn transport_error(message: &str, description: &JsValue, context: &JsValue) -> JsValue {
    let error = Error::new(message).into();
    set(&error, "type", &"TransportError".into());
    set(&error, "description", description);
    set(&error, "context", context);
    error
}

/// The details of a transport that was closed in good order.
pub(crate) fn close_details(description: &str, context: &JsValue) -> JsValue {
    let details = Object::new().into();
    set(&details, "description", &description.into());
    set(&details, "context", context);
    details
}

/// What `connect_error` listeners get.
pub(crate) fn connect_error(error: &ConnectError<Data>) -> JsValue {
    match error {
        ConnectError::Transport(error) | ConnectError::Auth(error) => error.clone(),
        ConnectError::Timeout => Error::new("timeout").into(),
        ConnectError::NoTransport => Error::new("No transports available").into(),
        ConnectError::IncompatibleServer => Error::new(INCOMPATIBLE).into(),
        ConnectError::Decode(error) => {
            let error = Error::new(error.as_str()).into();
            set(&error, "code", &"parser error".into());
            error
        }
        ConnectError::Rejected(data) => rejected(data),
    }
}

/// The server's refusal: `{ message, data }`, or a bare text from servers that send one.
fn rejected(data: &JsValue) -> JsValue {
    let is_text = data.is_string();
    let message = if is_text { data.clone() } else { get(data, "message") };
    let error = Error::new(&message.as_string().unwrap_or_default()).into();
    if !is_text {
        set(&error, "data", &get(data, "data"));
    }
    error
}

/// Hands an exception of the user's code to the page, as if nothing had caught it.
pub(crate) fn report(error: &JsValue) {
    match global("reportError").dyn_into::<Function>() {
        Ok(report) => drop(report.call1(&JsValue::UNDEFINED, error)),
        // Before 2022: a promise that nobody handles is reported as well.
        Err(_) => reject(error),
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Promise)]
    fn reject(error: &JsValue);
}
