//! A handle to a namespace.

use core::cell::Cell;
use core::fmt;
use core::hash::{Hash, Hasher};
use std::rc::{Rc, Weak};

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::acks::EmitWithAckRaw;
use super::auth::{Auth, AuthReply};
use super::connection::Client;
use super::event::Event;
use super::listeners::{Listener, Notice};
use super::namespace::Namespace;
use crate::common::error::{ConnectError, EmitError};
use crate::common::state::State;
use crate::proto::error::DisconnectReason;
use crate::web::host;
use crate::web::host::named;

/// A namespace of a connection: events go both ways.
///
/// Cloning it copies nothing: all clones are the same socket. When the last one is dropped the
/// namespace is disconnected, and the connection ends with its last namespace. Listeners don't
/// keep it, unless their closures own a clone and the guard is kept somewhere: see [`WeakSocket`].
///
/// Spec: socket.io-protocol v5.
#[derive(Clone)]
#[must_use = "the socket is disconnected when its last handle is dropped"]
pub struct Socket(pub(super) Rc<Namespace>);

/// Handles to the same namespace of the same connection are equal.
impl PartialEq for Socket {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Socket {}

impl Hash for Socket {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Rc::as_ptr(&self.0).hash(state);
    }
}

/// Connection.
impl Socket {
    /// Connects, also after [`disconnect`](Self::disconnect), the server's own or a refusal. Does
    /// nothing while there is a connection or one is being made. Who listens to the state hears of
    /// it before this returns.
    pub fn connect(&self) {
        self.0.connect();
    }

    /// Disconnects. The listeners stay; what is emitted from now on waits for the next connection.
    /// Who listens to the end or to the state, and callbacks that wait for an answer, hear of it
    /// before this returns: hold no `RefCell` borrowed that they borrow.
    pub fn disconnect(&self) {
        self.0.disconnect();
    }

    /// Where the socket is. [`on_state`](Self::on_state) tells each change.
    #[must_use]
    pub fn state(&self) -> State {
        self.0.state()
    }

    /// Whether events go both ways now.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.state() == State::Connected
    }

    /// The server's id for this connection of the namespace, `socket.id` there. None while there is
    /// no connection.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        if self.0.is_connected() { self.0.space.id() } else { None }
    }

    /// Whether the server has taken the last connection for the continuation of the one before, and
    /// has sent what was missed. It has to have connection state recovery for that.
    #[must_use]
    pub fn recovered(&self) -> bool {
        self.0.is_recovered.get()
    }

    /// The name of the namespace.
    #[must_use]
    pub fn namespace(&self) -> String {
        self.0.connection.driver.network().name(self.0.nsp).as_string().unwrap_or_default()
    }

    /// The connection, by which there are more namespaces.
    #[must_use]
    pub fn client(&self) -> Client {
        Client(Rc::clone(&self.0.connection))
    }

    /// A handle that does not keep the socket, for closures.
    #[must_use]
    pub fn downgrade(&self) -> WeakSocket {
        WeakSocket(Rc::downgrade(&self.0))
    }

    /// As [`Builder::auth_raw`](crate::Builder::auth_raw), for the connections from now on.
    pub fn set_auth_raw(&self, auth: JsValue) {
        self.0.auth.set(Auth::Value(auth));
    }

    /// As [`Builder::auth_with`](crate::Builder::auth_with), for the connections from now on.
    pub fn set_auth_with(&self, auth: impl Fn(AuthReply) + 'static) {
        self.0.auth.set(Auth::with(auth));
    }
}

/// Events of the server, as JavaScript values.
impl Socket {
    /// Listens to an event. The listeners of an event are called in the order in which they were
    /// added.
    ///
    /// ```no_run
    /// # use socketio_wasm::Socket;
    /// # fn f(socket: &Socket) {
    /// let sum = socket.on_raw("sum", |event| {
    ///     let sum = event.get(0).as_f64().unwrap_or(0.0) + event.get(1).as_f64().unwrap_or(0.0);
    ///     // Fails only for what can't be made into JSON.
    ///     let _ = event.ack::<()>().send_raw(&js_sys::Array::of1(&sum.into()));
    /// });
    /// # }
    /// ```
    pub fn on_raw(&self, event: &str, listener: impl Fn(Event) + 'static) -> Listener {
        self.on_event(event.into(), false, Box::new(listener))
    }

