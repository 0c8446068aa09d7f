//! One connection: what its namespaces share, and what its driver tells.

use core::cell::Cell;
use core::fmt;
use core::hash::{Hash, Hasher};
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;

use super::Builder;
use super::acks::Limit;
use super::namespace::Namespace;
use super::socket::Socket;
use crate::common::error::ConnectError;
use crate::proto::error;
use crate::proto::options::{ManagerOptions, TransportKind};
use crate::proto::output::{Delivery, Event, NspId};
use crate::web::host::message_of;
use crate::web::slot::Slot;
use crate::web::{Driver, Face, Listening, Network};

/// One connection to a server, which all its namespaces share. `socket.io-client` calls it Manager.
///
/// It is open while one of its [sockets](Socket) wants to be connected. Cloning it copies nothing.
#[derive(Clone)]
pub struct Client(pub(super) Rc<Connection>);

/// Handles to the same connection are equal.
impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Client {}

impl Hash for Client {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Rc::as_ptr(&self.0).hash(state);
    }
}

impl Client {
    /// The options of a connection to the server of this URL: `scheme://host:port/namespace?query`
    /// with `http`, `https`, `ws` or `wss`. Without a host it is the page's own server, so that
    /// `"/chat"` is a namespace there, and `""` its main namespace. The HTTP path is an
    /// [option](Builder::path).
    ///
    /// ```no_run
    /// # use socketio_wasm::{BuildError, Client};
    /// # fn main() -> Result<(), BuildError> {
    /// let socket = Client::builder("https://example.com/chat").connect()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(url: &str) -> Builder {
        Builder::new(url)
    }

    /// A namespace over this connection, `"/"` for the main one. It connects when it is told to:
    /// [`Socket::connect`]. The name is taken as it is, it is no URL; a comma can't be in it, as
    /// the protocol ends it by one. For a name that has a socket already, it is that one.
    /// Spec: socket.io-protocol v5, "Connection to a namespace".
    ///
    /// ```no_run
    /// # use socketio_wasm::{BuildError, Client};
    /// # fn main() -> Result<(), BuildError> {
    /// let main = Client::builder("https://example.com").connect()?;
    /// let chat = main.client().socket("/chat");
    /// chat.connect();
    /// # Ok(())
    /// # }
    /// ```
    pub fn socket(&self, nsp: &str) -> Socket {
        let slash = if nsp.starts_with('/') { "" } else { "/" };
        let number = self.0.driver.network().number(&[slash, nsp].concat().into());
        Socket(Connection::namespace(&self.0, number))
    }

    /// The transport in use, if the connection is open.
    #[must_use]
    pub fn transport(&self) -> Option<TransportKind> {
        self.0.transport()
    }

    /// Disconnects all namespaces, and with them the connection.
    pub fn disconnect(&self) {
        for namespace in self.0.all() {
            namespace.disconnect();
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("transport", &self.transport()).finish_non_exhaustive()
    }
}

/// What the namespaces of a connection share.
pub(super) struct Connection {
    pub(super) driver: Driver<ClientFace>,
    /// By [`NspId`].
    namespaces: Slot<Vec<Weak<Namespace>>>,
    pub(super) ack_limit: Option<Limit>,
    /// Why the last attempt failed.
    failure: Cell<error::ConnectError>,
}

impl Connection {
    pub(super) fn new(
        network: Network,
        options: ManagerOptions,
        ack_limit: Option<Limit>,
    ) -> Rc<Self> {
        Rc::new_cyclic(|this: &Weak<Self>| {
            let face = ClientFace {
                connection: Weak::clone(this),
                anchor: Cell::default(),
                _listening: Self::listen(network, Weak::clone(this)),
            };
            Self {
                driver: Driver::new(network, options, face),
                namespaces: Slot::default(),
                ack_limit,
                failure: Cell::new(error::ConnectError::Transport),
            }
        })
    }

    fn listen(network: Network, connection: Weak<Self>) -> Listening {
        network.listen(move |what, id, len, head| {
            if let Some(connection) = connection.upgrade() {
                connection.driver.hear(what, id, len, head);
            }
        })
    }

