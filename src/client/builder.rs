//! The options of a connection.

use core::fmt;
use core::time::Duration;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::acks::Limit;
use super::auth::{Auth, AuthReply};
use super::connection::Connection;
use super::socket::Socket;
use crate::common::error::BuildError;
use crate::proto::options::{Candidate, ManagerOptions, TransportKind};
use crate::proto::time::Millis;
use crate::web::{Network, host};

/// The options of a connection, by [`Client::builder`](crate::Client::builder). Each has the
/// default of `socket.io-client`, but for [`transports`](Self::transports), which begins with
/// WebSocket here.
///
/// ```no_run
/// # use core::time::Duration;
/// # use socketio_wasm::{BuildError, Client};
/// # fn main() -> Result<(), BuildError> {
/// let socket = Client::builder("https://example.com/chat")
///     .reconnection_delay_max(Duration::from_secs(10))
///     .query("room", "blue")
///     .connect()?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing happens before `connect`"]
pub struct Builder {
    url: String,
    /// As `host.js` reads them.
    endpoint: Object,
    options: ManagerOptions,
    transports: Vec<TransportKind>,
    max_attachments: u32,
    ack_limit: Option<Limit>,
    auth: Auth,
    /// The first thing that is wrong.
    pub(super) error: Option<BuildError>,
}

impl Builder {
    pub(super) fn new(url: &str) -> Self {
        Self {
            url: url.into(),
            endpoint: Object::new(),
            options: ManagerOptions::default(),
            transports: Vec::from([TransportKind::WebSocket, TransportKind::Polling]),
            max_attachments: 10,
            ack_limit: None,
            auth: Auth::default(),
            error: None,
        }
    }

    /// Makes the connection, and the socket of the URL's namespace. It connects when it is told
    /// to, by [`Socket::connect`].
    ///
    /// # Errors
    /// If the URL names no server, or an option has a value that it can't have.
    pub fn build(self) -> Result<Socket, BuildError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut options = self.options;
        if !(0.0..=1.0).contains(&options.randomization_factor) {
            return Err(BuildError::Option("randomization_factor must be from 0 to 1"));
        }
        if self.transports.is_empty() {
            return Err(BuildError::Option("transports must name one"));
        }
        options.transports = Vec::new();
        for kind in &self.transports {
            if let Some(candidate) = candidate(kind) {
                options.transports.push(candidate);
            }
        }
        let network = host::reach(&self.url, &self.endpoint);
        let network = network.map_err(|error| BuildError::Url(host::message_of(&error)))?;
        let connection = Connection::new(Network(network), options, self.ack_limit);
        connection.driver.max_attachments.set(self.max_attachments);
        let socket = Socket(Connection::namespace(&connection, 0));
        socket.0.auth.set(self.auth);
        Ok(socket)
    }

    /// Makes the connection and connects the URL's namespace. This does not wait for it: what is
    /// emitted before is sent then, and listeners that are added at once miss nothing but the
    /// change to [`State::Connecting`](crate::State::Connecting).
    ///
    /// # Errors
    /// As [`build`](Self::build).
    pub fn connect(self) -> Result<Socket, BuildError> {
        let socket = self.build()?;
        socket.connect();
        Ok(socket)
    }
}

/// A property of an object of ours that is an object, made if need be.
fn inner(object: &Object, name: &str) -> Object {
    let found = Reflect::get(object, &name.into()).unwrap_or_default();
    found.dyn_into().unwrap_or_else(|_| {
        let made = Object::new();
        set(object, name, &made);
        made
    })
}

/// A transport, if this browser has it, by the numbers of `host.js`.
fn candidate(&kind: &TransportKind) -> Option<Candidate> {
    let tag = host::tag_of(kind == TransportKind::WebSocket);
    u8::try_from(tag).ok().map(|tag| Candidate { kind, tag })
}

