//! The options object: read once, checked at once, never changed.

use js_sys::{Array, Object, Reflect, TypeError};
use wasm_bindgen::prelude::*;
use web_sys::UrlSearchParams;

use crate::proto::options::{ManagerOptions, TransportKind};
use crate::proto::time::Millis;
use crate::proto::url::Address;
use crate::web::Endpoint;

/// A user's options. What is missing, `undefined` or `null` has its default.
pub(super) struct Options(JsValue);

impl Options {
    pub(super) fn new(options: JsValue) -> Result<Self, JsValue> {
        let is_options = options.is_object() || options.is_undefined() || options.is_null();
        is_options.then_some(Self(options)).ok_or_else(|| wrong("The options", "an object"))
    }

    pub(super) fn get(&self, name: &str) -> Result<Option<JsValue>, JsValue> {
        if !self.0.is_object() {
            return Ok(None);
        }
        let value = Reflect::get(&self.0, &name.into())?;
        Ok(Some(value).filter(|value| !value.is_undefined() && !value.is_null()))
    }

    /// A value of the right type, or an error that names the option.
    fn typed<T>(
        &self,
        name: &str,
        expected: &str,
        convert: impl FnOnce(&JsValue) -> Option<T>,
    ) -> Result<Option<T>, JsValue> {
        let Some(value) = self.get(name)? else { return Ok(None) };
        convert(&value).map(Some).ok_or_else(|| wrong(&["option ", name].concat(), expected))
    }

    pub(super) fn boolean(&self, name: &str, default: bool) -> Result<bool, JsValue> {
        Ok(self.typed(name, "a boolean", JsValue::as_bool)?.unwrap_or(default))
    }

    fn number(&self, name: &str) -> Result<Option<f64>, JsValue> {
        self.typed(name, "a number that is not negative", |value| {
            value.as_f64().filter(|&number| number >= 0.0)
        })
    }

    /// Milliseconds; where `false` makes sense, it means never.
    fn limit(&self, name: &str, default: Millis) -> Result<Millis, JsValue> {
        let limit = self.typed(name, "a number of milliseconds, or false", |value| {
            let never = (*value == JsValue::FALSE).then_some(Millis(u64::MAX));
            never.or_else(|| value.as_f64().and_then(Millis::from_f64))
        })?;
        Ok(limit.unwrap_or(default))
    }

    /// Milliseconds of which 0 means the default, a quirk of the reference that pages rely on.
    fn delay(&self, name: &str, default: Millis) -> Result<Millis, JsValue> {
        let delay = self.number(name)?.and_then(Millis::from_f64);
        Ok(delay.filter(|&delay| delay > Millis(0)).unwrap_or(default))
    }

    /// What the manager wants to know.
    pub(super) fn manager(&self) -> Result<ManagerOptions, JsValue> {
        let default = ManagerOptions::default();
        let attempts = self.number("reconnectionAttempts")?.unwrap_or(0.0);
        let factor = self.number("randomizationFactor")?.unwrap_or(default.randomization_factor);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Ok(ManagerOptions {
            transports: self.transports()?.unwrap_or(default.transports),
            upgrade: self.boolean("upgrade", default.upgrade)?,
            fallback_delay: self.limit("fallbackDelay", default.fallback_delay)?,
            timeout: self.limit("timeout", default.timeout)?,
            reconnection: self.boolean("reconnection", default.reconnection)?,
            // `as` makes of Infinity the largest number there is.
            reconnection_attempts: attempts as u32,
            reconnection_delay: self.delay("reconnectionDelay", default.reconnection_delay)?,
            reconnection_delay_max: self
                .delay("reconnectionDelayMax", default.reconnection_delay_max)?,
            // As in the reference: what is out of range is no jitter.
            randomization_factor: if factor <= 1.0 { factor } else { 0.0 },
            max_attachments: default.max_attachments,
        })
    }

    fn transports(&self) -> Result<Option<Vec<TransportKind>>, JsValue> {
        let names = self.typed("transports", "an array of transport names", |value| {
            Array::is_array(value).then(|| value.unchecked_ref::<Array>().to_vec())
        })?;
        let kinds =
            names.map(|names| names.iter().filter_map(|name| kind(name).transpose()).collect());
        kinds.transpose()
    }

    /// How the server is addressed.
    pub(super) fn endpoint(&self, address: &Address) -> Result<Endpoint, JsValue> {
        let path = self.typed("path", "a string", JsValue::as_string)?;
        let path = path.as_deref().unwrap_or("/socket.io").trim_matches('/');
        let slash = if path.is_empty() { "" } else { "/" };
        Ok(Endpoint {
            origin: address.origin("http"),
            websocket_origin: address.origin("ws"),
            path: [slash, path, "/"].concat(),
            query: self.query(&address.query)?,
            with_credentials: self.boolean("withCredentials", false)?,
        })
    }

    /// The parameters of the address and of the options; the latter win on the same name.
    fn query(&self, address: &str) -> Result<String, JsValue> {
        let params = UrlSearchParams::new_with_str(address)?;
        let option = self.typed("query", "an object or a string", |value| {
            (value.is_object() || value.is_string()).then(|| value.clone())
        })?;
        if let Some(text) = option.as_ref().and_then(JsValue::as_string) {
            copy(&UrlSearchParams::new_with_str(&text)?, &params);
        } else if let Some(object) = option {
            for entry in Object::entries(object.unchecked_ref()).iter() {
                let entry: Array = entry.unchecked_into();
                params.set(&text(&entry.get(0)), &text(&entry.get(1)));
            }
        }
        // These are the protocol's own.
        ["EIO", "transport", "sid"].into_iter().for_each(|name| params.delete(name));
        let query = String::from(params.to_string());
        Ok(if query.is_empty() { query } else { ["&", &query].concat() })
    }
}

fn copy(from: &UrlSearchParams, to: &UrlSearchParams) {
    for entry in Array::from(from).iter() {
        let entry: Array = entry.unchecked_into();
        to.set(&text(&entry.get(0)), &text(&entry.get(1)));
    }
}

/// `String(value)`.
fn text(value: &JsValue) -> String {
    js_sys::JsString::from("").concat(value).into()
}

/// The transport of this name; `None` for one that only other clients have.
fn kind(name: &JsValue) -> Result<Option<TransportKind>, JsValue> {
    Ok(Some(match name.as_string().as_deref() {
        Some("websocket") => TransportKind::WebSocket,
        Some("polling") => TransportKind::Polling,
        Some("webtransport") => return Ok(None),
        _ => {
            let expected = ["of \"websocket\" and \"polling\", not ", &text(name)].concat();
            return Err(wrong("option transports", &expected));
        }
    }))
}

/// The error that says what an option has to be.
fn wrong(what: &str, expected: &str) -> JsValue {
    TypeError::new(&["socketio-wasm: ", what, " must be ", expected].concat()).into()
}
