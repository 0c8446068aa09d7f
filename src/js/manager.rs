//! `Manager`: the connection below the sockets, as the page has it.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::connection::Connection;

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
    /// Adds or removes a listener: see `npm/shape.js`.
    pub fn listen(&self, how: u32, event: &JsValue, function: JsValue) -> Result<(), JsValue> {
        super::object::listen(&self.0.emitter, how, event, function)
    }

    /// The Engine.IO connection.
    #[wasm_bindgen(getter)]
    pub fn engine(&self) -> JsValue {
        self.0.engine_object()
    }
}
