//! The driver: it has JavaScript carry out what `proto` decides, and brings back what comes of it.
//!
//! ```text
//! Driver       one connection: inputs to the machine, outputs to the network and to the face
//! network      transports, the write buffer, the clock and a timer: network.js
//! wire         from text and binary messages to packets, over text: JavaScript strings, unseen
//! host         what JavaScript does with its own values: host.js
//! ```
//!
//! User code runs only while outputs are carried out, with nothing borrowed. A listener that emits
//! comes back to [`Driver::turn`], which changes the machine and leaves the outputs to the outer
//! drain: they are carried out in order, and the stack does not grow.

pub(crate) mod host;
mod network;
pub(crate) mod slot;
mod text;
mod wire;

use std::cell::{Cell, RefCell, RefMut};
use std::rc::{Rc, Weak};

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

use crate::proto::error::ConnectError;
use crate::proto::manager::Manager;
use crate::proto::options::{ManagerOptions, TransportKind};
use crate::proto::output::{Delivery, Event, NspId, Output, TransportId};
use crate::proto::socket::attachments::Reconstruction;
use crate::proto::time::Millis;
use network::Network;
use slot::Slot;
use wire::Incoming;

pub use host::Handshake;

/// Called by JavaScript: what happened, by number, and with what. One type for all: each brings its
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
    face: Box<dyn Face>,
    /// How the server is addressed: read by `host.js` whenever a transport is made.
    endpoint: JsValue,
    manager: RefCell<Manager>,
    network: Network,
    _on: Handler,
    /// Names of namespaces, by [`NspId`].
    names: Array,
    reconstruction: Slot<Reconstruction<Incoming>>,
    /// The last error or details of a transport.
    cause: Slot<JsValue>,
    /// When the timer fires.
    deadline: Cell<Option<Millis>>,
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
        Rc::new_cyclic(|this| {
            let on = Self::listen(Weak::clone(this));
            Self {
                face,
                network: Network::new(&endpoint, &on),
                _on: on,
                endpoint,
                manager: RefCell::new(manager),
                names: Array::new(),
                reconstruction: Slot::default(),
                cause: Slot::default(),
                deadline: Cell::default(),
                draining: Cell::new(false),
                anchored: Cell::new(false),
                max_attachments: Cell::new(10),
                raw: Cell::new(false),
                traced: Cell::new(false),
            }
        })
    }

    /// The namespace called `name`, made if need be. It is not connected by this.
    pub fn socket(&self, name: &JsString) -> NspId {
        self.find(name).unwrap_or_else(|| {
            self.names.push(name);
            self.manager().socket()
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
        question(&self.manager())
    }

    /// Whoever is given the machine does nothing else: it is there. Saying so in another way would
    /// bring the texts of a panic into each page.
    fn manager(&self) -> RefMut<'_, Manager> {
        self.manager.try_borrow_mut().unwrap_or_else(|_| std::process::abort())
    }

    /// Gives the machine an input or a command, then carries out what it wants done.
    pub fn turn<R>(&self, input: impl FnOnce(&mut Manager, Millis) -> R) -> R {
        let now = self.now();
        let result = input(&mut self.manager(), now);
        self.drain();
        result
    }

    /// Sends an Engine.IO packet of a namespace's event; says whether the namespace is connected.
    pub fn send(&self, nsp: NspId, frame: &JsValue) -> bool {
        self.turn(|manager, now| {
            let can_send = manager.can_send(nsp, now);
            if can_send {
                self.network.write(frame);
                manager.write();
            }
            can_send
        })
    }

    /// Sends an Engine.IO packet, or keeps it until the transport can take it.
    pub fn write(&self, frame: &JsValue) {
        self.network.write(frame);
        self.turn(|manager, _| manager.write());
    }

    /// What waits for the transport, after what the transport has not handed to the network yet.
    pub fn write_buffer(&self) -> Array {
        self.network.waiting(self.current())
    }

    /// The Engine.IO session id, once there is a session.
    pub fn session_id(&self) -> JsValue {
        self.network.session(self.current())
    }

    /// The bytes that the transport in use has not handed to the network yet.
    pub fn buffered_amount(&self) -> f64 {
        self.network.amount(self.current())
    }

    /// The transport in use; none has the number that stands for it.
    pub fn current(&self) -> u32 {
        self.ask(Manager::transport).map_or(u32::MAX, |(TransportId(id), _)| id)
    }

    fn drain(&self) {
        if self.draining.replace(true) {
            return;
        }
        loop {
            let output = self.manager().poll_output();
            let Some(output) = output else { break };
            self.perform(output);
        }
        self.draining.set(false);
        let deadline = self.ask(Manager::poll_timeout);
        self.arm(deadline);
        let is_busy = deadline.is_some();
        if self.anchored.replace(is_busy) != is_busy {
            self.face.anchor(is_busy);
        }
    }

    fn perform(&self, output: Output) {
        match output {
            Output::Disconnect(nsp) => self.face.disconnect(nsp),
            Output::Authenticate { nsp, session } => self.face.authenticate(nsp, session),
            Output::Event(event) => self.tell(event),
            output => self.reach(output),
        }
    }

    fn tell(&self, event: Event) {
        match event {
            Event::Open(id) | Event::Upgrade(id) => self.remember(id),
            Event::Opening => {
                drop(self.reconstruction.take());
                drop(self.cause.take());
            }
            Event::Failed(ConnectError::Timeout) => self.cause.set(host::error("timeout")),
            Event::Failed(ConnectError::NoTransport) => {
                self.cause.set(host::error("No transports available"));
            }
            Event::Failed(ConnectError::Transport) => self.fail("transport closed"),
            _ => {}
        }
        let cause = self.cause.get();
        self.face.event(event, &cause);
    }

    /// Who hears of an error gets one, also where a transport was closed in good order.
    fn fail(&self, message: &str) {
        self.cause.set(host::failure(message, &self.cause.get()));
    }

    /// Keeps in mind whether a WebSocket works, if that was seen.
    fn remember(&self, id: TransportId) {
        let mut manager = self.manager();
        let current = manager.transport().filter(|&(current, _)| current == id);
        let is_websocket = current.is_some_and(|(_, of)| of.kind == TransportKind::WebSocket);
        if is_websocket || manager.fell_back() {
            manager.prefer_polling(!is_websocket);
            host::remember(&self.endpoint, !is_websocket);
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.network.end();
    }
}
