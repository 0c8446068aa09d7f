//! The error objects of transports, as the reference client makes them; and other people's errors.

use js_sys::{Error, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::detect::global;

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
