//! The drivers: they carry out with browser objects what `proto` decides. The only code that
//! names `web-sys`.
//!
//! ```text
//! Driver       one connection: inputs to the machine, outputs to browser objects and to the face
//! transports   WebSockets, and polling: requests; made, found by their id, closed
//! wire         from text and binary messages to packets, over text: JavaScript strings, unseen
//! timer        the clock, one timer
//! host         what JavaScript does with its own values: host.js
//! ```
//!
//! User code runs only while outputs are carried out, with nothing borrowed. A listener that emits
//! comes back to [`Driver::turn`], which changes the machine and leaves the outputs to the outer
//! drain: they are carried out in order, and the stack does not grow.

pub(crate) mod host;
mod polling;
pub(crate) mod slot;
mod text;
mod timer;
mod transports;
mod wire;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

use crate::proto::error::ConnectError;
use crate::proto::manager::Manager;
use crate::proto::options::{ManagerOptions, TransportKind};
use crate::proto::output::{Delivery, Event, NspId, Output, TransportId};
use crate::proto::socket::attachments::Reconstruction;
use crate::proto::time::Millis;
use timer::Timer;
use transports::Transports;
use wire::Incoming;

pub use host::Handshake;

/// Listens to a browser object: what happened, and with what. One type for all: each brings its
/// own glue.
pub(crate) type Handler = Closure<dyn Fn(u32, JsValue)>;

/// Who is told what happens: the API that the user sees. Nothing is borrowed while it is called.
pub trait Face {
    /// Something happened. `cause` is the error or the details that belong to it.
    fn event(&self, event: Event, cause: &JsValue);

    /// A packet for the user. `id` is a number if an answer is wanted, or answers.
    fn deliver(&self, nsp: NspId, delivery: Delivery, data: &JsValue, id: &JsValue);

    /// A namespace is about to connect: its `auth` is wanted by [`Manager::authenticate`].
    fn authenticate(&self, nsp: NspId, session: u32);

    /// A namespace is left: its DISCONNECT packet is to be written.
    fn disconnect(&self, nsp: NspId);

    /// An open packet came.
    fn handshake(&self, handshake: &Handshake);

    /// An Engine.IO message came that is for the face to decode.
    fn message(&self, data: &JsValue);

    /// An Engine.IO packet came, to be shown to those who look on.
    fn traced(&self, packet_type: u32, data: &JsValue);

    /// Keeps itself, and with it the driver, while something is going on: a page need not keep
    /// what it got to go on hearing from it, and a goodbye may take a moment.
    fn anchor(&self, is_busy: bool);
}

/// One connection to a server in a browser.
pub struct Driver {
    this: Weak<Self>,
    face: Box<dyn Face>,
    /// How the server is addressed: read by `host.js` whenever a transport is made.
    endpoint: JsValue,
    manager: RefCell<Manager>,
    transports: Transports,
    /// Engine.IO packets that wait for the transport.
    write_buffer: Array,
    /// Names of namespaces, by [`NspId`].
    names: Array,
    reconstruction: RefCell<Reconstruction<Incoming>>,
    /// The last error or details of a transport.
    cause: RefCell<JsValue>,
    timer: Timer,
    draining: Cell<bool>,
    anchored: Cell<bool>,
    /// The most attachments that one received packet may have.
    pub max_attachments: Cell<u32>,
    /// Whether messages are handed to the face as they come.
    pub raw: Cell<bool>,
    /// Whether the face wants to see every packet.
    pub traced: Cell<bool>,
}

impl Driver {
    /// A connection that does nothing yet.
    pub fn new(endpoint: JsValue, options: ManagerOptions, face: Box<dyn Face>) -> Rc<Self> {
        let mut manager = Manager::new(options, js_sys::Math::random().to_bits());
        manager.prefer_polling(host::is_polling_first(&endpoint));
        Rc::new_cyclic(|this| Self {
            this: Weak::clone(this),
            face,
            endpoint,
            manager: RefCell::new(manager),
            transports: Transports::default(),
            write_buffer: Array::new(),
            names: Array::new(),
            reconstruction: RefCell::default(),
            cause: RefCell::default(),
            timer: Timer::new(),
            draining: Cell::new(false),
            anchored: Cell::new(false),
            max_attachments: Cell::new(10),
            raw: Cell::new(false),
            traced: Cell::new(false),
        })
    }

    /// The namespace called `name`, made if need be. It is not connected by this.
    pub fn socket(&self, name: &JsString) -> NspId {
        self.find(name).unwrap_or_else(|| {
            self.names.push(name);
            self.manager.borrow_mut().socket()
        })
    }

    /// The namespace called `name`, if it was made.
    pub fn find(&self, name: &JsString) -> Option<NspId> {
        u32::try_from(self.names.index_of(name, 0)).ok().map(NspId)
    }

    /// The name of a namespace.
    pub fn name(&self, NspId(nsp): NspId) -> JsString {
        self.names.get(nsp).unchecked_into()
    }

