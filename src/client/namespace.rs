//! One namespace of a connection: what all handles to it share.

use core::cell::Cell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::acks::Acks;
use super::auth::Auth;
use super::connection::Connection;
use super::event::{Answer, Event};
use super::listeners::{Entry, Notice};
use crate::common::error::ConnectError;
use crate::common::state::State;
use crate::proto::error::DisconnectReason;
use crate::proto::output::NspId;
use crate::proto::socket::packet::PacketType;
use crate::web::host::message_of;
use crate::web::slot::Slot;
use crate::web::space::Space;

/// One namespace. No user code runs while a slot is open.
pub(super) struct Namespace {
    /// Listeners, what waits, and what connection state recovery has to know. The first to go.
    pub(super) space: Space,
    pub(super) connection: Rc<Connection>,
    pub(super) nsp: NspId,
    pub(super) auth: Slot<Auth>,
    /// Listeners without a guard.
    pub(super) kept: Slot<Vec<Rc<Entry>>>,
    pub(super) acks: Acks,
    /// How to answer the event that listeners are called for.
    answer: Slot<Option<Rc<Answer>>>,
    is_connected: Cell<bool>,
    was_connected: Cell<bool>,
    /// Counts connections.
    session: Cell<u32>,
    /// What listeners know, or are just told.
    pub(super) told: Cell<State>,
    is_telling: Cell<bool>,
    pub(super) reason: Cell<DisconnectReason>,
    pub(super) error: Slot<Option<Rc<ConnectError>>>,
    /// Whether it is this error that the last attempt ended with.
    pub(super) has_failed: Cell<bool>,
    pub(super) is_recovered: Cell<bool>,
    #[cfg(feature = "serde")]
    pub(super) decode_hook: Slot<Option<super::typed::DecodeHook>>,
}

impl Namespace {
    pub(super) fn new(connection: Rc<Connection>, nsp: NspId) -> Self {
        Self {
            space: Space::new(connection.driver.network(), nsp),
            connection,
            nsp,
            auth: Slot::default(),
            kept: Slot::default(),
            acks: Acks::default(),
            answer: Slot::default(),
            is_connected: Cell::default(),
            was_connected: Cell::default(),
            session: Cell::default(),
            told: Cell::default(),
            is_telling: Cell::default(),
            reason: Cell::new(DisconnectReason::IoClientDisconnect),
            error: Slot::default(),
            has_failed: Cell::default(),
            is_recovered: Cell::default(),
            #[cfg(feature = "serde")]
            decode_hook: Slot::default(),
        }
    }

    pub(super) fn connect(&self) {
        let nsp = self.nsp;
        self.connection.driver.turn(|manager, now| manager.connect(nsp, now));
        self.refresh();
    }

    pub(super) fn disconnect(&self) {
        let nsp = self.nsp;
        self.has_failed.set(false);
        self.connection.driver.turn(|manager, now| manager.disconnect(nsp, now));
        self.refresh();
    }

    pub(super) fn state(&self) -> State {
        let nsp = self.nsp;
        let driver = &self.connection.driver;
        // Until the end is told, also if that is a moment after it is known.
        if self.is_connected.get() {
            State::Connected
        } else if !driver.ask(|manager| manager.is_active(nsp) && !manager.is_closed()) {
            State::Disconnected
        } else if self.was_connected.get() {
            State::Reconnecting
        } else {
            State::Connecting
        }
    }

    /// Tells of another state, if it is one. What a listener changes is told when all have heard of
    /// what was before.
    pub(super) fn refresh(&self) {
        if self.is_telling.replace(true) {
            return;
        }
        loop {
            let state = self.state();
            if state == State::Disconnected {
                self.was_connected.set(false);
            }
            if self.told.replace(state) == state {
                break;
            }
            self.tell(Notice::State);
        }
        self.is_telling.set(false);
    }

    /// Whether this is the connection that is there.
    pub(super) fn is_in(&self, session: u32) -> bool {
        self.is_connected.get() && self.session.get() == session
    }

    pub(super) fn is_connected(&self) -> bool {
        self.is_connected.get()
    }

    /// The namespace is about to be connected.
    pub(super) fn begin(&self, session: u32) {
        self.session.set(session);
        self.space.forget_events();
    }

    pub(super) fn fail(&self, error: ConnectError) {
        self.error.set(Some(Rc::new(error)));
        self.has_failed.set(true);
        self.refresh();
        self.tell(Notice::ConnectError);
    }

    /// Why the socket is disconnected.
    #[cfg(feature = "futures")]
    pub(super) fn last_error(&self) -> ConnectError {
        let error = self.error.get().filter(|_| self.has_failed.get());
        error.map_or(ConnectError::Disconnected, |error| (*error).clone())
    }

    /// Stages a packet, with the number of its attachments; none for an event with a reserved name.
    pub(super) fn stage(
        &self,
        packet_type: PacketType,
        id: Option<u64>,
        data: &JsValue,
    ) -> Result<Option<u32>, String> {
        let staged = self.space.stage(packet_type as u8, id, data);
        staged.map_err(|error| message_of(&error))
    }

    /// An event as its listeners are called with it.
    pub(super) fn event(&self, data: JsValue) -> Event {
        Event { data: data.unchecked_into(), answer: self.answer.get() }
    }

    fn tell(&self, notice: Notice) {
        self.space.notify(notice as u32);
    }
}

/// What the connection tells.
impl Namespace {
    /// The server has granted the namespace.
    pub(super) fn connected(self: &Rc<Self>) {
        self.is_recovered.set(self.space.grant());
        self.is_connected.set(true);
        self.was_connected.set(true);
        // First: what listeners emit now comes behind it.
        self.flush();
        while self.is_connected.get()
            && let Some(id) = self.space.next()
        {
            self.deliver(id);
        }
        self.refresh();
        // A listener may have left.
        if self.is_connected.get() {
            self.tell(Notice::Connect);
        }
    }

    /// An event came, with the id of its answer.
    pub(super) fn received(self: &Rc<Self>, id: Option<u64>) {
        if self.is_connected.get() {
            self.deliver(id);
        } else {
            self.space.defer(id);
        }
    }

    fn deliver(self: &Rc<Self>, id: Option<u64>) {
        let answer = id.map(|id| {
            let (namespace, session) = (Rc::downgrade(self), self.session.get());
            Rc::new(Answer { namespace, session, id, is_given: Cell::new(false) })
        });
        self.answer.set(answer);
        self.space.call_for_event(id.is_some());
        drop(self.answer.take());
    }

    pub(super) fn answered(&self, data: Array, id: Option<u64>) {
        let id = id.and_then(|id| usize::try_from(id).ok());
        if let Some(pending) = id.and_then(|id| self.acks.take(id)) {
            pending.end(Ok(data));
        }
    }

    /// The namespace is not connected any more.
    pub(super) fn disconnected(&self, reason: DisconnectReason) {
        // Of the socket that was here before: its last handle was dropped meanwhile.
        if self.session.get() == 0 {
            return;
        }
        self.is_connected.set(false);
        self.has_failed.set(false);
        self.refresh();
        self.reason.set(reason);
        self.tell(Notice::Disconnect);
        self.acks.disconnect(false);
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        let nsp = self.nsp;
        self.connection.driver.turn(|manager, now| manager.disconnect(nsp, now));
        self.acks.disconnect(true);
    }
}
