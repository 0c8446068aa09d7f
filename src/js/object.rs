//! JavaScript objects that stand for something in here.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, TypeError, WeakRef};
use wasm_bindgen::prelude::*;

use crate::web::emitter::{Emitter, name};

/// Remembers the JavaScript object of something, so that the same thing is the same object, as
/// long as the page has it. It isn't kept from being collected: it keeps us, not we it.
#[derive(Default)]
pub(super) struct Identity(RefCell<Option<WeakRef>>);

impl Identity {
    /// The object, made now if there is none any more.
    pub(super) fn get_or(&self, make: impl FnOnce() -> JsValue) -> JsValue {
        let known = self.0.borrow().as_ref().and_then(WeakRef::deref);
        known.map_or_else(
            || {
                let object = make();
                self.0.replace(Some(WeakRef::new(object.unchecked_ref::<Object>())));
                object
            },
            JsValue::from,
        )
    }
}

/// A listener, or the error that says it is none.
pub(super) fn listener(value: JsValue) -> Result<Function, JsValue> {
    value.dyn_into().map_err(|_| TypeError::new("the listener must be a function").into())
}

/// `off()`, `off(event)` and `off(event, listener)`.
pub(super) fn off(emitter: &Emitter, args: &Array) {
    let event = name(args.get(0));
    match args.length() {
        0 => emitter.clear(),
        1 => emitter.off_all(&event),
        _ => emitter.off(&event, &args.get(1)),
    }
}
