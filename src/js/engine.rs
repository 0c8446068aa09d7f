//! `socket.io.engine`: the Engine.IO connection, as the page has it.

use std::rc::Rc;

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::connection::Connection;
use super::object::listener;
use crate::proto::manager::Manager;
use crate::proto::options::TransportKind;
use crate::web::error::set;
use crate::web::{Driver, emitter};

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
    /// Adds a listener.
    pub fn on(&self, event: JsValue, function: JsValue) -> Result<(), JsValue> {
        self.0.engine.on(&emitter::name(event), listener(function)?, false);
        Ok(())
    }

    /// Adds a listener that is called once.
    pub fn once(&self, event: JsValue, function: JsValue) -> Result<(), JsValue> {
        self.0.engine.on(&emitter::name(event), listener(function)?, true);
        Ok(())
    }

    /// Removes one listener, all of an event, or all, by the number of arguments.
    #[wasm_bindgen(variadic)]
    pub fn off(&self, args: &Array) {
        super::object::off(&self.0.engine, args);
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
