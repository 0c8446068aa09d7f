//! Who waits for an answer to an event.

use core::cell::Cell;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::rc::{Rc, Weak};

#[cfg(feature = "futures")]
use futures_core::future::FusedFuture;
use gloo_timers::callback::Timeout;
use js_sys::Array;

use super::builder::timer_millis;
use super::namespace::Namespace;
use crate::common::error::AckError;
use crate::web::host::guarded;
use crate::web::slot::Slot;

pub(super) type Answer = Result<Array, AckError>;
type Callback = Box<dyn FnOnce(Answer)>;

/// How far the waiting is.
#[derive(Default)]
enum Wait {
    /// Nobody has asked yet; or somebody got it.
    #[default]
    Idle,
    Future(Waker),
    Callback(Callback),
    Ended(Answer),
}

/// What is to be dropped, without its type: a page that has no timeouts has no code of timers.
trait Guard {}

impl Guard for Timeout {}

/// What a time does to the waiting that it is for: see [`EmitWithAckRaw::timeout`].
pub(super) type Limit = Rc<dyn Fn(EmitWithAckRaw) -> EmitWithAckRaw>;

/// Somebody waits.
#[derive(Default)]
pub(super) struct Pending {
    wait: Slot<Wait>,
    timer: Cell<Option<Box<dyn Guard>>>,
    /// Whether the event itself waits for a connection.
    pub(super) is_unsent: Cell<bool>,
}

impl Pending {
    /// The answer is there, or none will be.
    pub(super) fn end(&self, answer: Answer) {
        drop(self.timer.take());
        match self.wait.take() {
            Wait::Callback(callback) => drop(guarded(Box::new(|| callback(answer)))),
            Wait::Future(waker) => {
                self.wait.set(Wait::Ended(answer));
                waker.wake();
            }
            Wait::Idle | Wait::Ended(_) => self.wait.set(Wait::Ended(answer)),
        }
    }
}

/// All who wait, by the ids that the server answers with: they are given in order.
#[derive(Default)]
pub(super) struct Acks {
    /// The id of the first in `pending`.
    first: Cell<usize>,
    pending: Slot<Vec<Option<Rc<Pending>>>>,
}

impl Acks {
    /// Somebody waits from now on, under this id.
    pub(super) fn add(&self, pending: &Rc<Pending>) -> usize {
        self.pending.with(|all| {
            all.push(Some(Rc::clone(pending)));
            self.first.get().wrapping_add(all.len()).wrapping_sub(1)
        })
    }

    /// The one who waits under this id, who does so no longer.
    pub(super) fn take(&self, id: usize) -> Option<Rc<Pending>> {
        let at = id.checked_sub(self.first.get())?;
        self.pending.with(|all| {
            let found = all.get_mut(at)?.take();
            // Not at each answer: moving what follows takes time.
            let ended = all.iter().take_while(|pending| pending.is_none()).count();
            if ended > all.len() / 2 {
                // Unlike `drain` this has no way to panic.
                let mut left = ended;
                all.retain(|_| {
                    let is_kept = left == 0;
                    left = left.saturating_sub(1);
                    is_kept
                });
                self.first.set(self.first.get().wrapping_add(ended));
            }
            found
        })
    }

    /// The event of the one who waits under this id has waited for a connection, and was sent.
    pub(super) fn sent(&self, id: usize) {
        self.pending.with(|all| {
            let pending = all.get(id.wrapping_sub(self.first.get()));
            if let Some(Some(pending)) = pending {
                pending.is_unsent.set(false);
            }
        });
    }

    /// Tells all who wait that there is no connection any more; those whose event was sent, or
    /// really all.
    pub(super) fn disconnect(&self, is_gone: bool) {
        let lost = self.pending.with(|all| {
            let mut lost = Vec::new();
            for pending in all {
                if let Some(it) = pending.take_if(|it| is_gone || !it.is_unsent.get()) {
                    lost.push(it);
                }
            }
            lost
        });
        for pending in lost {
            pending.end(Err(AckError::Disconnected));
        }
    }
}