/// A length of time as the drivers count it; [`Duration::MAX`] is never.
pub(super) fn millis(duration: Duration) -> Millis {
    let seconds = duration.as_secs().saturating_mul(1000);
    Millis(seconds.saturating_add(duration.subsec_millis().into()))
}

/// The same for a timer of the browser; none for what is longer than one can run. It would fire at
/// once. MDN: setTimeout.
pub(super) fn timer_millis(duration: Duration) -> Option<u32> {
    u32::try_from(millis(duration).0).ok().filter(|&ms| ms <= i32::MAX as u32)
}

/// Sets a property of an object of ours, which can't fail.
pub(super) fn set(object: &Object, name: &str, value: &JsValue) {
    drop(Reflect::set(object, &name.into(), value));
}

/// Transports and reconnection.
impl Builder {
    /// The transports to try, first to last. Default: WebSocket, then long-polling. Those that the
    /// browser does not have are left out; an empty list is an error of [`build`](Self::build).
    ///
    /// ```no_run
    /// # use socketio_wasm::{Client, TransportKind};
    /// let only = Client::builder("/").transports(&[TransportKind::WebSocket]);
    /// ```
    pub fn transports(mut self, transports: &[TransportKind]) -> Self {
        self.transports = transports.to_vec();
        self
    }

    /// Whether a connection that began with long-polling moves on to a WebSocket. Default: yes.
    /// Spec: engine.io-protocol v4, "Upgrade".
    pub fn upgrade(mut self, upgrade: bool) -> Self {
        self.options.upgrade = upgrade;
        self
    }

    /// How long a transport may stay silent before the next one is tried beside it. Default: 2 s.
    /// [`Duration::MAX`]: it isn't.
    pub fn fallback_delay(mut self, delay: Duration) -> Self {
        self.options.fallback_delay = millis(delay);
        self
    }

    /// How long an attempt to connect may take in all. Default: 20 s. [`Duration::MAX`]: as long
    /// as it takes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = millis(timeout);
        self
    }

    /// Whether another attempt follows where one failed or the connection was lost. Default: yes.
    pub fn reconnection(mut self, reconnection: bool) -> Self {
        self.options.reconnection = reconnection;
        self
    }

    /// How many attempts there are before it is given up. Default: 0, no limit.
    pub fn reconnection_attempts(mut self, attempts: u32) -> Self {
        self.options.reconnection_attempts = attempts;
        self
    }

    /// The wait before the first attempt; doubled with each. Default: 1 s.
    pub fn reconnection_delay(mut self, delay: Duration) -> Self {
        self.options.reconnection_delay = millis(delay);
        self
    }

    /// The longest wait between two attempts. Default: 5 s.
    pub fn reconnection_delay_max(mut self, delay: Duration) -> Self {
        self.options.reconnection_delay_max = millis(delay);
        self
    }

    /// By what part of itself a wait is moved at random, 0 to 1. Default: 0.5. Anything else is an
    /// error of [`build`](Self::build).
    pub fn randomization_factor(mut self, factor: f64) -> Self {
        self.options.randomization_factor = factor;
        self
    }
}

/// What becomes of the page. None of it concerns a worker but for the network.
impl Builder {
    /// Whether a planned attempt begins at once when the network is there again. It counts as any
    /// other. Default: yes. MDN: Window `online` event.
    pub fn reconnect_on_online(self, reconnect: bool) -> Self {
        self.with("reconnectOnOnline", &reconnect.into())
    }

    /// Whether the connection, or the attempt to get one, ends as soon as the network is lost; but
    /// for a server on `localhost`. Default: yes. MDN: Window `offline` event.
    pub fn close_on_offline(self, close: bool) -> Self {
        self.with("closeOnOffline", &close.into())
    }

    /// Whether a page that is left may be kept for the way back: its connection ends, and is made
    /// again when it is shown. Default: yes. MDN: bfcache.
    pub fn close_on_pagehide(self, close: bool) -> Self {
        self.with("closeOnPagehide", &close.into())
    }

