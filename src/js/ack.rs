//! The function that a listener gets when the server wants an answer.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::connection::Connection;
use crate::proto::output::Message;
use crate::web::data::Data;
use crate::web::detect::get;
use crate::web::json;

/// What the function is bound to.
#[wasm_bindgen(skip_typescript)]
pub struct Ack {
    connection: Weak<Connection>,
    message: Message<()>,
    is_sent: Cell<bool>,
}

#[wasm_bindgen]
impl Ack {
    /// Answers with these arguments. Only the first call counts, and only on the connection that
    /// the question came by.
    ///
    /// # Errors
    /// What JSON says of arguments that can't be sent.
    #[wasm_bindgen(variadic)]
    pub fn send(&self, args: &Array) -> Result<(), JsValue> {
        let Some(connection) = self.connection.upgrade() else { return Ok(()) };
        if self.is_sent.replace(true) {
            return Ok(());
        }
        let data = json::encode(args).inspect_err(|_| self.is_sent.set(false))?;
        let Message { nsp, session, id, .. } = self.message;
        connection.driver.turn(|manager, now| {
            if let Some(id) = id {
                manager.ack(nsp, session, id, data, now);
            }
        });
        Ok(())
    }
}

/// The function that answers `message`; `undefined` when no answer is wanted.
pub(super) fn function(connection: &Rc<Connection>, message: &Message<Data>) -> Option<JsValue> {
    let &Message { nsp, id, session, .. } = message;
    id?;
    let message = Message { nsp, data: (), attachments: Vec::new(), id, session };
    let ack = Ack { connection: Rc::downgrade(connection), message, is_sent: Cell::new(false) };
    let ack = JsValue::from(ack);
    let send = get(&ack, "send").dyn_into::<Function>().ok()?;
    Some(send.bind0(&ack).into())
}
