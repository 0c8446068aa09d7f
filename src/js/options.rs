//! The options object: read once, checked at once, never changed.

use js_sys::{Array, JsString, Object, Reflect, TypeError};
use wasm_bindgen::prelude::*;
use web_sys::UrlSearchParams;

use crate::proto::options::{ManagerOptions, TransportKind};
use crate::proto::time::Millis;
use crate::proto::url::Address;
use crate::web::Endpoint;

/// A user's options. What is missing, `undefined` or `null` has its default.
pub(super) struct Options {
    object: JsValue,
    /// The first thing that was wrong. It is asked for once, at the end: see [`Self::check`].
    error: JsValue,
}

impl Options {
    pub(super) fn new(object: JsValue) -> Self {
        let mut options = Self { object, error: JsValue::UNDEFINED };
        if !options.object.is_object() && !is_missing(&options.object) {
            options.wrong("the options", "an object");
        }
        options
    }

    /// # Errors
    /// A `TypeError` that names the first option that was wrong, or what its getter threw.
    pub(super) fn check(&self) -> Result<(), JsValue> {
        if self.error.is_undefined() { Ok(()) } else { Err(self.error.clone()) }
    }

    fn wrong(&mut self, what: &str, expected: &str) {
        if self.error.is_undefined() {
            let message = ["socketio-wasm: ", what, " must be ", expected].concat();
            self.error = TypeError::new(&message).into();
        }
    }

    /// An option as it is; `None` when it is missing.
    pub(super) fn get(&mut self, name: &str) -> Option<JsValue> {
        if !self.object.is_object() {
            return None;
        }
        let value = Reflect::get(&self.object, &name.into()).unwrap_or_else(|error| {
            self.error = error;
            JsValue::UNDEFINED
        });
        (!is_missing(&value)).then_some(value)
    }

    pub(super) fn boolean(&mut self, name: &str, default: bool) -> bool {
        let Some(value) = self.get(name) else { return default };
        value.as_bool().unwrap_or_else(|| {
            self.wrong(name, "true or false");
            default
        })
    }

    /// A number that is not negative. `false` stands for what has no end.
    fn number(&mut self, name: &str, default: f64) -> f64 {
        let Some(value) = self.get(name) else { return default };
        let number = if value == JsValue::FALSE { Some(f64::INFINITY) } else { value.as_f64() };
        number.filter(|&number| number >= 0.0).unwrap_or_else(|| {
            self.wrong(name, "a number, 0 or more");
            default
        })
    }

    fn millis(&mut self, name: &str, default: Millis) -> Millis {
        #[expect(clippy::cast_precision_loss)]
        let number = self.number(name, default.0 as f64);
        Millis::from_f64(number).unwrap_or(default)
    }

    /// Milliseconds of which 0 means the default, a quirk of the reference that pages rely on.
    fn delay(&mut self, name: &str, default: Millis) -> Millis {
        let delay = self.millis(name, default);
        if delay == Millis(0) { default } else { delay }
    }

    /// What the manager wants to know.
    pub(super) fn manager(&mut self) -> ManagerOptions {
        let default = ManagerOptions::default();
        let factor = self.number("randomizationFactor", default.randomization_factor);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        ManagerOptions {
            upgrade: self.boolean("upgrade", true),
            fallback_delay: self.millis("fallbackDelay", default.fallback_delay),
            timeout: self.millis("timeout", default.timeout),
            reconnection: self.boolean("reconnection", true),
            // `as` makes of Infinity the largest number there is.
            reconnection_attempts: self.number("reconnectionAttempts", 0.0) as u32,
            reconnection_delay: self.delay("reconnectionDelay", default.reconnection_delay),
            reconnection_delay_max: self
                .delay("reconnectionDelayMax", default.reconnection_delay_max),
            // As in the reference: what is out of range is no jitter.
            randomization_factor: if factor <= 1.0 { factor } else { 0.0 },
            transports: self.transports().unwrap_or(default.transports),
            max_attachments: default.max_attachments,
        }
    }

    fn transports(&mut self) -> Option<Vec<TransportKind>> {
        let value = self.get("transports")?;
        if !Array::is_array(&value) {
            self.wrong("transports", "an array of transport names");
            return None;
        }
        let names: Array = value.unchecked_into();
        let mut kinds = Vec::new();
        for at in 0..names.length() {
            match names.get(at).as_string().as_deref() {
                Some("websocket") => kinds.push(TransportKind::WebSocket),
                Some("polling") => kinds.push(TransportKind::Polling),
                // Only other clients have it; the list is often copied with it.
                Some("webtransport") => {}
                _ => self.wrong("transports", "of \"websocket\" and \"polling\""),
            }
        }
        Some(kinds)
    }

    /// How the server is addressed.
    pub(super) fn endpoint(&mut self, address: &Address) -> Endpoint {
        Endpoint {
            origin: address.origin(),
            path: self.path(),
            query: self.query(&address.query),
            with_credentials: self.boolean("withCredentials", false),
        }
    }

    /// The HTTP path with a slash at both ends.
    fn path(&mut self) -> String {
        let path = self.get("path").unwrap_or_else(|| "/socket.io".into());
        let Some(path) = path.as_string() else {
            self.wrong("path", "a string");
            return String::new();
        };
        let slash = |is_there| if is_there { "" } else { "/" };
        [slash(path.starts_with('/')), &path, slash(path.ends_with('/'))].concat()
    }

    /// The parameters of the address and of the options; the latter win on the same name.
    fn query(&mut self, address: &str) -> String {
        let Ok(params) = UrlSearchParams::new_with_str(address) else { return String::new() };
        if let Some(option) = self.get("query") {
            if option.is_object() {
                copy(&Object::entries(option.unchecked_ref()), &params);
            } else if let Ok(option) = UrlSearchParams::new_with_str(&text(&option)) {
                copy(&Array::from(&option), &params);
            }
        }
        // These are the protocol's own.
        ["EIO", "transport", "sid"].into_iter().for_each(|name| params.delete(name));
        let query = String::from(params.to_string());
        if query.is_empty() { query } else { ["&", &*query].concat() }
    }
}

fn is_missing(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

/// Sets the parameters that are given as pairs.
fn copy(entries: &Array, params: &UrlSearchParams) {
    for at in 0..entries.length() {
        let entry: Array = entries.get(at).unchecked_into();
        params.set(&text(&entry.get(0)), &text(&entry.get(1)));
    }
}

/// `String(value)`.
fn text(value: &JsValue) -> String {
    JsString::from("").concat(value).into()
}
