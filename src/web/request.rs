//! One HTTP request. MDN: XMLHttpRequest.

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::XmlHttpRequest;

/// A request under way. Dropping it aborts it, and nothing is heard of it any more.
pub(crate) struct Request {
    xhr: XmlHttpRequest,
    _on_end: Closure<dyn FnMut()>,
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
        done: impl FnOnce(&XmlHttpRequest) + 'static,
    ) -> Result<Self, JsValue> {
        let xhr = XmlHttpRequest::new()?;
        xhr.open(if body.is_some() { "POST" } else { "GET" }, url)?;
        xhr.set_with_credentials(with_credentials);
        let on_end = Closure::once({
            let xhr = xhr.clone();
            move || done(&xhr)
        });
        xhr.set_onloadend(Some(on_end.as_ref().unchecked_ref()));
        let request = Self { xhr, _on_end: on_end };
        if body.is_some() {
            request.xhr.set_request_header("Content-type", "text/plain;charset=UTF-8")?;
        }
        send(request.xhr.unchecked_ref(), body)?;
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
    /// A request whose `send` takes a JavaScript string.
    #[wasm_bindgen(extends = XmlHttpRequest, js_name = XMLHttpRequest)]
    type TextRequest;

    #[wasm_bindgen(method, catch, js_name = send)]
    fn send_text(this: &TextRequest, body: Option<&JsString>) -> Result<(), JsValue>;
}

fn send(xhr: &TextRequest, body: Option<&JsString>) -> Result<(), JsValue> {
    xhr.send_text(body)
}