    /// The namespace of this number, made if need be.
    pub(super) fn namespace(this: &Rc<Self>, number: u32) -> Rc<Namespace> {
        let nsp = this.driver.socket(number);
        this.find(nsp).unwrap_or_else(|| {
            let namespace = Rc::new(Namespace::new(Rc::clone(this), nsp));
            let weak = Rc::downgrade(&namespace);
            // They are numbered in the order in which they are made.
            this.namespaces.with(|all| match all.get_mut(nsp.0 as usize) {
                Some(gone) => *gone = weak,
                None => all.push(weak),
            });
            namespace
        })
    }

    pub(super) fn transport(&self) -> Option<TransportKind> {
        self.driver.ask(|manager| manager.transport()).map(|(_, transport)| transport.kind)
    }

    fn find(&self, NspId(nsp): NspId) -> Option<Rc<Namespace>> {
        self.namespaces.with(|all| all.get(nsp as usize).and_then(Weak::upgrade))
    }

    fn all(&self) -> Vec<Rc<Namespace>> {
        self.namespaces.with(|weak| {
            let mut all = Vec::new();
            for namespace in weak {
                if let Some(it) = namespace.upgrade() {
                    all.push(it);
                }
            }
            all
        })
    }

    fn event(&self, event: Event) {
        match event {
            Event::Failed(failure) => self.failure.set(failure),
            Event::ConnectError(nsp) => {
                if let Some(namespace) = self.find(nsp) {
                    namespace.fail(self.error());
                }
            }
            Event::Disconnect(nsp, reason) => {
                if let Some(namespace) = self.find(nsp) {
                    namespace.disconnected(reason);
                }
            }
            Event::Ping | Event::Upgrading(_) | Event::Upgrade(_) | Event::UpgradeError => {}
            _ => self.all().iter().for_each(|namespace| namespace.refresh()),
        }
    }

    fn error(&self) -> ConnectError {
        match self.failure.get() {
            error::ConnectError::Transport => {
                ConnectError::Transport(self.driver.network().cause())
            }
            error::ConnectError::Timeout => ConnectError::Timeout,
            error::ConnectError::NoTransport => ConnectError::NoTransport,
        }
    }

    fn deliver(&self, nsp: NspId, delivery: Delivery, id: Option<u64>) {
        let Some(namespace) = self.find(nsp) else { return };
        let network = self.driver.network();
        match delivery {
            Delivery::Event => namespace.received(id),
            Delivery::Ack => namespace.answered(network.data().unchecked_into(), id),
            Delivery::Connect => namespace.connected(),
            Delivery::Rejected => {
                let (message, data) = (message_of(&network.data()), network.detail());
                namespace.space.asked(true);
                namespace.fail(ConnectError::Rejected { message, data });
            }
            Delivery::IncompatibleServer => namespace.fail(ConnectError::IncompatibleServer),
        }
    }

    /// The namespace is left: its handles may be gone already.
    fn leave(&self, nsp: NspId) {
        self.driver.network().stage_disconnect(nsp);
        self.driver.write();
    }
}

/// What the driver tells of. It is kept by the driver, which the connection keeps.
pub(super) struct ClientFace {
    connection: Weak<Connection>,
    /// Keeps the connection while something is going on: a goodbye takes a moment.
    anchor: Cell<Option<Rc<Connection>>>,
    _listening: Listening,
}

impl ClientFace {
    fn with(&self, tell: impl FnOnce(&Connection)) {
        if let Some(connection) = self.connection.upgrade() {
            tell(&connection);
        }
    }
}

impl Face for ClientFace {
    fn event(&self, _: Network, event: Event) {
        self.with(|connection| connection.event(event));
    }

    fn deliver(&self, _: Network, nsp: NspId, delivery: Delivery, id: Option<u64>) {
        self.with(|connection| connection.deliver(nsp, delivery, id));
    }

    fn authenticate(&self, nsp: NspId, session: u32) {
        self.with(|connection| {
            if let Some(namespace) = connection.find(nsp) {
                namespace.authenticate(session);
            }
        });
    }

    fn disconnect(&self, nsp: NspId) {
        self.with(|connection| connection.leave(nsp));
    }

    // Only a page with a parser of its own, or one that looks on, has use for these.
    fn handshake(&self, _: Network) {}

    fn message(&self, _: Network) {}

    fn traced(&self, _: Network, _: u32) {}

    fn anchor(&self, is_busy: bool) {
        let connection = is_busy.then(|| self.connection.upgrade()).flatten();
        // What was kept is dropped with nothing borrowed.
        drop(self.anchor.replace(connection));
    }
}