    /// Listens to the next event of this name.
    pub fn once_raw(&self, event: &str, listener: impl FnOnce(Event) + 'static) -> Listener {
        let listener = Cell::new(Some(listener));
        let call = move |event| {
            if let Some(listener) = listener.take() {
                listener(event);
            }
        };
        self.on_event(event.into(), true, Box::new(call))
    }

    /// Listens to every event, before those who listen to its name.
    ///
    /// ```no_run
    /// # use socketio_wasm::Socket;
    /// # fn f(socket: &Socket, log: impl Fn(&str) + 'static) {
    /// let all = socket.on_any(move |event| log(&event.name()));
    /// # }
    /// ```
    pub fn on_any(&self, listener: impl Fn(Event) + 'static) -> Listener {
        self.on_event(Notice::Any.into(), false, Box::new(listener))
    }

    /// Has a JavaScript function called with the arguments of an event, and if the server waits for
    /// an answer, with a function that gives it as the last. What it throws goes to the page's
    /// error handlers. MDN: `reportError()`.
    pub fn on_function(&self, event: &str, function: &Function) -> Listener {
        let function = function.clone();
        self.on_raw(event, move |event| {
            let args = event.args();
            if event.wants_ack() {
                args.push(&answer_function(&event));
            }
            if let Err(error) = function.apply(&JsValue::UNDEFINED, &args) {
                host::report(&error);
            }
        })
    }

    fn on_event(&self, key: JsValue, is_once: bool, listener: Box<dyn Fn(Event)>) -> Listener {
        let call = move |namespace: Option<&Rc<Namespace>>, data| {
            if let Some(namespace) = namespace {
                listener(namespace.event(data));
            }
        };
        self.listen(key, is_once, Box::new(call))
    }
}

/// The answer function of JavaScript: `(...args) => void`.
fn answer_function(event: &Event) -> JsValue {
    let event = event.clone();
    let answer: Box<dyn Fn(Array)> = Box::new(move |args| {
        if event.ack::<()>().send_raw(&args).is_err() {
            host::warn("the answer to an event can't be sent");
        }
    });
    host::variadic(&Closure::wrap(answer).into_js_value())
}

/// What the socket tells of itself.
impl Socket {
    /// Listens to connections: also to those after the first, but not to one that is there already.
    pub fn on_connect(&self, listener: impl Fn() + 'static) -> Listener {
        self.on_notice(Notice::Connect, move |_| listener())
    }

    /// Listens to the ends of connections. For all but [`DisconnectReason::IoServerDisconnect`] and
    /// [`DisconnectReason::IoClientDisconnect`] another follows, if reconnection is on.
    ///
    /// ```no_run
    /// # use socketio_wasm::{DisconnectReason, Socket};
    /// # fn f(socket: &Socket, show: impl Fn(&str) + 'static) {
    /// let weak = socket.downgrade();
    /// let ends = socket.on_disconnect(move |reason| match (reason, weak.upgrade()) {
    ///     // The server has ended it: what comes next is the page's to decide.
    ///     (DisconnectReason::IoServerDisconnect, Some(socket)) => socket.connect(),
    ///     _ => show(reason.as_str()),
    /// });
    /// # }
    /// ```
    pub fn on_disconnect(&self, listener: impl Fn(DisconnectReason) + 'static) -> Listener {
        self.on_notice(Notice::Disconnect, move |namespace| listener(namespace.reason.get()))
    }