    /// Asks the machine something.
    pub fn ask<R>(&self, question: impl FnOnce(&Manager) -> R) -> R {
        question(&self.manager.borrow())
    }

    /// Gives the machine an input or a command, then carries out what it wants done.
    pub fn turn<R>(&self, input: impl FnOnce(&mut Manager, Millis) -> R) -> R {
        let now = self.timer.now();
        let result = input(&mut self.manager.borrow_mut(), now);
        self.drain();
        result
    }

    /// Sends an Engine.IO packet of a namespace's event; says whether the namespace is connected.
    pub fn send(&self, nsp: NspId, frame: &JsValue) -> bool {
        self.turn(|manager, now| {
            let can_send = manager.can_send(nsp, now);
            if can_send {
                self.write_buffer.push(frame);
                manager.write();
            }
            can_send
        })
    }

    /// Sends an Engine.IO packet, or keeps it until the transport can take it.
    pub fn write(&self, frame: &JsValue) {
        self.write_buffer.push(frame);
        self.turn(|manager, _| manager.write());
    }

    /// What waits for the transport, after what the transport has not handed to the network yet.
    pub fn write_buffer(&self) -> Array {
        let current = self.ask(Manager::transport).and_then(|(id, _)| self.transports.polling(id));
        let waiting = current.map(|polling| polling.waiting()).unwrap_or_default();
        waiting.concat(&self.write_buffer)
    }

    /// The Engine.IO session id, once there is a session.
    pub fn session_id(&self) -> JsValue {
        let current = self.ask(Manager::transport);
        current.map(|(id, _)| self.transports.session(id)).unwrap_or_default()
    }

    /// The bytes that the transport in use has not handed to the network yet.
    pub fn buffered_amount(&self) -> f64 {
        let current = self.ask(Manager::transport).and_then(|(id, _)| self.transports.find(id));
        current.map_or(0.0, |transport| transport.buffered_amount())
    }

    fn drain(&self) {
        if self.draining.replace(true) {
            return;
        }
        loop {
            let output = self.manager.borrow_mut().poll_output();
            let Some(output) = output else { break };
            self.perform(output);
        }
        self.draining.set(false);
        let deadline = self.ask(Manager::poll_timeout);
        self.timer.arm(deadline, &self.this);
        let is_busy = deadline.is_some();
        if self.anchored.replace(is_busy) != is_busy {
            self.face.anchor(is_busy);
        }
    }

    fn perform(&self, output: Output) {
        match output {
            Output::Open { id, transport, session_of } => self.open(id, transport, session_of),
            Output::Poll(id) => {
                if let Some(polling) = self.transports.polling(id) {
                    polling.poll();
                }
            }
            Output::Send(id, packet) => {
                self.send_all(id, &Array::of1(&packet.as_str().into()));
            }
            Output::Write(packet) => drop(self.write_buffer.push(&packet.as_str().into())),
            Output::Disconnect(nsp) => self.face.disconnect(nsp),
            Output::Flush(id) => self.send_all(id, &self.write_buffer),
            Output::Discard => self.write_buffer.set_length(0),
            Output::Close(id) => self.transports.close(id),
            Output::Authenticate { nsp, session } => self.face.authenticate(nsp, session),
            Output::Event(event) => self.tell(event),
        }
    }

    fn send_all(&self, id: TransportId, buffer: &Array) {
        if let Some(transport) = self.transports.find(id) {
            transport.send_all(buffer);
        }
    }

    fn tell(&self, event: Event) {
        match event {
            Event::Open(id) | Event::Upgrade(id) => self.remember(id),
            Event::Opening => {
                self.reconstruction.take();
                self.cause.take();
            }
            Event::Failed(ConnectError::Timeout) => self.fail("timeout"),
            Event::Failed(ConnectError::NoTransport) => self.fail("No transports available"),
            Event::Failed(ConnectError::Transport) => self.explain(),
            _ => {}
        }
        let cause = self.cause.borrow().clone();
        self.face.event(event, &cause);
    }

    fn fail(&self, message: &str) {
        self.cause.replace(js_sys::Error::new(message).into());
    }

    /// Who hears of an error gets one, also where a transport was closed in good order.
    fn explain(&self) {
        let cause = self.cause.take();
        let is_error = cause.is_instance_of::<js_sys::Error>();
        let error = || host::transport_error("transport closed", &cause);
        self.cause.replace(if is_error { cause } else { error() });
    }

    /// Keeps in mind whether a WebSocket works, if that was seen.
    fn remember(&self, id: TransportId) {
        let mut manager = self.manager.borrow_mut();
        let current = manager.transport().filter(|&(current, _)| current == id);
        let is_websocket = current.is_some_and(|(_, of)| of.kind == TransportKind::WebSocket);
        if is_websocket || manager.fell_back() {
            manager.prefer_polling(!is_websocket);
            host::remember(&self.endpoint, !is_websocket);
        }
    }
}
