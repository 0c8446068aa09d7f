//! `Manager`: the connection below the sockets, as the page has it.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::connection::Connection;
use super::object::listener;
use crate::web::emitter;

/// The connection below the sockets. See `npm/index.d.ts` for what each member means.
#[wasm_bindgen(skip_typescript)]
pub struct Manager(Rc<Connection>);

impl Connection {
    /// The page's object for the manager.
    pub(super) fn manager_object(&self) -> JsValue {
        self.manager_object.get_or(|| self.this.upgrade().map(Manager).into())
    }
}

#[wasm_bindgen]
impl Manager {
    /// Adds a listener.
    pub fn on(&self, event: JsValue, function: JsValue) -> Result<(), JsValue> {
        self.0.emitter.on(&emitter::name(event), listener(function)?, false);
        Ok(())
    }

    /// Adds a listener that is called once.
    pub fn once(&self, event: JsValue, function: JsValue) -> Result<(), JsValue> {
        self.0.emitter.on(&emitter::name(event), listener(function)?, true);
        Ok(())
    }

    /// Removes one listener, all of an event, or all, by the number of arguments.
    #[wasm_bindgen(variadic)]
    pub fn off(&self, args: &Array) {
        super::object::off(&self.0.emitter, args);
    }

    /// The Engine.IO connection.
    #[wasm_bindgen(getter)]
    pub fn engine(&self) -> JsValue {
        self.0.engine_object()
    }
}
