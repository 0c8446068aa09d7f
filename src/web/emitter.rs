//! Listeners by event name, as component-emitter keeps them.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, JsString, Map};
use wasm_bindgen::JsValue;

use super::error::report;

/// A listener, and whether it is called only once.
#[derive(Clone)]
struct Listener {
    function: Function,
    once: bool,
}

/// An event's name as the table wants it: a number means the same as its digits.
pub fn name(event: JsValue) -> JsValue {
    if event.is_string() { event } else { JsString::from("").concat(&event).into() }
}

/// The listeners of one event. A call goes through those that were there when it began.
type Listeners = Rc<Vec<Listener>>;

/// A table of listeners. Names are JavaScript values and are compared as a `Map` does, so that
/// `__proto__` is a name like any other, and no name is ever copied into linear memory.
/// See [`name`] for numbers.
pub struct Emitter {
    /// From the name to the place in `slots`.
    names: Map,
    slots: RefCell<Slots>,
}

#[derive(Default)]
struct Slots {
    listeners: Vec<Listeners>,
    /// Places that no name has any more.
    free: Vec<usize>,
}

impl Default for Emitter {
    fn default() -> Self {
        Self::new()
    }
}

impl Emitter {
    /// A table without listeners.
    #[must_use]
    pub fn new() -> Self {
        Self { names: Map::new(), slots: RefCell::default() }
    }

    /// Adds a listener. The same function may be added several times.
    pub fn on(&self, name: &JsValue, function: Function, once: bool) {
        let slot = self.slot(name).unwrap_or_else(|| self.new_slot(name));
        if let Some(listeners) = self.slots.borrow_mut().listeners.get_mut(slot) {
            Rc::make_mut(listeners).push(Listener { function, once });
        }
    }

    /// Removes one occurrence of a listener.
    pub fn off(&self, name: &JsValue, function: &JsValue) {
        self.remove(name, |listener| AsRef::<JsValue>::as_ref(&listener.function) == function);
    }

    /// Removes all listeners of an event.
    pub fn off_all(&self, name: &JsValue) {
        if let Some(slot) = self.slot(name) {
            self.free_slot(name, slot);
        }
    }

    /// Removes all listeners of all events.
    pub fn clear(&self) {
        self.names.clear();
        self.slots.take();
    }

    /// Calls the listeners of an event. What one of them throws is reported to the page and
    /// disturbs nothing else.
    pub fn emit(&self, this: &JsValue, name: &JsValue, args: &Array) {
        let Some(slot) = self.slot(name) else { return };
        let listeners = self.slots.borrow().listeners.get(slot).map(Rc::clone);
        for listener in listeners.iter().flat_map(|listeners| listeners.iter()) {
            // A listener before this one may have emitted the same event, and used it up.
            let is_same = |other: &Listener| other.once && other.function == listener.function;
            if listener.once && !self.remove(name, is_same) {
                continue;
            }
            if let Err(error) = listener.function.apply(this, args) {
                report(&error);
            }
        }
    }

    fn slot(&self, name: &JsValue) -> Option<usize> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        self.names.get(name).as_f64().map(|slot| slot as usize)
    }

    fn new_slot(&self, name: &JsValue) -> usize {
        let mut slots = self.slots.borrow_mut();
        let slot = slots.free.pop().unwrap_or_else(|| {
            slots.listeners.push(Rc::default());
            slots.listeners.len().saturating_sub(1)
        });
        self.names.set(name, &slot.into());
        slot
    }

    fn free_slot(&self, name: &JsValue, slot: usize) {
        let mut slots = self.slots.borrow_mut();
        if let Some(listeners) = slots.listeners.get_mut(slot) {
            *listeners = Rc::default();
            slots.free.push(slot);
            self.names.delete(name);
        }
    }

    /// Removes the first listener that is the one; says whether there was one.
    fn remove(&self, name: &JsValue, is_it: impl Fn(&Listener) -> bool) -> bool {
        let Some(slot) = self.slot(name) else { return false };
        let mut slots = self.slots.borrow_mut();
        let Some(listeners) = slots.listeners.get_mut(slot) else { return false };
        let Some(at) = listeners.iter().position(is_it) else { return false };
        Rc::make_mut(listeners).remove(at);
        let is_empty = listeners.is_empty();
        drop(slots);
        if is_empty {
            self.free_slot(name, slot);
        }
        true
    }
}
