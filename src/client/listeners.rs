//! Who listens. A guard owns its listener; a socket only knows of it.

use core::fmt;
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;

use super::namespace::Namespace;
use super::socket::Socket;
use crate::web::host::Handler;
use crate::web::slot::Slot;

/// What there is to listen to beside events, which go by their names.
#[derive(Clone, Copy)]
pub(super) enum Notice {
    /// Every event.
    Any,
    Connect,
    Disconnect,
    ConnectError,
    State,
}

impl From<Notice> for JsValue {
    fn from(notice: Notice) -> Self {
        (notice as u32).into()
    }
}

/// A listener: it is called with the socket it listens to, and if that is gone, for the last time.
/// The value is the data of an event.
pub(super) type Call = Box<dyn Fn(Option<&Rc<Namespace>>, JsValue)>;

impl Socket {
    /// Listens to the events of a name, or to a [`Notice`]; `is_once`: to the next one only.
    pub(super) fn listen(&self, key: JsValue, is_once: bool, call: Call) -> Listener {
        let namespace = Rc::downgrade(&self.0);
        let entry = Rc::new_cyclic(|this: &Weak<Entry>| {
            let this = Weak::clone(this);
            let handler = Handler::wrap(Box::new(move |value| {
                let entry = this.upgrade();
                let namespace = entry.as_ref().and_then(|entry| entry.namespace.upgrade());
                // Before it is called: it may listen anew.
                if let (true, Some(entry)) = (is_once, entry) {
                    entry.remove(true);
                }
                call(namespace.as_ref(), value);
            }));
            self.0.space.add_listener(&key, &handler);
            Entry { handler: Slot::new(Some(handler)), key, namespace }
        });
        Listener(Some(entry))
    }
}

/// A listener in its place.
pub(super) struct Entry {
    handler: Slot<Option<Handler>>,
    key: JsValue,
    namespace: Weak<Namespace>,
}

impl Entry {
    /// Removes it. A handler may be dropped while it is called. `may_be_kept`: without a guard.
    fn remove(&self, may_be_kept: bool) {
        let handler = self.handler.take();
        if let (Some(namespace), Some(handler)) = (self.namespace.upgrade(), &handler) {
            namespace.space.remove_listener(&self.key, handler);
            // Looking takes time where many are kept.
            if may_be_kept {
                let is_other = |other: &Rc<Self>| !core::ptr::eq(Rc::as_ptr(other), self);
                namespace.kept.with(|kept| kept.retain(is_other));
            }
        }
    }
}

/// A guard: the listener is removed when this is dropped. It does not keep the socket.
///
/// ```no_run
/// # fn f(socket: &socketio_wasm::Socket) {
/// let hello = socket.on_raw("hello", |event| drop(event.get(0)));
/// drop(hello); // does not listen any more
/// socket.on_connect(|| ()).forget(); // listens for as long as the socket is there
/// # }
/// ```
#[must_use = "the listener is removed when this is dropped, by `let _ =` as well: \
              keep it as `_hello`, or call `forget`"]
pub struct Listener(Option<Rc<Entry>>);

impl Listener {
    /// Lets the listener listen for as long as the socket has a handle.
    ///
    /// A closure that is forgotten should not own a [`Socket`] of its own: such a socket would be
    /// its own last handle, and never closed. [`Socket::downgrade`] helps.
    pub fn forget(mut self) {
        let entry = self.0.take();
        let namespace = entry.as_ref().and_then(|entry| entry.namespace.upgrade());
        if let Some(namespace) = namespace {
            namespace.kept.with(|kept| kept.extend(entry));
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(entry) = &self.0 {
            entry.remove(false);
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listener").finish_non_exhaustive()
    }
}
