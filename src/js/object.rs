//! JavaScript objects that stand for something in here.

use std::cell::RefCell;

use js_sys::{Object, TypeError, WeakRef};
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

/// What `npm/shape.js` makes of `on`, `once` and, by the number of its arguments, `off`.
pub(super) fn listen(
    emitter: &Emitter,
    how: u32,
    event: &JsValue,
    function: JsValue,
) -> Result<(), JsValue> {
    let event = name(event);
    match how {
        0 | 1 if !function.is_function() => {
            return Err(TypeError::new("the listener must be a function").into());
        }
        0 | 1 => emitter.on(&event, function.unchecked_ref(), how == 1),
        2 => emitter.clear(),
        3 => emitter.off_all(&event),
        _ => drop(emitter.off(&event, &function)),
    }
    Ok(())
}
