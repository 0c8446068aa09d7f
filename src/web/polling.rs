//! HTTP long-polling as a transport: one GET that waits, one POST at a time.
//! Spec: engine.io-protocol v4, "HTTP long-polling".

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

use super::host::{self, Exchange};
use super::{Driver, Handler};
use crate::proto::engine::payload::Room;
use crate::proto::error::DisconnectReason;
use crate::proto::output::TransportId;

/// An exchange under way. Dropping it aborts it, and nothing is heard of it any more.
struct Request {
    exchange: Exchange,
    _on: Handler,
}

impl Drop for Request {
    fn drop(&mut self) {
        // Does nothing to an exchange that has ended.
        host::abort(&self.exchange);
    }
}

/// A session over HTTP. Dropping it aborts its requests, and nothing is heard of it any more.
pub(crate) struct Polling {
    id: TransportId,
    driver: Weak<Driver>,
    /// Which way of making requests: see `host.js`.
    tag: u8,
    session: RefCell<JsValue>,
    max_payload: Cell<f64>,
    get: RefCell<Option<Request>>,
    post: RefCell<Option<Request>>,
    /// What is still to be sent, in order: packets as text, and binary data.
    queue: Array,
    /// What is on its way.
    posted: RefCell<Array>,
}

impl Polling {
    pub(crate) fn new(driver: &Weak<Driver>, id: TransportId, tag: u8) -> Rc<Self> {
        Rc::new(Self {
            id,
            driver: Weak::clone(driver),
            tag,
            session: RefCell::default(),
            max_payload: Cell::new(0.0),
            get: RefCell::new(None),
            post: RefCell::new(None),
            queue: Array::new(),
            posted: RefCell::new(Array::new()),
        })
    }

    /// The handshake came: every request from now on has this session id.
    pub(crate) fn set_session(&self, sid: JsValue, max_payload: f64) {
        self.session.replace(sid);
        self.max_payload.set(max_payload);
    }

    /// Sends a GET and hands over what comes back.
    pub(crate) fn poll(self: &Rc<Self>) {
        let request = self.request(None, Self::polled);
        self.get.replace(request);
    }

    fn polled(self: &Rc<Self>, driver: &Driver, body: &JsString) {
        // The request ends here, so that its answer can start the next one.
        let _done = self.get.take();
        driver.on_payload(self.id, body);
    }

    /// Sends all that is in the buffer, in as many POSTs as it takes.
    pub(crate) fn send_all(self: &Rc<Self>, buffer: &Array) {
        host::move_all(buffer, &self.queue);
        self.post();
    }

    /// The bytes that the server has not taken yet.
    pub(crate) fn buffered_amount(&self) -> f64 {
        self.waiting().iter().map(|packet| host::byte_length(&packet)).sum()
    }

    /// What the server has not taken yet.
    pub(crate) fn waiting(&self) -> Array {
        self.posted.borrow().concat(&self.queue)
    }

    fn post(self: &Rc<Self>) {
        if self.post.borrow().is_some() {
            return;
        }
        let packets = host::take(&self.queue, self.fitting());
        if packets.length() == 0 {
            let Some(driver) = self.driver.upgrade() else { return };
            return driver.turn(|manager, _| manager.handle_drain(self.id));
        }
        let request = self.request(Some(&packets), Self::accepted);
        self.post.replace(request);
        self.posted.replace(packets);
    }

    fn accepted(self: &Rc<Self>, _: &Driver, _: &JsString) {
        let _done = self.post.take();
        self.posted.replace(Array::new());
        self.post();
    }

    /// How many packets go into one body.
    fn fitting(&self) -> u32 {
        let count = host::before_disconnect(&self.queue);
        if count < 2 {
            return count;
        }
        let mut room = Room::new(self.max_payload.get());
        let mut fits = |&at: &u32| !room.take(host::byte_length(&self.queue.get(at)));
        (0..count).find(&mut fits).unwrap_or(count)
    }

    fn request(
        self: &Rc<Self>,
        packets: Option<&Array>,
        done: fn(&Rc<Self>, &Driver, &JsString),
    ) -> Option<Request> {
        let driver = self.driver.upgrade()?;
        let this = Rc::downgrade(self);
        let is_post = packets.is_some();
        let on = Handler::new(move |what: u32, result: JsValue| {
            let Some(this) = this.upgrade() else { return };
            let Some(driver) = this.driver.upgrade() else { return };
            if what == 1 {
                done(&this, &driver, result.unchecked_ref());
            } else {
                // What can't be sent in order isn't sent at all. A GET leaves the POST its time.
                let _done = is_post.then(|| {
                    this.queue.set_length(0);
                    this.posted.replace(Array::new());
                    this.post.take()
                });
                driver.on_failure(this.id, DisconnectReason::TransportError, result);
            }
        });
        let session = self.session.borrow();
        let exchange = host::request(&driver.endpoint, self.tag, &session, packets, &on);
        Some(Request { exchange, _on: on })
    }
}
