//! `Socket`: one namespace, as the page has it.

use std::rc::Rc;

use js_sys::{Array, Error, Function, TypeError};
use wasm_bindgen::prelude::*;

use super::connection::{Connection, Namespace};
use crate::web::data::Data;
use crate::web::json::{self, is_reserved};

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
    /// Adds or removes a listener: see `npm/shape.js`.
    pub fn listen(&self, how: u32, event: &JsValue, function: JsValue) -> Result<(), JsValue> {
        super::object::listen(&self.namespace.emitter, how, event, function)
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

    /// Answers an event: see `answerer` in `npm/shape.js`.
    ///
    /// # Errors
    /// What JSON says of arguments that can't be sent.
    pub fn answer(&self, session: u32, id: f64, args: &JsValue) -> Result<(), JsValue> {
        let (data, nsp) = (json::encode(args)?, self.namespace.nsp);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let id = id as u64;
        self.connection.driver.turn(|manager, now| manager.ack(nsp, session, id, data, now));
        Ok(())
    }

    /// Takes the data for CONNECT, or why there is none: see `authenticate` in `npm/shape.js`.
    pub fn authenticate(&self, session: u32, is_ok: bool, value: JsValue) {
        let auth = if is_ok { encode_auth(&value) } else { Err(value) };
        let nsp = self.namespace.nsp;
        self.connection.driver.turn(|manager, now| manager.authenticate(nsp, session, auth, now));
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

/// CONNECT's data is an object, or missing. Spec: socket.io-protocol v5, "Connection to a
/// namespace".
fn encode_auth(auth: &JsValue) -> Result<Option<Data>, JsValue> {
    if auth.is_undefined() || auth.is_null() {
        return Ok(None);
    }
    if !auth.is_object() {
        return Err(TypeError::new("socketio-wasm: auth must be an object").into());
    }
    json::stringify(auth).map(|json| Some(json.into()))
}
