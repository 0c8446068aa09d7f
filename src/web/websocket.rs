//! A WebSocket as a transport. Spec: engine.io-protocol v4, "WebSocket"; MDN: WebSocket.

use std::rc::Weak;

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

use super::error::{close_details, transport_error};
use super::request::Sender;
use super::{Driver, Handler};
use crate::proto::output::TransportId;
use crate::proto::text::Text;

/// The socket and what listens to it; dropping it closes the socket, and nothing is heard of it
/// any more.
pub(crate) struct WebSocketTransport {
    socket: WebSocket,
    _on_message: Handler,
    _on_state: Handler,
}

impl WebSocketTransport {
    /// Starts connecting.
    ///
    /// # Errors
    /// What the constructor throws: the address is malformed, or a policy forbids it.
    pub(crate) fn open(driver: &Weak<Driver>, id: TransportId, url: &str) -> Result<Self, JsValue> {
        let socket = WebSocket::new(url)?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let on_message = on_message(Weak::clone(driver), id);
        let on_state = on_state(Weak::clone(driver), id, socket.clone());
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let state = Some(on_state.as_ref().unchecked_ref());
        socket.set_onopen(state);
        socket.set_onerror(state);
        socket.set_onclose(state);
        Ok(Self { socket, _on_message: on_message, _on_state: on_state })
    }

    /// Sends a frame, text or binary. Sending on a socket that is closing does nothing.
    pub(crate) fn send(&self, frame: &JsValue) {
        // It throws only before the socket is open, and nothing is sent then.
        let _ = self.socket.unchecked_ref::<Sender>().send_any(frame);
    }
}

impl Drop for WebSocketTransport {
    fn drop(&mut self) {
        self.socket.set_onmessage(None);
        self.socket.set_onopen(None);
        self.socket.set_onerror(None);
        self.socket.set_onclose(None);
        let _ = self.socket.close();
    }
}

fn on_message(driver: Weak<Driver>, id: TransportId) -> Handler {
    Closure::new(move |event: JsValue| {
        let Some(driver) = driver.upgrade() else { return };
        let data = event.unchecked_into::<MessageEvent>().data();
        if data.is_string() {
            let text: JsString = data.unchecked_into();
            driver.on_text(id, &text, 0..text.len());
        } else {
            driver.turn(|manager, now| manager.handle_attachment(id, data, now));
        }
    })
}

/// One handler for `open`, `error` and `close`.
fn on_state(driver: Weak<Driver>, id: TransportId, socket: WebSocket) -> Handler {
    Closure::new(move |event: JsValue| {
        let Some(driver) = driver.upgrade() else { return };
        driver.turn(|manager, now| {
            if socket.ready_state() == WebSocket::OPEN {
                manager.handle_open(id);
            } else if event.is_instance_of::<CloseEvent>() {
                let details = close_details("websocket connection closed", &event);
                manager.handle_close(id, details, now);
            } else {
                let error = transport_error("websocket error", &event, &JsValue::UNDEFINED);
                manager.handle_error(id, error, now);
            }
        });
    })
}
