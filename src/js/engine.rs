//! `socket.io.engine`: the Engine.IO connection, as the page has it.

use std::rc::Rc;

use js_sys::Object;
use wasm_bindgen::prelude::*;

use super::connection::Connection;
use crate::proto::manager::Manager;
use crate::proto::options::TransportKind;
use crate::web::Driver;
use crate::web::error::set;

/// The Engine.IO connection. See `npm/index.d.ts` for what each member means.
#[wasm_bindgen(skip_typescript)]
pub struct Engine(Rc<Connection>);

impl Connection {
    /// The page's object for the engine.
    pub(super) fn engine_object(&self) -> JsValue {
        self.engine_object.get_or(|| self.this.upgrade().map(Engine).into())
    }
}

#[wasm_bindgen]
impl Engine {
    /// Adds or removes a listener: see `npm/shape.js`.
    pub fn listen(&self, how: u32, event: &JsValue, function: JsValue) -> Result<(), JsValue> {
        super::object::listen(&self.0.engine, how, event, function)
    }

    /// The Engine.IO session id, which isn't the socket's.
    #[wasm_bindgen(getter)]
    pub fn id(&self) -> JsValue {
        self.0.driver.session_id()
    }

    /// The transport: an object with its `name`.
    #[wasm_bindgen(getter)]
    pub fn transport(&self) -> JsValue {
        transport(&self.0.driver)
    }
}

/// The transport in use; before there is one, the first that is tried.
pub(super) fn transport(driver: &Driver) -> JsValue {
    let kind = |manager: &Manager<_>| {
        let current = manager.transport().map(|(_, kind)| kind);
        current.or_else(|| manager.options().transports.first().copied())
    };
    let transport = Object::new().into();
    let name = driver.ask(kind).map(TransportKind::as_str);
    set(&transport, "name", &name.map_or(JsValue::UNDEFINED, JsValue::from_str));
    transport
}