    /// Listens to failed attempts to connect.
    ///
    /// ```no_run
    /// # use socketio_wasm::{ConnectError, Socket};
    /// # fn f(socket: &Socket, show: impl Fn(&str) + 'static) {
    /// let errors = socket.on_connect_error(move |error| match error {
    ///     ConnectError::Rejected { message, .. } => show(message),
    ///     error => show(&error.to_string()),
    /// });
    /// # }
    /// ```
    pub fn on_connect_error(&self, listener: impl Fn(&ConnectError) + 'static) -> Listener {
        self.on_notice(Notice::ConnectError, move |namespace| {
            if let Some(error) = namespace.error.get() {
                listener(&error);
            }
        })
    }

    /// Listens to changes of the [state](Self::state).
    ///
    /// ```no_run
    /// # use socketio_wasm::Socket;
    /// # fn f(socket: &Socket, show: impl Fn(&str) + 'static) {
    /// show(socket.state().as_str());
    /// let changes = socket.on_state(move |state| show(state.as_str()));
    /// # }
    /// ```
    pub fn on_state(&self, listener: impl Fn(State) + 'static) -> Listener {
        self.on_notice(Notice::State, move |namespace| listener(namespace.told.get()))
    }

    fn on_notice(&self, notice: Notice, listener: impl Fn(&Namespace) + 'static) -> Listener {
        let call = move |namespace: Option<&Rc<Namespace>>, _| {
            if let Some(namespace) = namespace {
                listener(namespace);
            }
        };
        self.listen(notice.into(), false, Box::new(call))
    }
}

/// Events for the server, as JavaScript values.
impl Socket {
    /// Sends an event, at once or with the next connection.
    ///
    /// ```no_run
    /// # use socketio_wasm::{EmitError, Socket};
    /// # fn f(socket: &Socket) -> Result<(), EmitError> {
    /// socket.emit_raw("move", &js_sys::Array::of2(&1.into(), &2.into()))
    /// # }
    /// ```
    ///
    /// # Errors
    /// If it can't be sent, now or ever.
    pub fn emit_raw(&self, event: &str, args: &Array) -> Result<(), EmitError> {
        self.emit_args(&named(event, args), false)
    }

    /// Sends an event, if that is possible at once: there is a connection, and it is not busy.
    /// Otherwise the event is dropped.
    ///
    /// # Errors
    /// If it can't be sent, now or ever.
    pub fn emit_volatile_raw(&self, event: &str, args: &Array) -> Result<(), EmitError> {
        self.emit_args(&named(event, args), true)
    }

    /// Sends an event, at once or with the next connection, and waits for the answer to it.
    pub fn emit_with_ack_raw(&self, event: &str, args: &Array) -> EmitWithAckRaw {
        self.request(Ok(named(event, args)))
    }

    pub(super) fn emit_args(&self, args: &Array, is_volatile: bool) -> Result<(), EmitError> {
        self.0.emit(args, is_volatile)
    }

    pub(super) fn request(&self, args: Result<Array, EmitError>) -> EmitWithAckRaw {
        self.0.request(args)
    }
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Socket");
        debug.field("namespace", &self.namespace()).field("state", &self.state());
        debug.finish_non_exhaustive()
    }
}

/// A [`Socket`] that may be gone: what a closure should own of the socket that it listens to, so
/// that dropping the last handle closes it.
///
/// ```no_run
/// # use socketio_wasm::Socket;
/// # fn f(socket: &Socket) {
/// let weak = socket.downgrade();
/// socket.on_raw("enough", move |_| {
///     if let Some(socket) = weak.upgrade() {
///         socket.disconnect();
///     }
/// }).forget();
/// # }
/// ```
#[derive(Clone)]
pub struct WeakSocket(Weak<Namespace>);

/// Handles to the same socket are equal, also when it is gone.
impl PartialEq for WeakSocket {
    fn eq(&self, other: &Self) -> bool {
        Weak::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for WeakSocket {}

impl WeakSocket {
    /// The socket, if it still has a handle.
    #[must_use]
    pub fn upgrade(&self) -> Option<Socket> {
        self.0.upgrade().map(Socket)
    }
}

impl fmt::Debug for WeakSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WeakSocket").finish_non_exhaustive()
    }
}