    /// Whether a page that is shown again, or goes on after it was frozen, looks at once whether
    /// the connection is still alive, and does not wait for a planned attempt. Default: yes.
    pub fn check_on_resume(self, check: bool) -> Self {
        self.with("checkOnResume", &check.into())
    }
}

/// Requests.
impl Builder {
    /// The path of the server's HTTP requests. Default: `/socket.io`.
    pub fn path(self, path: &str) -> Self {
        self.with("path", &path.into())
    }

    /// Adds a pair to the query of each request. Of several with one name the last counts; those of
    /// the protocol win.
    pub fn query(self, name: &str, value: &str) -> Self {
        set(&inner(&self.endpoint, "query"), name, &value.into());
        self
    }

    /// Adds a header to each request of long-polling; a WebSocket can't send any. Where the
    /// server asks for one as the session begins, long-polling has to come first: see
    /// [`transports`](Self::transports). One that the browser does not let a page set is left out.
    /// MDN: Forbidden request header.
    pub fn extra_header(self, name: &str, value: &str) -> Self {
        set(&inner(&self.endpoint, "extraHeaders"), name, &value.into());
        self
    }

    /// Whether requests to another origin bring cookies. Default: no.
    /// MDN: `XMLHttpRequest.withCredentials`.
    pub fn with_credentials(self, with_credentials: bool) -> Self {
        self.with("withCredentials", &with_credentials.into())
    }

    /// How long one request of long-polling may take. Default: as long as it takes, also for
    /// [`Duration::MAX`].
    pub fn request_timeout(self, timeout: Duration) -> Self {
        // Zero would be no limit.
        self.with("requestTimeout", &timer_millis(timeout).map_or(0, |ms| ms.max(1)).into())
    }

    /// The subprotocols of the WebSocket. Default: none. MDN: WebSocket constructor.
    pub fn protocols(self, protocols: &[&str]) -> Self {
        let list: Array = protocols.iter().map(|&protocol| JsValue::from(protocol)).collect();
        self.with("protocols", &list)
    }

    /// Whether binary data is sent as text. Default: no.
    pub fn force_base64(self, force_base64: bool) -> Self {
        self.with("forceBase64", &force_base64.into())
    }

    fn with(self, name: &str, value: &JsValue) -> Self {
        set(&self.endpoint, name, value);
        self
    }
}

/// Events.
impl Builder {
    /// How many pieces of binary data an event may have, one that is sent and one that is received.
    /// Default: 10. The server's own limit is 10 as well.
    pub fn max_attachments(mut self, max_attachments: u32) -> Self {
        self.max_attachments = max_attachments;
        self
    }

    /// How long an answer is waited for where no other time is said. Default: as long as there is
    /// a connection.
    pub fn ack_timeout(mut self, timeout: Duration) -> Self {
        self.ack_limit = Some(Rc::new(move |waiting| waiting.timeout(timeout)));
        self
    }

    /// What the server's middlewares see as `socket.handshake.auth`: an object, or `undefined`.
    /// Spec: socket.io-protocol v5, "Connection to a namespace".
    pub fn auth_raw(mut self, auth: JsValue) -> Self {
        self.auth = Auth::Value(auth);
        self
    }

    /// As [`auth_raw`](Self::auth_raw), asked for with each connection: the function hands it over
    /// by its argument, now or later. While it has not,
    /// [`Socket::connect`](crate::Socket::connect) calls it again, and the first data counts.
    ///
    /// ```no_run
    /// # use socketio_wasm::{Builder, Client};
    /// # fn token() -> wasm_bindgen::JsValue { Default::default() }
    /// let builder = Client::builder("/chat").auth_with(|reply| reply.send_raw(token()));
    /// ```
    pub fn auth_with(mut self, auth: impl Fn(AuthReply) + 'static) -> Self {
        self.auth = Auth::with(auth);
        self
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("url", &self.url).finish_non_exhaustive()
    }
}
