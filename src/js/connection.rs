//! One connection and the objects that the page has of it.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::error::connect_error;
use super::object::Identity;
use crate::proto::error::DisconnectReason;
use crate::proto::options::ManagerOptions;
use crate::proto::output::{Event, Message, NspId};
use crate::web::data::Data;
use crate::web::detect::get;
use crate::web::emitter::{self, Emitter};
use crate::web::error::report;
use crate::web::{Driver, Endpoint, Face};

/// What a manager, its sockets and its engine have in common.
pub(super) struct Connection {
    pub(super) this: Weak<Self>,
    pub(super) driver: Rc<Driver>,
    /// The manager's listeners.
    pub(super) emitter: Emitter,
    pub(super) engine: Emitter,
    pub(super) manager_object: Identity,
    pub(super) engine_object: Identity,
    /// By [`NspId`].
    namespaces: RefCell<Vec<Rc<Namespace>>>,
}

/// What a socket has of its own.
pub(super) struct Namespace {
    pub(super) nsp: NspId,
    pub(super) emitter: Emitter,
    pub(super) auth: RefCell<JsValue>,
    /// The session id, while connected.
    pub(super) id: RefCell<JsValue>,
    pub(super) object: Identity,
}

impl Connection {
    pub(super) fn new(endpoint: Endpoint, options: ManagerOptions) -> Rc<Self> {
        Rc::new_cyclic(|this: &Weak<Self>| Self {
            this: this.clone(),
            driver: Driver::new(endpoint, options, this.clone()),
            emitter: Emitter::default(),
            engine: Emitter::default(),
            manager_object: Identity::default(),
            engine_object: Identity::default(),
            namespaces: RefCell::default(),
        })
    }

    /// The namespace of this name, made if need be.
    pub(super) fn socket(&self, name: &str) -> Rc<Namespace> {
        let nsp = self.driver.turn(|manager, _| manager.socket(name));
        self.namespace(nsp).unwrap_or_else(|| {
            let namespace = Rc::new(Namespace {
                nsp,
                emitter: Emitter::default(),
                auth: RefCell::default(),
                id: RefCell::default(),
                object: Identity::default(),
            });
            self.namespaces.borrow_mut().push(Rc::clone(&namespace));
            namespace
        })
    }

    /// Whether there is a socket for this namespace, in use or not.
    pub(super) fn has_socket(&self, name: &str) -> bool {
        self.driver.ask(|manager| manager.find_socket(name)).is_some()
    }

    /// Whether any socket is connected, or will be.
    pub(super) fn is_used(&self) -> bool {
        let namespaces = self.namespaces.borrow();
        let is_active = |nsp| self.driver.ask(|manager| manager.is_active(nsp));
        namespaces.iter().any(|namespace| is_active(namespace.nsp))
    }

    fn namespace(&self, nsp: NspId) -> Option<Rc<Namespace>> {
        self.namespaces.borrow().get(nsp.0).map(Rc::clone)
    }

    fn emit(&self, nsp: NspId, name: &str, args: &Array) {
        if let Some(namespace) = self.namespace(nsp) {
            namespace.emitter.emit(&self.socket_object(&namespace), &name.into(), args);
        }
    }

    fn emit_manager(&self, name: &str, args: &Array) {
        self.emitter.emit(&self.manager_object(), &name.into(), args);
    }

    fn emit_engine(&self, name: &str) {
        let transport = Array::of1(&super::engine::transport(&self.driver));
        self.engine.emit(&self.engine_object(), &name.into(), &transport);
    }

    /// An event of the server: the arguments without the name, and the function to answer with.
    fn deliver(&self, message: &Message<Data>) {
        let Some(namespace) = self.namespace(message.nsp) else { return };
        let this = self.socket_object(&namespace);
        let args: Array = message.data.clone().unchecked_into();
        let name = emitter::name(&args.shift());
        if let Some(id) = message.id {
            #[expect(clippy::cast_precision_loss)]
            args.push(&this.unchecked_ref::<Shape>().answerer(message.session, id as f64));
        }
        namespace.emitter.emit(&this, &name, &args);
    }
}

impl Face for Connection {
    fn handle_event(&self, event: Event<Data>) {
        match event {
            Event::Message(message) => self.deliver(&message),
            Event::Ack { callback, data, .. } => {
                let callback: Function = callback.unchecked_into();
                let args = data.unchecked_into();
                if let Err(error) = callback.apply(&JsValue::UNDEFINED, &args) {
                    report(&error);
                }
            }
            Event::Connect(nsp, data) => {
                if let Some(namespace) = self.namespace(nsp) {
                    namespace.id.replace(get(&data, "sid"));
                }
                self.emit(nsp, "connect", &Array::new());
            }
            Event::Disconnect(nsp, reason, details) => {
                if let Some(namespace) = self.namespace(nsp) {
                    namespace.id.take();
                }
                self.emit(nsp, "disconnect", &close_args(reason, details));
            }
            Event::ConnectError(nsp, error) => {
                self.emit(nsp, "connect_error", &Array::of1(&connect_error(&error)));
            }
            other => self.handle_manager_event(other),
        }
    }

    fn authenticate(&self, nsp: NspId, session: u32) {
        if let Some(namespace) = self.namespace(nsp) {
            self.socket_object(&namespace).unchecked_ref::<Shape>().ask_auth(session);
        }
    }
}

impl Connection {
    fn handle_manager_event(&self, event: Event<Data>) {
        let (name, args) = match event {
            Event::Open(_) => ("open", Array::new()),
            Event::Ping => ("ping", Array::new()),
            Event::Error(error) => ("error", Array::of1(&connect_error(&error))),
            Event::Close(reason, details) => ("close", close_args(reason, details)),
            Event::ReconnectAttempt(n) => ("reconnect_attempt", Array::of1(&n.into())),
            Event::Reconnect(n) => ("reconnect", Array::of1(&n.into())),
            Event::ReconnectError(error) => ("reconnect_error", Array::of1(&connect_error(&error))),
            Event::ReconnectFailed => ("reconnect_failed", Array::new()),
            Event::Upgrade(_) => return self.emit_engine("upgrade"),
            Event::UpgradeError => return self.emit_engine("upgradeError"),
            // Those of namespaces.
            _ => return,
        };
        self.emit_manager(name, &args);
    }
}

#[wasm_bindgen]
extern "C" {
    /// A socket's methods that `npm/shape.js` adds.
    type Shape;

    /// The function by which a listener answers an event.
    #[wasm_bindgen(method)]
    fn answerer(this: &Shape, session: u32, id: f64) -> JsValue;

    /// Gets the user's `auth` and calls `authenticate` with it.
    #[wasm_bindgen(method, js_name = askAuth)]
    fn ask_auth(this: &Shape, session: u32);
}

/// What listeners get of an end: the reason, and what is known beyond it.
fn close_args(reason: DisconnectReason, details: Option<Rc<Data>>) -> Array {
    let args = Array::of1(&reason.as_str().into());
    if let Some(details) = details {
        args.push(&details);
    }
    args
}
