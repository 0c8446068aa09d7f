//! One HTTP request. MDN: XMLHttpRequest.

use std::rc::{Rc, Weak};

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::XmlHttpRequest;

use super::Handler;
use super::polling::Polling;

/// A request under way. Dropping it aborts it, and nothing is heard of it any more.
pub(crate) struct Request {
    xhr: XmlHttpRequest,
    _on_end: Handler,
}

impl Request {
    /// Sends a request: a POST with a body, a GET without. `done` is called once, later, however
    /// it ends.
    ///
    /// # Errors
    /// What `XMLHttpRequest` throws when the address is malformed or a policy forbids it.
    pub(crate) fn send(
        url: &str,
        body: Option<&JsString>,
        with_credentials: bool,
        polling: Weak<Polling>,
        done: fn(&Rc<Polling>, &XmlHttpRequest),
    ) -> Result<Self, JsValue> {
        let xhr = XmlHttpRequest::new()?;
        xhr.open(if body.is_some() { "POST" } else { "GET" }, url)?;
        xhr.set_with_credentials(with_credentials);
        let ended = xhr.clone();
        let on_end = Closure::new(move |_: JsValue| {
            if let Some(polling) = polling.upgrade() {
                done(&polling, &ended);
            }
        });
        xhr.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
        let request = Self { xhr, _on_end: on_end };
        if body.is_some() {
            request.xhr.set_request_header("Content-type", "text/plain;charset=UTF-8")?;
        }
        let body = body.map_or(JsValue::NULL, JsValue::from);
        request.xhr.unchecked_ref::<Sender>().send_any(&body)?;
        Ok(request)
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.xhr.set_onloadend(None);
        // Does nothing to a request that has ended.
        let _ = self.xhr.abort();
    }
}

#[wasm_bindgen]
extern "C" {
    /// A request or a socket, whose `send` takes whatever JavaScript value there is to send.
    pub(crate) type Sender;

    #[wasm_bindgen(method, catch, js_name = send)]
    pub(crate) fn send_any(this: &Sender, body: &JsValue) -> Result<(), JsValue>;
}
