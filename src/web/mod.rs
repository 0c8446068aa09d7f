//! The drivers: they carry out with browser objects what `proto` decides. The only code that
//! names `web-sys`.
//!
//! ```text
//! Driver       one connection: inputs to the machine, outputs to browser objects and to the face
//! connection   its transports, by id          websocket, polling (request)   the transports
//! wire         packets ⇄ text                 json, base64, text             data ⇄ text
//! emitter      listeners by event name        timer                          the clock, one timer
//! detect       what this browser has          memory                         which transport worked
//! ```
//!
//! User code runs only while outputs are carried out, with nothing borrowed. A listener that emits
//! comes back to [`Driver::turn`], which changes the machine and leaves the outputs to the outer
//! drain: they are carried out in order, and the stack does not grow.

mod base64;
mod connection;
pub mod data;
pub mod detect;
pub mod emitter;
pub mod error;
pub mod json;
mod memory;
mod polling;
mod request;
mod text;
mod timer;
mod websocket;
mod wire;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::proto::manager::Manager;
use crate::proto::options::{ManagerOptions, TransportKind};
use crate::proto::output::{Event, Message, NspId, Output, TransportId};
use crate::proto::time::Millis;
use connection::Transports;
use data::Data;
use timer::Timer;

pub use connection::Endpoint;

/// Listens to a browser object, once or often. One type for all: each brings its own glue.
type Handler = Closure<dyn Fn(JsValue)>;

/// Who is told what happens: the API that the user sees. Nothing is borrowed while it is called.
pub trait Face {
    /// Something happened.
    fn handle_event(&self, event: Event<Data>);

    /// A namespace is about to connect: its `auth` is wanted by [`Manager::authenticate`].
    fn authenticate(&self, nsp: NspId, session: u32);
}

/// One connection to a server in a browser.
pub struct Driver {
    this: Weak<Self>,
    face: Weak<dyn Face>,
    endpoint: Endpoint,
    manager: RefCell<Manager<Data>>,
    transports: Transports,
    timer: Timer,
    draining: Cell<bool>,
    /// Keeps the face, and with it this driver, while something is going on: a page need not keep
    /// what it got from `io()` to go on hearing from it, and a goodbye may take a moment.
    anchor: RefCell<Option<Rc<dyn Face>>>,
}

impl Driver {
    /// A connection that does nothing yet.
    pub fn new(endpoint: Endpoint, mut options: ManagerOptions, face: Weak<dyn Face>) -> Rc<Self> {
        options.transports.retain(|&kind| detect::has(kind));
        let mut manager = Manager::new(options, js_sys::Math::random().to_bits());
        manager.prefer_polling(memory::is_polling_first(&endpoint.origin));
        Rc::new_cyclic(|this| Self {
            this: Weak::clone(this),
            face,
            endpoint,
            manager: RefCell::new(manager),
            transports: Transports::default(),
            timer: Timer::new(),
            draining: Cell::new(false),
            anchor: RefCell::new(None),
        })
    }

    /// Asks the machine something.
    pub fn ask<R>(&self, question: impl FnOnce(&Manager<Data>) -> R) -> R {
        question(&self.manager.borrow())
    }

    /// Gives the machine an input or a command, then carries out what it wants done.
    pub fn turn<R>(&self, input: impl FnOnce(&mut Manager<Data>, Millis) -> R) -> R {
        let now = self.timer.now();
        let result = input(&mut self.manager.borrow_mut(), now);
        self.drain();
        result
    }

    /// Sends an event. The arguments begin with its name.
    ///
    /// # Errors
    /// What [`json::encode`] says of arguments that can't be sent, connected or not.
    pub fn emit(&self, nsp: NspId, args: Array, callback: Option<JsValue>) -> Result<(), JsValue> {
        let encoded = json::encode(&args)?;
        // Until the connection is there the arguments are kept as they are: like the reference,
        // this sends what they are then.
        let is_connected = self.ask(|manager| manager.is_connected(nsp));
        let data = if is_connected { encoded } else { data::raw(&args) };
        self.turn(|manager, now| manager.emit(nsp, data, callback, now));
        Ok(())
    }

    /// The Engine.IO session id, once there is a session.
    pub fn session_id(&self) -> JsValue {
        let current = self.ask(Manager::transport);
        current.map_or(JsValue::UNDEFINED, |(id, _)| self.transports.session_id(id))
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
        if deadline.is_some() != self.anchor.borrow().is_some() {
            let anchor = deadline.and_then(|_| self.face.upgrade());
            // What was kept is dropped with nothing borrowed.
            drop(self.anchor.replace(anchor));
        }
    }

    fn perform(&self, output: Output<Data>) {
        match output {
            Output::Open { id, kind, session_of } => self.open(id, kind, session_of),
            Output::Poll(id) => self.transports.poll(id),
            Output::Send(id, packet) => self.send(id, packet),
            Output::Flush(id) => self.transports.flush(id),
            Output::Close(id) => self.transports.close(id),
            Output::Authenticate { nsp, session } => {
                if let Some(face) = self.face.upgrade() {
                    face.authenticate(nsp, session);
                }
            }
            Output::Event(event) => self.tell(event),
        }
    }

    fn tell(&self, event: Event<Data>) {
        match &event {
            Event::Open(id) | Event::Upgrade(id) => self.remember(*id),
            Event::Message(Message { data, attachments, .. })
            | Event::Ack { data, attachments, .. }
                if !self.reconstruct(data, attachments) =>
            {
                return;
            }
            _ => {}
        }
        if let Some(face) = self.face.upgrade() {
            face.handle_event(event);
        }
    }

    /// Keeps in mind which transport works, if there was a choice.
    fn remember(&self, id: TransportId) {
        let has_choice =
            |manager: &Manager<_>| manager.options().transports.contains(&TransportKind::WebSocket);
        if !self.ask(has_choice) {
            return;
        }
        let polling = self.ask(Manager::transport) == Some((id, TransportKind::Polling));
        self.manager.borrow_mut().prefer_polling(polling);
        memory::remember(&self.endpoint.origin, polling);
    }
}
