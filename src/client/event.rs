//! An event as it came, and the way to answer it.

use core::cell::Cell;
use core::fmt;
use core::marker::PhantomData;
use std::rc::{Rc, Weak};

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::namespace::Namespace;
use crate::web::host;

/// An event of the server, with its data as JavaScript values. Cloning it copies nothing.
///
/// Spec: socket.io-protocol v5, "Sending and receiving data".
#[derive(Clone)]
pub struct Event {
    /// The name, then the arguments.
    pub(super) data: Array,
    pub(super) answer: Option<Rc<Answer>>,
}

impl Event {
    /// The name of the event.
    #[must_use]
    pub fn name(&self) -> String {
        host::to_text(&self.data.get(0)).into()
    }

    /// The arguments: objects, arrays, strings, numbers, `Uint8Array` for binary data.
    #[must_use]
    pub fn args(&self) -> Array {
        self.data.slice(1, self.data.length())
    }

    /// The argument at this place, from 0 on; `undefined` if there is none.
    #[must_use]
    pub fn get(&self, at: u32) -> JsValue {
        self.data.get(at.saturating_add(1))
    }

    /// Whether the server waits for an answer, and none was given yet.
    #[must_use]
    pub fn wants_ack(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.is_wanted())
    }

    /// The way to answer. All that are made for one event stand for the same answer: the first
    /// counts.
    pub fn ack<R: ?Sized>(&self) -> Ack<R> {
        Ack { answer: self.answer.clone(), of: PhantomData }
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Event").field(&self.data).finish()
    }
}

/// An answer that is due.
pub(super) struct Answer {
    pub(super) namespace: Weak<Namespace>,
    /// The connection of the event: an answer over another one would be to nothing.
    pub(super) session: u32,
    pub(super) id: u64,
    pub(super) is_given: Cell<bool>,
}

impl Answer {
    fn is_wanted(&self) -> bool {
        !self.is_given.get() && self.receiver().is_some()
    }

    fn receiver(&self) -> Option<Rc<Namespace>> {
        self.namespace.upgrade().filter(|namespace| namespace.is_in(self.session))
    }
}

/// By which a listener answers an event of the server, with data of the type `R`.
///
/// Nothing happens if the server waits for no answer, has one already, or is not connected any
/// more. Dropping it answers nothing. Spec: socket.io-protocol v5, "Acknowledgement".
#[must_use = "the server waits for an answer: `send` gives it"]
pub struct Ack<R: ?Sized = ()> {
    answer: Option<Rc<Answer>>,
    of: PhantomData<fn(&R)>,
}

impl<R: ?Sized> Ack<R> {
    /// Whether the server waits for an answer, and none was given yet.
    #[must_use]
    pub fn is_wanted(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.is_wanted())
    }

    /// Answers with JavaScript values. Where no answer [is wanted](Self::is_wanted) it does nothing.
    ///
    /// # Errors
    /// If they can't be sent; then another answer may still be given.
    pub fn send_raw(self, args: &Array) -> Result<(), crate::EmitError> {
        let Some(answer) = self.answer.filter(|answer| answer.is_wanted()) else { return Ok(()) };
        let Some(namespace) = answer.receiver() else { return Ok(()) };
        namespace.answer(answer.id, args)?;
        answer.is_given.set(true);
        Ok(())
    }
}

impl<R: ?Sized> fmt::Debug for Ack<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ack").field("is_wanted", &self.is_wanted()).finish()
    }
}