/// An event that was sent, or waits for a connection, and its answer: a future.
///
/// Dropping it ends the waiting: a late answer is ignored, and an event that still waits for a
/// connection is not sent. Spec: socket.io-protocol v5, "Acknowledgement".
#[must_use = "dropping it ends the waiting: await it, or give it a `callback`"]
pub struct EmitWithAckRaw {
    pub(super) pending: Rc<Pending>,
    namespace: Weak<Namespace>,
    id: usize,
    is_over: bool,
}

impl EmitWithAckRaw {
    /// Waits, under the id that is told.
    pub(super) fn new(namespace: &Rc<Namespace>) -> (Self, usize) {
        let pending = Rc::new(Pending { is_unsent: Cell::new(true), ..Pending::default() });
        let id = namespace.acks.add(&pending);
        (Self { pending, namespace: Rc::downgrade(namespace), id, is_over: false }, id)
    }

    /// Waits for so long, from now on, and then ends with [`AckError::Timeout`]. An event that
    /// still waits for a connection then is not sent. Default: [`Builder::ack_timeout`], or as long
    /// as there is a connection. So does [`Duration::MAX`].
    ///
    /// [`Builder::ack_timeout`]: crate::Builder::ack_timeout
    pub fn timeout(self, timeout: Duration) -> Self {
        let (namespace, id) = (Weak::clone(&self.namespace), self.id);
        let give_up = move || {
            if let Some(namespace) = namespace.upgrade() {
                namespace.give_up(id, AckError::Timeout);
            }
        };
        let timer = timer_millis(timeout).map(|ms| Box::new(Timeout::new(ms, give_up)));
        self.pending.timer.set(timer.map(|timer| timer as Box<dyn Guard>));
        self
    }

    /// Calls this with the answer, for pages without futures. Then nothing ends the waiting but
    /// [`timeout`](Self::timeout).
    ///
    /// ```no_run
    /// # use socketio_wasm::Socket;
    /// # fn f(socket: &Socket, show: impl Fn(&str) + 'static) {
    /// let answer = socket.emit_with_ack_raw("ask", &js_sys::Array::of1(&"tea".into()));
    /// answer.callback(move |answer| match answer {
    ///     Ok(args) => show(&args.get(0).as_string().unwrap_or_default()),
    ///     Err(error) => show(&error.to_string()),
    /// });
    /// # }
    /// ```
    pub fn callback(mut self, callback: impl FnOnce(Result<Array, AckError>) + 'static) {
        self.call_back(Box::new(callback));
    }

    fn call_back(&mut self, callback: Callback) {
        // What is dropped now ends nothing.
        self.namespace = Weak::new();
        match self.pending.wait.take() {
            Wait::Ended(answer) => callback(answer),
            _ => self.pending.wait.set(Wait::Callback(callback)),
        }
    }
}

impl Future for EmitWithAckRaw {
    type Output = Result<Array, AckError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.pending.wait.take() {
            Wait::Ended(answer) => {
                self.is_over = true;
                Poll::Ready(answer)
            }
            _ => {
                self.pending.wait.set(Wait::Future(context.waker().clone()));
                Poll::Pending
            }
        }
    }
}

/// For `select!` (feature `futures`).
#[cfg(feature = "futures")]
impl FusedFuture for EmitWithAckRaw {
    fn is_terminated(&self) -> bool {
        self.is_over
    }
}

impl Drop for EmitWithAckRaw {
    fn drop(&mut self) {
        if let Some(namespace) = self.namespace.upgrade() {
            drop(namespace.withdraw(self.id));
        }
    }
}

impl fmt::Debug for EmitWithAckRaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmitWithAckRaw").finish_non_exhaustive()
    }
}
