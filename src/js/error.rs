//! What `connect_error` listeners get, as the reference client makes it.

use js_sys::Error;
use wasm_bindgen::JsValue;

use crate::proto::error::ConnectError;
use crate::web::data::Data;
use crate::web::detect::get;
use crate::web::error::set;

/// What a Socket.IO v2 server's answer is reported as; the reference's text, without its link.
const INCOMPATIBLE: &str = "It seems you are trying to reach a Socket.IO server in v2.x with a \
    v3.x client, but they are not compatible";

/// What `connect_error` listeners get.
pub(super) fn connect_error(error: &ConnectError<Data>) -> JsValue {
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
