//! The transports of one connection: made, found by their id, and closed.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;
use web_sys::WebSocket;

use super::host;
use super::polling::Polling;
use super::{Driver, Handler};
use crate::proto::error::DisconnectReason;
use crate::proto::options::{Candidate, TransportKind};
use crate::proto::output::TransportId;
use crate::proto::text::Text;

/// A WebSocket, or what the page has in its place. Dropping it closes it, and nothing is heard of
/// it any more. Spec: engine.io-protocol v4, "WebSocket"; MDN: WebSocket.
pub(super) struct Channel {
    socket: WebSocket,
    _on: Handler,
}

impl Drop for Channel {
    fn drop(&mut self) {
        host::close_socket(&self.socket);
    }
}

/// A transport as a handle.
#[derive(Clone)]
pub(super) enum Transport {
    Channel(Rc<Channel>),
    Polling(Rc<Polling>),
}

impl Transport {
    /// Sends all that is in the buffer.
    pub(super) fn send_all(&self, buffer: &Array) {
        match self {
            Self::Channel(channel) => host::send_all(&channel.socket, buffer),
            Self::Polling(polling) => polling.send_all(buffer),
        }
    }

    /// The bytes that the network has not taken yet.
    pub(super) fn buffered_amount(&self) -> f64 {
        match self {
            Self::Channel(channel) => channel.socket.buffered_amount().into(),
            Self::Polling(polling) => polling.buffered_amount(),
        }
    }
}

struct Entry {
    id: TransportId,
    transport: Transport,
    /// The session it carries: the value of `sid`.
    session: JsValue,
}

/// The transports that are not closed: at most a handful.
#[derive(Default)]
pub(super) struct Transports(RefCell<Vec<Entry>>);

impl Transports {
    pub(super) fn find(&self, id: TransportId) -> Option<Transport> {
        let entries = self.0.borrow();
        entries.iter().find(|entry| entry.id == id).map(|entry| entry.transport.clone())
    }

    pub(super) fn polling(&self, id: TransportId) -> Option<Rc<Polling>> {
        match self.find(id)? {
            Transport::Polling(polling) => Some(polling),
            Transport::Channel(_) => None,
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
    pub(super) fn session(&self, id: TransportId) -> JsValue {
        let entries = self.0.borrow();
        let entry = entries.iter().find(|entry| entry.id == id);
        entry.map(|entry| entry.session.clone()).unwrap_or_default()
    }

    /// The handshake came.
    pub(super) fn set_session(&self, id: TransportId, sid: &JsValue, max_payload: f64) {
        let mut entries = self.0.borrow_mut();
        let Some(entry) = entries.iter_mut().find(|entry| entry.id == id) else { return };
        entry.session = sid.clone();
        if let Transport::Polling(polling) = &entry.transport {
            polling.set_session(sid.clone(), max_payload);
        }
    }
}

impl Driver {
    /// Makes a transport, in the session of another or in none.
    pub(super) fn open(&self, id: TransportId, made: Candidate, session_of: Option<TransportId>) {
        let session = session_of.map(|of| self.transports.session(of)).unwrap_or_default();
        let transport = match made.kind {
            TransportKind::Polling => Transport::Polling(Polling::new(&self.this, id, made.tag)),
            TransportKind::WebSocket => {
                let on = on_channel(Weak::clone(&self.this), id);
                let socket = host::open_socket(&self.endpoint, made.tag, &session, &on);
                Transport::Channel(Rc::new(Channel { socket, _on: on }))
            }
        };
        self.transports.0.borrow_mut().push(Entry { id, transport, session });
    }
}

/// What `openSocket` in `host.js` tells.
fn on_channel(driver: Weak<Driver>, id: TransportId) -> Handler {
    Closure::new(move |what: u32, value: JsValue| {
        let Some(driver) = driver.upgrade() else { return };
        match what {
            0 => driver.turn(|manager, _| manager.handle_open(id)),
            1 if value.is_string() => {
                let text: JsString = value.unchecked_into();
                driver.on_text(id, &text, 0..text.len());
            }
            1 => driver.on_binary(id, value),
            2 => driver.on_failure(id, DisconnectReason::TransportError, value),
            _ => driver.on_failure(id, DisconnectReason::TransportClose, value),
        }
    })
}
