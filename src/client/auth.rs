//! What a namespace is connected with.

use core::fmt;
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;

use super::namespace::Namespace;
use crate::common::error::ConnectError;
use crate::proto::socket::packet::PacketType;
use crate::web::host::guarded;

/// Asked with the namespace and the number of its connection.
type Ask = dyn Fn(&Rc<Namespace>, u32);

/// Where the data of CONNECT comes from.
#[derive(Clone)]
pub(super) enum Auth {
    Value(JsValue),
    With(Rc<Ask>),
}

impl Auth {
    /// Asked for with each connection. Only here a reply is made: a page without such a function
    /// has no code for replies.
    pub(super) fn with(function: impl Fn(AuthReply) + 'static) -> Self {
        let function = Rc::new(function);
        Self::With(Rc::new(move |namespace, session| {
            let function = Rc::clone(&function);
            let reply = AuthReply { namespace: Rc::downgrade(namespace), session };
            if !guarded(Box::new(move || function(reply))) {
                namespace.refuse(session, "auth panicked".into());
            }
        }))
    }
}

impl Default for Auth {
    fn default() -> Self {
        Self::Value(JsValue::UNDEFINED)
    }
}

/// By which a function hands over its `auth` data, now or later: see
/// [`Builder::auth_with`](crate::Builder::auth_with).
///
/// Dropping it unused is a failure: the namespace is not connected, and told so by
/// [`ConnectError::Auth`]. Spec: socket.io-protocol v5, "Connection to a namespace".
#[must_use = "the namespace waits for `send` or `fail`"]
pub struct AuthReply {
    namespace: Weak<Namespace>,
    /// Which call it is for. Too late for another connection.
    session: u32,
}

impl AuthReply {
    /// Connects with this data: an object, or `undefined` for none.
    pub fn send_raw(mut self, data: JsValue) {
        if let Some(namespace) = self.take() {
            namespace.send_connect(self.session, data);
        }
    }

    /// Does not connect: [`ConnectError::Auth`] has the message.
    pub fn fail(mut self, message: &str) {
        self.refuse(message);
    }

    fn refuse(&mut self, message: &str) {
        if let Some(namespace) = self.take() {
            namespace.refuse(self.session, message.into());
        }
    }

    fn take(&mut self) -> Option<Rc<Namespace>> {
        core::mem::take(&mut self.namespace).upgrade()
    }
}

impl Drop for AuthReply {
    fn drop(&mut self) {
        self.refuse("auth was dropped without an answer");
    }
}

impl fmt::Debug for AuthReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthReply").finish_non_exhaustive()
    }
}

impl Namespace {
    /// The driver wants the data for CONNECT.
    pub(super) fn authenticate(self: &Rc<Self>, session: u32) {
        self.begin(session);
        match self.auth.get() {
            Auth::Value(data) => self.send_connect(session, data),
            Auth::With(function) => function(self, session),
        }
    }

    fn send_connect(&self, session: u32, data: JsValue) {
        match self.stage(PacketType::Connect, None, &data) {
            Err(text) => self.refuse(session, text),
            Ok(_) if self.authenticated(session, true) => {
                self.space.asked(false);
                self.connection.driver.write();
            }
            Ok(_) => {}
        }
    }

    fn refuse(&self, session: u32, text: String) {
        if self.authenticated(session, false) {
            self.fail(ConnectError::Auth(text));
        }
    }

    fn authenticated(&self, session: u32, is_ok: bool) -> bool {
        let nsp = self.nsp;
        self.connection.driver.turn(|manager, now| manager.authenticate(nsp, session, is_ok, now))
    }
}
