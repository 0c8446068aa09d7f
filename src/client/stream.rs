//! Events and states as streams.
//!
//! What comes waits in the stream's own queue until it is taken. A stream does not keep the socket:
//! it ends with the last handle.

use core::cell::Cell;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker, ready};
use std::collections::VecDeque;
use std::rc::Rc;

use futures_core::future::FusedFuture;
use futures_core::stream::{FusedStream, Stream};
use wasm_bindgen::JsValue;

use super::event::Event;
use super::listeners::{Listener, Notice};
use super::namespace::Namespace;
use super::socket::{Socket, WeakSocket};
use crate::common::error::ConnectError;
use crate::common::state::State;
use crate::web::slot::Slot;

#[cfg(feature = "serde")]
use super::typed::report;
#[cfg(feature = "serde")]
use serde::de::DeserializeOwned;

impl Socket {
    /// The events of one name from now on, as a stream of their data (features `futures` and
    /// `serde`). They wait in it until they are taken. Those whose data does not fit are left out,
    /// and [`on_decode_error`](Self::on_decode_error) tells.
    ///
    /// ```no_run
    /// # use socketio_wasm::Socket;
    /// # async fn f(socket: &Socket) {
    /// let mut messages = socket.events::<String>("message");
    /// while let Some(message) = messages.next().await {
    ///     drop(message);
    /// }
    /// # }
    /// ```
    #[cfg(feature = "serde")]
    pub fn events<T: DeserializeOwned + 'static>(&self, event: &str) -> Events<T> {
        let inbox = Rc::default();
        let socket = self.downgrade();
        // Decoded when they come, so that what does not fit is reported then.
        let put = move |namespace: &Namespace, data, inbox: &Inbox<T>| {
            report(&socket, namespace.event(data).data().map(|item| inbox.put(item)));
        };
        Events { _listener: self.fill(&inbox, event.into(), put), inbox }
    }

    /// The events of one name from now on, as they come, as a stream (feature `futures`). They wait
    /// in it until they are taken, and can be [answered](Event::ack) then.
    pub fn events_raw(&self, event: &str) -> EventsRaw {
        let inbox = Rc::default();
        let put =
            |namespace: &Namespace, data, inbox: &Inbox<Event>| inbox.put(namespace.event(data));
        EventsRaw { _listener: self.fill(&inbox, event.into(), put), inbox }
    }

    /// The [state](Self::state) now, then each change, as a stream (feature `futures`).
    ///
    /// ```no_run
    /// # use socketio_wasm::Socket;
    /// # async fn f(socket: &Socket) {
    /// let mut states = socket.states();
    /// while let Some(state) = states.next().await {
    ///     drop(state.as_str());
    /// }
    /// # }
    /// ```
    pub fn states(&self) -> States {
        let inbox = Rc::new(Inbox::default());
        let last = Cell::new(self.state());
        inbox.put(last.get());
        // In a listener the socket may already be where its watchers are told of later.
        let put = move |namespace: &Namespace, _, inbox: &Inbox<State>| {
            let state = namespace.told.get();
            if last.replace(state) != state {
                inbox.put(state);
            }
        };
        States { _listener: self.fill(&inbox, Notice::State.into(), put), inbox }
    }

    /// A future that is there when the socket is connected, which it may be already (feature
    /// `futures`). It looks at the socket when it is awaited, not when it is made. A failed attempt
    /// that another one follows is waited for, too. It does not keep the socket.
    ///
    /// ```no_run
    /// # use socketio_wasm::Client;
    /// # async fn f() -> Result<(), Box<dyn std::error::Error>> {
    /// let socket = Client::builder("/chat").connect()?;
    /// socket.connected().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As soon as the socket is [`State::Disconnected`]: nothing but
    /// [`connect`](Self::connect) would change that. It is why the last attempt failed, or
    /// [`ConnectError::Disconnected`].
    pub fn connected(&self) -> Connected {
        Connected { states: None, socket: self.downgrade(), is_over: false }
    }

    /// Listens for an inbox, and closes it at the end.
    fn fill<T: 'static>(
        &self,
        inbox: &Rc<Inbox<T>>,
        key: JsValue,
        put: impl Fn(&Namespace, JsValue, &Inbox<T>) + 'static,
    ) -> Listener {
        let inbox = Rc::clone(inbox);
        let call = move |namespace: Option<&Rc<Namespace>>, data| match namespace {
            Some(namespace) => put(namespace, data, &inbox),
            None => inbox.close(),
        };
        self.listen(key, false, Box::new(call))
    }
}

/// What came and was not taken yet, and who waits for more.
struct Inbox<T>(Slot<Queue<T>>);

struct Queue<T> {
    items: VecDeque<T>,
    waker: Option<Waker>,
    is_ended: bool,
}

impl<T> Default for Inbox<T> {
    fn default() -> Self {
        Self(Slot::default())
    }
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { items: VecDeque::new(), waker: None, is_ended: false }
    }
}

