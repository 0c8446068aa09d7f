//! What a user was told, in words.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo_timers::callback::Timeout;
use js_sys::Array;
use socketio_wasm::proto::options::{Candidate, TransportKind};
use socketio_wasm::proto::output::{Event, NspId};
use wasm_bindgen::JsValue;

use super::page::{LONGEST_WAIT, get, show};

/// Something that a user was told.
#[derive(Clone)]
pub(crate) struct Seen {
    /// In one line, such as `disconnect /admin: io server disconnect`.
    pub(crate) what: String,
    /// The data that came with it, or what caused it.
    pub(crate) value: JsValue,
    /// The id by which an event can be answered.
    pub(crate) id: JsValue,
}

/// All that a user was told.
#[derive(Default)]
pub(crate) struct Log {
    entries: RefCell<Vec<Seen>>,
    read: Cell<usize>,
    waker: Rc<RefCell<Option<Waker>>>,
    notes: RefCell<Vec<(String, JsValue)>>,
}

impl Log {
    pub(crate) fn add(&self, seen: Seen) {
        self.entries.borrow_mut().push(seen);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// Writes down what is not for the user but for those who look on.
    pub(crate) fn note(&self, what: &str, value: &JsValue) {
        self.notes.borrow_mut().push((what.into(), value.clone()));
    }

    pub(crate) fn notes(&self) -> Vec<String> {
        self.notes.borrow().iter().map(|(what, _)| what.clone()).collect()
    }

    /// Waits for an event, passing over others. Each is found once.
    pub(crate) async fn next(&self, what: &str) -> Seen {
        let (late, waker) = (Rc::new(Cell::new(false)), Rc::clone(&self.waker));
        let is_late = Rc::clone(&late);
        let _timeout = Timeout::new(LONGEST_WAIT, move || {
            late.set(true);
            if let Some(waker) = waker.take() {
                waker.wake();
            }
        });
        poll_fn(move |context| {
            if let Some(seen) = self.find(what) {
                return Poll::Ready(seen);
            }
            assert!(!is_late.get(), "waited for {what:?} in vain: {:#?}", self.all());
            self.waker.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await
    }

    fn find(&self, what: &str) -> Option<Seen> {
        let entries = self.entries.borrow();
        let at = (self.read.get()..entries.len()).find(|&at| entries[at].what == what)?;
        self.read.set(at + 1);
        entries.get(at).cloned()
    }

    pub(crate) fn all(&self) -> Vec<String> {
        self.entries.borrow().iter().map(|seen| seen.what.clone()).collect()
    }

    pub(crate) fn last(&self) -> Seen {
        self.entries.borrow().last().expect("an event").clone()
    }
}

pub(crate) fn kind_of(candidate: Candidate) -> &'static str {
    match candidate.kind {
        TransportKind::WebSocket => "websocket",
        TransportKind::Polling => "polling",
    }
}

/// `None` for what users are not told, and for the heartbeat, which comes at no certain time.
pub(crate) fn describe(
    event: Event,
    cause: &JsValue,
    transport: Option<Candidate>,
    suffix: impl Fn(NspId) -> String,
) -> Option<String> {
    let transport = transport.map_or("nothing", kind_of);
    Some(match event {
        Event::Opening | Event::Upgrading(_) | Event::Failed(_) | Event::Ping => return None,
        Event::Open(_) => format!("open {transport}"),
        Event::Upgrade(_) => format!("upgrade to {transport}"),
        Event::UpgradeError => "upgrade error".into(),
        Event::ConnectError(nsp) => format!("connect_error{}: {}", suffix(nsp), name_of(cause)),
        Event::Error => "error".into(),
        Event::Close(reason) => format!("close: {}", reason.as_str()),
        Event::ReconnectAttempt(n) => format!("reconnect attempt {n}"),
        Event::Reconnect(n) => format!("reconnect after {n}"),
        Event::ReconnectError => "reconnect error".into(),
        Event::ReconnectFailed => "reconnect failed".into(),
        Event::Disconnect(nsp, reason) => format!("disconnect{}: {}", suffix(nsp), reason.as_str()),
    })
}

/// An event's name, or an error's text.
pub(crate) fn name_of(data: &JsValue) -> String {
    if Array::is_array(data) {
        return name_of(&Array::from(data).get(0));
    }
    let text = if data.is_object() { get(data, "message") } else { data.clone() };
    text.as_string().unwrap_or_else(|| show(data))
}
