//! HTTP long-polling as a transport: one GET that waits, one POST at a time.
//! Spec: engine.io-protocol v4, "HTTP long-polling".

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, XmlHttpRequest};

use super::base64;
use super::error::transport_error;
use super::request::Request;
use super::{Driver, Handler};
use crate::proto::engine::payload::{Room, SEPARATOR};
use crate::proto::output::TransportId;

/// A session over HTTP. Dropping it aborts its requests, and nothing is heard of it any more.
pub(crate) struct Polling {
    id: TransportId,
    driver: Weak<Driver>,
    /// The address up to where the session id goes.
    url: String,
    /// The parameter with the session id, once there is one.
    session: RefCell<String>,
    max_payload: Cell<Option<u64>>,
    get: RefCell<Option<Request>>,
    post: RefCell<Option<Request>>,
    /// Reads the Blob at the queue's head.
    reader: RefCell<Option<Handler>>,
    /// What is still to be sent, in order: packets as text, and Blobs.
    queue: Array,
}

impl Polling {
    pub(crate) fn new(driver: &Weak<Driver>, id: TransportId, url: String) -> Rc<Self> {
        Rc::new(Self {
            id,
            driver: Weak::clone(driver),
            url,
            session: RefCell::default(),
            max_payload: Cell::new(None),
            get: RefCell::new(None),
            post: RefCell::new(None),
            reader: RefCell::new(None),
            queue: Array::new(),
        })
    }

    /// The handshake came: every request from now on has this parameter.
    pub(crate) fn set_session(&self, parameter: String, max_payload: Option<u64>) {
        self.session.replace(parameter);
        self.max_payload.set(max_payload);
    }

    /// Takes a packet for the next POST: text, or binary data.
    pub(crate) fn send(&self, packet: &JsValue) {
        if packet.is_string() || packet.is_instance_of::<Blob>() {
            self.queue.push(packet);
        } else {
            self.queue.push(&base64_packet(packet));
        }
    }

    /// Sends a GET and hands over what comes back.
    pub(crate) fn poll(self: &Rc<Self>) {
        let request = self.request(None, Self::polled);
        self.get.replace(request);
    }

    fn polled(self: &Rc<Self>, xhr: &XmlHttpRequest) {
        // The request ends here, so that its answer can start the next one.
        let _done = self.get.take();
        let Some(driver) = self.driver.upgrade() else { return };
        match body(xhr) {
            Some(body) => driver.on_payload(self.id, &body),
            None => self.fail("xhr poll error", xhr),
        }
    }

    /// Sends what was taken, in as many POSTs as `maxPayload` wants, one after the other.
    pub(crate) fn flush(self: &Rc<Self>) {
        if self.post.borrow().is_some() || self.reader.borrow().is_some() {
            return;
        }
        if let Ok(blob) = self.queue.get(0).dyn_into::<Blob>() {
            self.read(&blob);
            return;
        }
        let packets = self.queue.splice_many(0, self.fitting(), &[]);
        let payload = packets.join(SEPARATOR);
        let request = self.request(Some(&payload), Self::posted);
        self.post.replace(request);
    }

    /// How many packets fit into one body.
    fn fitting(&self) -> u32 {
        let mut room = Room::new(self.max_payload.get());
        let mut count = 0;
        while let Ok(packet) = self.queue.get(count).dyn_into::<JsString>() {
            if !room.take(byte_length(&packet)) {
                break;
            }
            count = count.saturating_add(1);
        }
        count
    }

    fn posted(self: &Rc<Self>, xhr: &XmlHttpRequest) {
        let _done = self.post.take();
        if body(xhr).is_none() {
            // What can't be sent in order isn't sent at all.
            self.queue.set_length(0);
            self.fail("xhr post error", xhr);
        } else if self.queue.length() > 0 {
            self.flush();
        } else if let Some(driver) = self.driver.upgrade() {
            driver.turn(|manager, _| manager.handle_drain(self.id));
        }
    }

    /// Replaces the Blob at the queue's head by its bytes, then goes on.
    fn read(self: &Rc<Self>, blob: &Blob) {
        let this = Rc::downgrade(self);
        let reader = Handler::new(move |content: JsValue| {
            let Some(this) = this.upgrade() else { return };
            let _done = this.reader.take();
            if content.is_instance_of::<js_sys::ArrayBuffer>() {
                this.queue.set(0, base64_packet(&content));
                this.flush();
            } else if let Some(driver) = this.driver.upgrade() {
                // A file that is gone: the packet that announced it can't be completed.
                this.queue.set_length(0);
                driver.turn(|manager, now| manager.handle_error(this.id, content, now));
            }
        });
        let content = blob.unchecked_ref::<Readable>().array_buffer();
        content.then(reader.as_ref(), reader.as_ref());
        self.reader.replace(Some(reader));
    }

    fn request(
        self: &Rc<Self>,
        body: Option<&JsString>,
        done: fn(&Rc<Self>, &XmlHttpRequest),
    ) -> Option<Request> {
        let driver = self.driver.upgrade()?;
        let url = [self.url.as_str(), &timestamp(), &self.session.borrow()].concat();
        let with_credentials = driver.endpoint.with_credentials;
        Request::send(&url, body, with_credentials, Rc::downgrade(self), done)
            .map_err(|error| driver.fail_later(self.id, error))
            .ok()
    }

    fn fail(&self, message: &str, xhr: &XmlHttpRequest) {
        let Some(driver) = self.driver.upgrade() else { return };
        let error = transport_error(message, &xhr.status().unwrap_or(0).into(), xhr);
        driver.turn(|manager, now| manager.handle_error(self.id, error, now));
    }
}

#[wasm_bindgen]
extern "C" {
    /// A Blob as something that can be read.
    type Readable;

    #[wasm_bindgen(method, js_name = arrayBuffer)]
    fn array_buffer(this: &Readable) -> Thenable;

    /// A promise of anything.
    type Thenable;

    #[wasm_bindgen(method)]
    fn then(this: &Thenable, resolved: &JsValue, rejected: &JsValue);
}

/// The body of a request that succeeded.
fn body(xhr: &XmlHttpRequest) -> Option<JsString> {
    (xhr.status() == Ok(200)).then(|| xhr.response().ok()?.dyn_into().ok())?
}

fn base64_packet(data: &JsValue) -> JsValue {
    JsString::from("b").concat(&base64::encode(data)).into()
}

/// The length of a text in UTF-8.
fn byte_length(text: &JsString) -> u64 {
    let blob = Blob::new_with_str_sequence(&Array::of1(text));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    blob.map_or(0, |blob| blob.size() as u64)
}

/// `&t=` with a random number: no cache may answer a GET.
fn timestamp() -> String {
    let timestamp = JsString::from("&t=");
    timestamp.concat(&js_sys::Math::random().into()).into()
}
