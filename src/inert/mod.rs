//! The API of `client` where there is no browser: nothing connects, no listener is called, and what
//! is emitted is gone. So a page that is rendered on a server needs no `cfg`.
//!
//! It has all but what has JavaScript's values in it, and the name of a namespace. Nothing here has
//! anything to drop, and any thread may have it: a wrapper that must be dropped by the thread that
//! made it, if there is anything to drop, may be dropped by another.

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

use core::convert::Infallible;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::hash::DefaultHasher;

pub use builder::Builder;
#[cfg(all(feature = "futures", feature = "serde"))]
pub use stream::Events;
#[cfg(feature = "futures")]
pub use stream::{Connected, Next, States};
#[cfg(feature = "serde")]
pub use typed::EmitWithAck;

use crate::{ConnectError, DisconnectReason, State, TransportKind};

/// What a handle is one to: each connection is another, and each name of a namespace. What name is
/// in a URL is not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Id {
    connection: usize,
    nsp: u64,
}

impl Id {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        Self { connection: NEXT.fetch_add(1, Ordering::Relaxed), nsp: 0 }
    }

    fn of(nsp: &str, connection: usize) -> Self {
        let mut hasher = DefaultHasher::new();
        nsp.strip_prefix('/').unwrap_or(nsp).hash(&mut hasher);
        Self { connection, nsp: hasher.finish() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Client(usize);

impl Client {
    pub fn builder(_url: &str) -> Builder {
        Builder(())
    }

    pub fn socket(&self, nsp: &str) -> Socket {
        Socket::new(Id::of(nsp, self.0))
    }

    #[must_use]
    pub fn transport(&self) -> Option<TransportKind> {
        None
    }

    pub fn disconnect(&self) {}
}

/// It says that it connects: that is what the page in the browser begins with, too.
#[must_use = "the socket is disconnected when its last handle is dropped"]
pub struct Socket {
    id: Id,
    /// Any thread may ask.
    is_connecting: AtomicBool,
}

impl Clone for Socket {
    fn clone(&self) -> Self {
        let clone = Self::new(self.id);
        clone.is_connecting.store(self.is_connecting.load(Ordering::Relaxed), Ordering::Relaxed);
        clone
    }
}

impl PartialEq for Socket {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Socket {}

impl Hash for Socket {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl Socket {
    fn new(id: Id) -> Self {
        Self { id, is_connecting: AtomicBool::new(false) }
    }

    pub fn connect(&self) {
        self.is_connecting.store(true, Ordering::Relaxed);
    }

    pub fn disconnect(&self) {
        self.is_connecting.store(false, Ordering::Relaxed);
    }

    #[must_use]
    pub fn state(&self) -> State {
        let is_connecting = self.is_connecting.load(Ordering::Relaxed);
        if is_connecting { State::Connecting } else { State::Disconnected }
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
        Client(self.id.connection)
    }

    #[must_use]
    pub fn downgrade(&self) -> WeakSocket {
        WeakSocket(self.id)
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeakSocket(Id);

impl WeakSocket {
    #[must_use]
    pub fn upgrade(&self) -> Option<Socket> {
        None
    }
}

#[derive(Debug)]
#[must_use = "the listener is removed when this is dropped, by `let _ =` as well: \
              keep it as `_hello`, or call `forget`"]
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
