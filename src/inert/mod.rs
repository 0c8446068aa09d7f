//! The API of `client` where there is no browser: nothing connects, no listener is called, and what
//! is emitted is gone. So a page that is rendered on a server needs no `cfg`.
//!
//! It has all but what has JavaScript's values in it, and the name of a namespace. Nothing here has anything to drop: a page may
//! keep it by a wrapper that is dropped by its own thread only, and be dropped by another.

#![allow(missing_docs, reason = "what it is for is said in `client`")]
#![allow(
    clippy::unused_self,
    clippy::needless_pass_by_value,
    reason = "the signatures are `client`'s"
)]

mod builder;
#[cfg(feature = "futures")]
mod stream;
#[cfg(feature = "serde")]
mod typed;

use core::cell::Cell;
use core::convert::Infallible;
use core::fmt;
use core::marker::PhantomData;

pub use builder::Builder;
#[cfg(all(feature = "futures", feature = "serde"))]
pub use stream::Events;
#[cfg(feature = "futures")]
pub use stream::{Connected, Next, States};
#[cfg(feature = "serde")]
pub use typed::EmitWithAck;

use crate::{ConnectError, DisconnectReason, State, TransportKind};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client(());

impl Client {
    pub fn builder(_url: &str) -> Builder {
        Builder(())
    }

    pub fn socket(&self, _nsp: &str) -> Socket {
        Socket::new(State::Disconnected)
    }

    #[must_use]
    pub fn transport(&self) -> Option<TransportKind> {
        None
    }

    pub fn disconnect(&self) {}
}

/// It says that it connects: that is what the page in the browser begins with, too.
#[derive(Clone, PartialEq, Eq)]
#[must_use = "the socket is disconnected when its last handle is dropped"]
pub struct Socket(Cell<State>);

impl Socket {
    fn new(state: State) -> Self {
        Self(Cell::new(state))
    }

    pub fn connect(&self) {
        self.0.set(State::Connecting);
    }

    pub fn disconnect(&self) {
        self.0.set(State::Disconnected);
    }

    #[must_use]
    pub fn state(&self) -> State {
        self.0.get()
    }

    #[must_use]
    pub fn is_connected(&self) -> bool {
        false
    }

    #[must_use]
    pub fn id(&self) -> Option<String> {
        None
    }

    #[must_use]
    pub fn recovered(&self) -> bool {
        false
    }

    #[must_use]
    pub fn client(&self) -> Client {
        Client(())
    }

    #[must_use]
    pub fn downgrade(&self) -> WeakSocket {
        WeakSocket(())
    }

    pub fn set_auth_with(&self, _auth: impl Fn(AuthReply) + 'static) {}

    pub fn on_any(&self, _listener: impl Fn(Event) + 'static) -> Listener {
        Listener(())
    }

    pub fn on_connect(&self, _listener: impl Fn() + 'static) -> Listener {
        Listener(())
    }

    pub fn on_disconnect(&self, _listener: impl Fn(DisconnectReason) + 'static) -> Listener {
        Listener(())
    }

    pub fn on_connect_error(&self, _listener: impl Fn(&ConnectError) + 'static) -> Listener {
        Listener(())
    }

    pub fn on_state(&self, _listener: impl Fn(State) + 'static) -> Listener {
        Listener(())
    }
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket").field("state", &self.state()).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug)]
pub struct WeakSocket(());

impl WeakSocket {
    #[must_use]
    pub fn upgrade(&self) -> Option<Socket> {
        None
    }
}

#[derive(Debug)]
#[must_use = "the listener is removed when this is dropped: keep it, or call `forget`"]
pub struct Listener(());

impl Listener {
    pub fn forget(self) {}
}

/// There is none: nothing comes.
#[derive(Clone, Debug)]
pub struct Event(Infallible);

impl Event {
    #[must_use]
    pub fn name(&self) -> String {
        match self.0 {}
    }

    #[must_use]
    pub fn wants_ack(&self) -> bool {
        match self.0 {}
    }

    pub fn ack<R: ?Sized>(&self) -> Ack<R> {
        match self.0 {}
    }
}

/// There is none: nothing comes.
#[must_use = "the server waits for an answer: `send` gives it"]
pub struct Ack<R: ?Sized = ()>(Infallible, PhantomData<fn(&R)>);

impl<R: ?Sized> fmt::Debug for Ack<R> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {}
    }
}

impl<R: ?Sized> Ack<R> {
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        match self.0 {}
    }
}

/// There is none: nobody is asked.
#[derive(Debug)]
#[must_use = "the namespace waits for `send` or `fail`"]
pub struct AuthReply(Infallible);

impl AuthReply {
    pub fn fail(self, _message: &str) {
        match self.0 {}
    }
}
