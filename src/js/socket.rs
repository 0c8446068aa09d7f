//! `Socket`: one namespace, as the page has it.

use std::rc::Rc;

use js_sys::{Array, Error, Function, TypeError};
use wasm_bindgen::prelude::*;

use super::connection::{Connection, Namespace};
use super::object::listener;
use crate::web::emitter;
use crate::web::json::is_reserved;

/// One namespace of a connection. See `npm/index.d.ts` for what each member means to its users.
#[wasm_bindgen(skip_typescript)]
pub struct Socket {
    connection: Rc<Connection>,
    namespace: Rc<Namespace>,
}

impl Connection {
    /// The page's object for a namespace.
    pub(super) fn socket_object(&self, namespace: &Rc<Namespace>) -> JsValue {
        namespace.object.get_or(|| {
            let socket = self
                .this
                .upgrade()
                .map(|connection| Socket { connection, namespace: Rc::clone(namespace) });
            socket.into()
        })
    }
}

#[wasm_bindgen]
impl Socket {
    /// Adds a listener.
    pub fn on(&self, event: JsValue, function: JsValue) -> Result<(), JsValue> {
        self.namespace.emitter.on(&emitter::name(event), listener(function)?, false);
        Ok(())
    }

    /// Adds a listener that is called once.
    pub fn once(&self, event: JsValue, function: JsValue) -> Result<(), JsValue> {
        self.namespace.emitter.on(&emitter::name(event), listener(function)?, true);
        Ok(())
    }

    /// Removes one listener, all of an event, or all, by the number of arguments.
    #[wasm_bindgen(variadic)]
    pub fn off(&self, args: &Array) {
        super::object::off(&self.namespace.emitter, args);
    }

    /// Sends an event: name, arguments, and the function that gets the answer.
    #[wasm_bindgen(js_name = emitArgs)]
    pub fn emit(&self, args: Array) -> Result<(), JsValue> {
        let name = args.get(0);
        if !name.is_string() && name.as_f64().is_none() {
            return Err(TypeError::new("the event name must be a string or a number").into());
        }
        if is_reserved(&name) {
            let name = name.as_string().unwrap_or_default();
            return Err(Error::new(&["\"", &name, "\" is a reserved event name"].concat()).into());
        }
        let last = args.get(args.length().saturating_sub(1));
        let callback = last.is_instance_of::<Function>().then(|| args.pop());
        self.connection.driver.emit(self.namespace.nsp, args, callback)
    }

    /// Connects, now and after every loss of the connection.
    pub fn connect(&self) {
        let nsp = self.namespace.nsp;
        self.connection.driver.turn(|manager, now| manager.connect(nsp, now));
    }

    /// Disconnects, for good unless `connect` is called.
    pub fn disconnect(&self) {
        let nsp = self.namespace.nsp;
        self.connection.driver.turn(|manager, now| manager.disconnect(nsp, now));
    }

    /// The session id; `undefined` while not connected.
    #[wasm_bindgen(getter)]
    pub fn id(&self) -> JsValue {
        self.namespace.id.borrow().clone()
    }

    /// Whether the namespace is connected.
    #[wasm_bindgen(getter)]
    pub fn connected(&self) -> bool {
        self.connection.driver.ask(|manager| manager.is_connected(self.namespace.nsp))
    }

    /// The contrary.
    #[wasm_bindgen(getter)]
    pub fn disconnected(&self) -> bool {
        !self.connected()
    }

    /// Whether it is connected, or will be without anybody's doing.
    #[wasm_bindgen(getter)]
    pub fn active(&self) -> bool {
        self.connection.driver.ask(|manager| manager.is_active(self.namespace.nsp))
    }

    /// The namespace's name.
    #[wasm_bindgen(getter)]
    pub fn nsp(&self) -> JsValue {
        let name = |name: Option<&str>| JsValue::from_str(name.unwrap_or("/"));
        self.connection.driver.ask(|manager| name(manager.name(self.namespace.nsp)))
    }

    /// The manager.
    #[wasm_bindgen(getter)]
    pub fn io(&self) -> JsValue {
        self.connection.manager_object()
    }

    /// The data for the server's middleware, or the function that gives it.
    #[wasm_bindgen(getter)]
    pub fn auth(&self) -> JsValue {
        self.namespace.auth.borrow().clone()
    }

    /// Used from the next connection on.
    #[wasm_bindgen(setter)]
    pub fn set_auth(&self, auth: JsValue) {
        self.namespace.auth.replace(auth);
    }
}