impl<T> Inbox<T> {
    fn put(&self, item: T) {
        self.change(|queue| queue.items.push_back(item));
    }

    fn close(&self) {
        self.change(|queue| queue.is_ended = true);
    }

    fn change(&self, change: impl FnOnce(&mut Queue<T>)) {
        let waker = self.0.with(|queue| {
            change(queue);
            queue.waker.take()
        });
        // Not while the queue is out of its place: an executor may poll at once.
        waker.into_iter().for_each(Waker::wake);
    }

    fn poll(&self, context: &Context<'_>) -> Poll<Option<T>> {
        let next = self.0.with(|queue| match queue.items.pop_front() {
            None if !queue.is_ended => Poll::Pending,
            item => Poll::Ready(item),
        });
        if next.is_pending() {
            let waker = context.waker().clone();
            // Not while the queue is out of its place: with the waker a whole task may go.
            drop(self.0.with(|queue| queue.waker.replace(waker)));
        }
        next
    }

    fn is_finished(&self) -> bool {
        self.0.with(|queue| queue.is_ended && queue.items.is_empty())
    }
}

/// The data of the events of one name, by [`Socket::events`]. It ends when the socket's last handle
/// is dropped.
#[cfg(feature = "serde")]
#[must_use = "events wait in it until they are taken"]
pub struct Events<T> {
    inbox: Rc<Inbox<T>>,
    _listener: Listener,
}

/// The events of one name, by [`Socket::events_raw`]. It ends when the socket's last handle is
/// dropped.
#[must_use = "events wait in it until they are taken"]
pub struct EventsRaw {
    inbox: Rc<Inbox<Event>>,
    _listener: Listener,
}

/// The states of a socket, by [`Socket::states`]. It ends when the socket's last handle is dropped.
#[must_use = "states wait in it until they are taken"]
pub struct States {
    inbox: Rc<Inbox<State>>,
    _listener: Listener,
}

/// That the socket is connected: a future, by [`Socket::connected`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct Connected {
    /// From the first look on: until then nobody waits.
    states: Option<States>,
    socket: WeakSocket,
    is_over: bool,
}

impl Future for Connected {
    type Output = Result<(), ConnectError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.states.is_none() {
            self.states = self.socket.upgrade().map(|socket| socket.states());
        }
        let result = loop {
            let next = match &self.states {
                Some(states) => ready!(states.inbox.poll(context)),
                None => None,
            };
            match next {
                Some(State::Connected) => break Ok(()),
                Some(State::Connecting | State::Reconnecting) => {}
                Some(State::Disconnected) | None => {
                    let socket = self.socket.upgrade();
                    let error = socket.map(|socket| socket.0.last_error());
                    break Err(error.unwrap_or(ConnectError::Disconnected));
                }
            }
        };
        self.is_over = true;
        Poll::Ready(result)
    }
}

/// For `select!`.
impl FusedFuture for Connected {
    fn is_terminated(&self) -> bool {
        self.is_over
    }
}

impl fmt::Debug for Connected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connected").finish_non_exhaustive()
    }
}

/// What a stream has next: a future, by its `next`.
#[must_use = "futures do nothing unless they are awaited"]
pub struct Next<'a, T>(&'a Inbox<T>);

impl<T> Future for Next<'_, T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        self.0.poll(context)
    }
}

/// For `select!`, which leaves out a stream that has ended.
impl<T> FusedFuture for Next<'_, T> {
    fn is_terminated(&self) -> bool {
        self.0.is_finished()
    }
}

impl<T> fmt::Debug for Next<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next").finish_non_exhaustive()
    }
}

macro_rules! stream {
    ($(#[$feature:meta])? $stream:ident$(<$T:ident>)?, $Item:ty, $what:literal) => {
        $(#[$feature])?
        impl$(<$T>)? $stream$(<$T>)? {
            #[doc = concat!("The next ", $what, ", or `None` when the socket is gone.")]
            /// Dropping the future loses nothing.
            #[expect(clippy::should_implement_trait, reason = "it is a future that is next")]
            pub fn next(&mut self) -> Next<'_, $Item> {
                Next(&self.inbox)
            }
        }

        $(#[$feature])?
        impl$(<$T>)? Stream for $stream$(<$T>)? {
            type Item = $Item;

            fn poll_next(
                self: Pin<&mut Self>,
                context: &mut Context<'_>,
            ) -> Poll<Option<Self::Item>> {
                self.inbox.poll(context)
            }
        }

        $(#[$feature])?
        impl$(<$T>)? FusedStream for $stream$(<$T>)? {
            fn is_terminated(&self) -> bool {
                self.inbox.is_finished()
            }
        }

        $(#[$feature])?
        impl$(<$T>)? fmt::Debug for $stream$(<$T>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($stream)).finish_non_exhaustive()
            }
        }
    };
}

stream!(#[cfg(feature = "serde")] Events<T>, T, "event's data");
stream!(EventsRaw, Event, "event");
stream!(States, State, "state");
