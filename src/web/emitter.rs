//! Listeners by event name, as component-emitter keeps them.

use js_sys::{Array, Function, JsString, Map};
use wasm_bindgen::prelude::*;

use super::error::report;

/// A table of listeners: a `Map` from the name to an array of functions.
///
/// Names are JavaScript values, so that `__proto__` is a name like any other, and none is ever
/// copied into linear memory. The arrays are never changed but replaced, so that a call goes
/// through the listeners that were there when it began. A listener that is to be called once is
/// in an array of its own.
pub struct Emitter(Map);

/// An event's name as the table wants it: a number means the same as its digits.
#[must_use]
pub fn name(event: &JsValue) -> JsValue {
    if event.is_string() { event.clone() } else { JsString::from("").concat(event).into() }
}

impl Default for Emitter {
    fn default() -> Self {
        Self(Map::new())
    }
}

impl Emitter {
    /// Adds a listener. The same function may be added several times.
    pub fn on(&self, name: &JsValue, function: &Function, once: bool) {
        let entry = if once { Array::of1(function).into() } else { JsValue::from(function) };
        // `concat` would take an array for several.
        let added = Array::of1(&entry);
        let list = self.get(name).map(|list| list.concat(&added));
        self.0.set(name, &list.unwrap_or(added));
    }

    /// Removes one occurrence of a listener; says whether there was one.
    pub fn off(&self, name: &JsValue, function: &JsValue) -> bool {
        let Some(list) = self.get(name) else { return false };
        let is_it = |&at: &u32| {
            let entry = list.get(at);
            entry == *function
                || is_once(&entry) && entry.unchecked_ref::<Array>().get(0) == *function
        };
        let Some(at) = (0..list.length()).find(is_it) else { return false };
        if list.length() == 1 {
            self.0.delete(name);
            return true;
        }
        let list = Array::from(&list);
        list.splice_many(at, 1, &[]);
        self.0.set(name, &list);
        true
    }

    /// Removes all listeners of an event.
    pub fn off_all(&self, name: &JsValue) {
        self.0.delete(name);
    }

    /// Removes all listeners of all events.
    pub fn clear(&self) {
        self.0.clear();
    }

    /// Calls the listeners of an event. What one of them throws is reported to the page and
    /// disturbs nothing else.
    pub fn emit(&self, this: &JsValue, name: &JsValue, args: &Array) {
        let Some(list) = self.get(name) else { return };
        for at in 0..list.length() {
            let mut entry = list.get(at);
            if is_once(&entry) {
                // A listener before this one may have emitted the same event, and used it up.
                if !self.off(name, &entry) {
                    continue;
                }
                entry = entry.unchecked_ref::<Array>().get(0);
            }
            if let Err(error) = entry.unchecked_ref::<Function>().apply(this, args) {
                report(&error);
            }
        }
    }

    fn get(&self, name: &JsValue) -> Option<Array> {
        let list = self.0.get(name);
        (!list.is_undefined()).then(|| list.unchecked_into())
    }
}

fn is_once(entry: &JsValue) -> bool {
    !entry.is_function()
}
