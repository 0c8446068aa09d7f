//! The transports of one connection: made, found by their id, and closed.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::Driver;
use super::polling::Polling;
use super::websocket::WebSocketTransport;
use crate::proto::options::TransportKind;
use crate::proto::output::TransportId;

/// Which server, and how it is addressed.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Scheme, host and port: `http://…` or `https://…`.
    pub origin: String,
    /// The HTTP path. Default: `/socket.io/`.
    pub path: String,
    /// More parameters for every request, each with `&` in front.
    pub query: String,
    /// Whether requests to other origins carry cookies. Default: no.
    /// MDN: XMLHttpRequest, `withCredentials`.
    pub with_credentials: bool,
}

impl Endpoint {
    /// The address of a transport, up to where the session id goes.
    fn url(&self, kind: TransportKind) -> String {
        let scheme = if kind == TransportKind::WebSocket { "ws" } else { "http" };
        let origin = self.origin.strip_prefix("http").unwrap_or_default();
        [scheme, origin, &self.path, "?EIO=4&transport=", kind.as_str(), &self.query].concat()
    }
}

#[derive(Clone)]
enum Transport {
    WebSocket(Rc<WebSocketTransport>),
    Polling(Rc<Polling>),
}

struct Entry {
    id: TransportId,
    transport: Transport,
    /// The session it carries: the value of `sid`.
    session: Option<JsValue>,
}

/// The transports that are not closed: at most a handful.
#[derive(Default)]
pub(super) struct Transports(RefCell<Vec<Entry>>);

impl Transports {
    fn find(&self, id: TransportId) -> Option<Transport> {
        let entries = self.0.borrow();
        entries.iter().find(|entry| entry.id == id).map(|entry| entry.transport.clone())
    }

    fn add(&self, id: TransportId, transport: Transport, session: Option<JsValue>) {
        self.0.borrow_mut().push(Entry { id, transport, session });
    }

    pub(super) fn poll(&self, id: TransportId) {
        if let Some(Transport::Polling(polling)) = self.find(id) {
            polling.poll();
        }
    }

    pub(super) fn flush(&self, id: TransportId) {
        if let Some(Transport::Polling(polling)) = self.find(id) {
            polling.flush();
        }
    }

    /// Sends text or binary data.
    pub(super) fn send(&self, id: TransportId, packet: &JsValue) {
        match self.find(id) {
            Some(Transport::WebSocket(socket)) => socket.send(packet),
            Some(Transport::Polling(polling)) => polling.send(packet),
            None => {}
        }
    }

    pub(super) fn close(&self, id: TransportId) {
        let mut entries = self.0.borrow_mut();
        let at = entries.iter().position(|entry| entry.id == id);
        let closed = at.map(|at| entries.swap_remove(at));
        // What it has to do to end needs nothing borrowed.
        drop(entries);
        drop(closed);
    }

    /// The session that a transport carries; `undefined` before the handshake.
    pub(super) fn session_id(&self, id: TransportId) -> JsValue {
        let entries = self.0.borrow();
        let entry = entries.iter().find(|entry| entry.id == id);
        entry.and_then(|entry| entry.session.clone()).unwrap_or_default()
    }

    /// The handshake came.
    pub(super) fn set_session(&self, id: TransportId, sid: &JsValue, max_payload: Option<u64>) {
        let mut entries = self.0.borrow_mut();
        let Some(entry) = entries.iter_mut().find(|entry| entry.id == id) else { return };
        entry.session = Some(sid.clone());
        if let Transport::Polling(polling) = &entry.transport {
            polling.set_session(session_parameter(sid), max_payload);
        }
    }
}

fn session_parameter(sid: &JsValue) -> String {
    let sid = sid.as_string().unwrap_or_default();
    ["&sid=", &String::from(js_sys::encode_uri_component(&sid))].concat()
}

impl Driver {
    /// Makes a transport, in the session of another or in none.
    pub(super) fn open(
        &self,
        id: TransportId,
        kind: TransportKind,
        session_of: Option<TransportId>,
    ) {
        let mut url = self.endpoint.url(kind);
        let session = session_of.map(|of| self.transports.session_id(of));
        if let Some(sid) = &session {
            url.push_str(&session_parameter(sid));
        }
        let transport = match kind {
            TransportKind::Polling => Ok(Transport::Polling(Polling::new(&self.this, id, url))),
            TransportKind::WebSocket => WebSocketTransport::open(&self.this, id, &url)
                .map(|socket| Transport::WebSocket(Rc::new(socket))),
        };
        match transport {
            Ok(transport) => self.transports.add(id, transport, session),
            Err(error) => self.fail_later(id, error),
        }
    }

    /// Reports a transport that could not even start. Not at once: listeners that are added after
    /// the call that started it must hear of it.
    pub(super) fn fail_later(&self, id: TransportId, error: JsValue) {
        let driver = self.this.clone();
        let fail = Closure::once_into_js(move || {
            if let Some(driver) = driver.upgrade() {
                driver.turn(|manager, now| manager.handle_error(id, error, now));
            }
        });
        queue_microtask(&fail);
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = queueMicrotask)]
    fn queue_microtask(task: &JsValue);
}
