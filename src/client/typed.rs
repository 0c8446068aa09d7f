//! Events and answers as Rust data, by way of serde.

use core::fmt;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use std::rc::Rc;

#[cfg(feature = "futures")]
use futures_core::future::FusedFuture;
use js_sys::{Array, JsString, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

use super::acks::EmitWithAckRaw;
use super::args::{from_args, from_js, to_args, to_js};
use super::auth::AuthReply;
use super::builder::Builder;
use super::event::{Ack, Event};
use super::listeners::Listener;
use super::socket::{Socket, WeakSocket};
use crate::common::error::{AckError, BuildError, ConnectError, DecodeError, EmitError};
use crate::common::handler::{Handler, HandlerOnce};
use crate::web::host;

/// Events as Rust data (feature `serde`).
///
/// One rule for all of them: **a tuple is the list of arguments, `()` is none, anything else is one
/// argument.** Only `()` itself is none, not what has it in it, as `Box<()>`, nor a unit struct:
/// they are `null`. A `[T; N]` counts as a tuple, as serde can't tell them apart: a `Vec`, a slice
/// or `([..],)` is one argument. Of what comes, additional arguments don't matter, and a missing
/// one is as good as `null`.
///
/// `None` is `null`. Numbers are JavaScript's: an integer beyond 2⁵³ can't be sent. The keys of
/// maps are strings. Bytes by [`serde_bytes`] are attachments, never base64; what came as one fits
/// `serde_bytes` and, byte by byte and so more slowly, `Vec<u8>`. A field
/// `#[serde(with = "serde_wasm_bindgen::preserve")]` is a JavaScript value as it is.
///
/// [`serde_bytes`]: https://docs.rs/serde_bytes
impl Socket {
    /// Listens to an event: `|data|`, or `|data, ack: Ack<Answer>|` to answer it; `||`
    /// whatever the data is. The listeners of an event are called in the order in which they were
    /// added.
    ///
    /// Where the data does not fit the listener is not called, and
    /// [`on_decode_error`](Self::on_decode_error) tells.
    ///
    /// ```no_run
    /// # use socketio_wasm::{Ack, Socket};
    /// # fn f(socket: &Socket) {
    /// let hello = socket.on("hello", |counter: u32| drop(counter));
    /// let moves = socket.on("move", |(x, y): (f64, f64)| drop((x, y)));
    /// let sum = socket.on("sum", |terms: Vec<u32>, ack: Ack<u32>| ack.send(&terms.iter().sum()));
    /// # }
    /// ```
    pub fn on<Marker>(&self, event: &str, listener: impl Handler<Marker>) -> Listener {
        let socket = self.downgrade();
        self.on_raw(event, move |event| report(&socket, listener.call(&event)))
    }

    /// Listens to the next event of this name, whether or not its data fits.
    ///
    /// ```no_run
    /// # use socketio_wasm::Socket;
    /// # fn f(socket: &Socket) {
    /// socket.once("welcome", |name: String| drop(name)).forget();
    /// # }
    /// ```
    pub fn once<Marker>(&self, event: &str, listener: impl HandlerOnce<Marker>) -> Listener {
        let socket = self.downgrade();
        self.once_raw(event, move |event| report(&socket, listener.call_once(&event)))
    }

    /// Sends an event, at once or with the next connection.
    ///
    /// ```no_run
    /// # use socketio_wasm::{EmitError, Socket};
    /// # fn f(socket: &Socket) -> Result<(), EmitError> {
    /// socket.emit("say", "hello")?;
    /// socket.emit("move", &(1, 2))?;
    /// socket.emit("ping", &())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If it can't be sent, now or ever.
    pub fn emit<T: Serialize + ?Sized>(&self, event: &str, data: &T) -> Result<(), EmitError> {
        self.emit_data(event, to_args(data), false)
    }

    /// Sends an event, if that is possible at once: there is a connection, and it is not busy.
    /// Otherwise the event is dropped.
    ///
    /// # Errors
    /// If it can't be sent, now or ever.
    pub fn emit_volatile<T>(&self, event: &str, data: &T) -> Result<(), EmitError>
    where
        T: Serialize + ?Sized,
    {
        self.emit_data(event, to_args(data), true)
    }

    /// Sends an event, at once or with the next connection, and waits for the answer to it.
    ///
    /// ```no_run
    /// # use core::time::Duration;
    /// # use socketio_wasm::{AckError, Socket};
    /// # async fn f(socket: &Socket) -> Result<(), AckError> {
    /// let answer: String = socket.emit_with_ack("ask", &1).timeout(Duration::from_secs(2)).await?;
    /// let (name, age) = socket.emit_with_ack::<(String, u8)>("who", &()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn emit_with_ack<R: DeserializeOwned>(
        &self,
        event: &str,
        data: &(impl Serialize + ?Sized),
    ) -> EmitWithAck<R> {
        let raw = self.request(named(event, to_args(data)));
        EmitWithAck { raw, event: event.into(), of: PhantomData }
    }

    fn emit_data(
        &self,
        event: &str,
        args: Result<Array, String>,
        is_volatile: bool,
    ) -> Result<(), EmitError> {
        let sent = named(event, args).and_then(|args| self.emit_args(&args, is_volatile));
        sent.map_err(|error| of_event(event, error))
    }

    /// Has this told of data that does not fit: no listener is called for it, and the connection
    /// goes on. Takes the place of the function that was told before. Default: a warning on the
    /// console with the event's name and serde's message.
    ///
    /// ```no_run
    /// # use socketio_wasm::Socket;
    /// # fn f(socket: &Socket, report: impl Fn(&str) + 'static) {
    /// socket.on_decode_error(move |error| report(&format!("{}: {}", error.event(), error.message())));
    /// # }
    /// ```
    pub fn on_decode_error(&self, hook: impl Fn(&DecodeError) + 'static) {
        self.0.decode_hook.set(Some(Rc::new(hook)));
    }

    fn report_decode_error(&self, error: &DecodeError) {
        match self.0.decode_hook.get() {
            Some(hook) => hook(error),
            None => host::warn(&error.to_string()),
        }
    }

    /// As [`Builder::auth`], for the connections from now on.
    ///
    /// ```no_run
    /// # use socketio_wasm::{EmitError, Socket};
    /// # fn f(socket: &Socket, jwt: &str) -> Result<(), EmitError> {
    /// #[derive(serde::Serialize)]
    /// struct Token<'a> {
    ///     jwt: &'a str,
    /// }
    ///
    /// socket.set_auth(&Token { jwt })?;
    /// // It counts from the next connection on.
    /// socket.disconnect();
    /// socket.connect();
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`EmitError::Encode`] if it can't be encoded, or is no struct and no map; what was set before
    /// stays.
    pub fn set_auth<T: Serialize + ?Sized>(&self, auth: &T) -> Result<(), EmitError> {
        self.set_auth_raw(to_auth(auth).map_err(EmitError::Encode)?);
        Ok(())
    }
}

pub(super) type DecodeHook = Rc<dyn Fn(&DecodeError)>;

/// The data of an event: its name and its arguments.
fn named(event: &str, args: Result<Array, String>) -> Result<Array, EmitError> {
    let args = args.map_err(EmitError::Encode)?;
    args.unshift(&JsString::from(event));
    Ok(args)
}

/// Why an event can't be sent: of data that can't be encoded a program may send much.
fn of_event(event: &str, error: EmitError) -> EmitError {
    let EmitError::Encode(text) = error else { return error };
    EmitError::Encode(format!("the data of the event \"{event}\" can't be sent: {text}"))
}

/// The data of CONNECT; null stands for none.
fn to_auth<T: Serialize + ?Sized>(auth: &T) -> Result<JsValue, String> {
    let auth = to_js(auth)?;
    let is_list = Array::is_array(&auth) || auth.is_instance_of::<Uint8Array>();
    let is_map = auth.is_object() && !is_list;
    if is_map || auth.is_null() { Ok(auth) } else { Err("must be a struct or a map".into()) }
}

/// A closure owns no socket that it listens to, so it may be gone.
pub(super) fn report(socket: &WeakSocket, outcome: Result<(), DecodeError>) {
    if let (Err(error), Some(socket)) = (outcome, socket.upgrade()) {
        socket.report_decode_error(&error);
    }
}

impl Builder {
    /// What the server's middlewares see as `socket.handshake.auth`: a struct or a map. Other data,
    /// and what can't be encoded, is an error of [`build`](Self::build). Binary data has no place
    /// in it: the server would see an object of numbers.
    /// Spec: socket.io-protocol v5, "Connection to a namespace".
    ///
    /// ```no_run
    /// # use socketio_wasm::Client;
    /// #[derive(serde::Serialize)]
    /// struct Token<'a> {
    ///     jwt: &'a str,
    /// }
    ///
    /// let builder = Client::builder("/chat").auth(&Token { jwt: "a.b.c" });
    /// ```
    pub fn auth<T: Serialize + ?Sized>(mut self, auth: &T) -> Self {
        match to_auth(auth) {
            Ok(auth) => self.auth_raw(auth),
            Err(text) => {
                self.error.get_or_insert(BuildError::Auth(text));
                self
            }
        }
    }
}

impl AuthReply {
    /// Connects with this data: a struct or a map. With other data, and where it can't be encoded,
    /// this is [`fail`](Self::fail).
    pub fn send<T: Serialize + ?Sized>(self, auth: &T) {
        match to_auth(auth) {
            Ok(auth) => self.send_raw(auth),
            Err(text) => self.fail(&text),
        }
    }
}

impl Event {
    /// The data as the type that it should be of.
    ///
    /// ```no_run
    /// # use socketio_wasm::Socket;
    /// # fn f(socket: &Socket) {
    /// let all = socket.on_any(|event| match event.data::<(u32, Option<String>)>() {
    ///     Ok((counter, name)) => drop((counter, name)),
    ///     Err(error) => drop(error.to_string()),
    /// });
    /// # }
    /// ```
    ///
    /// # Errors
    /// If it isn't.
    pub fn data<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        from_args(&self.args()).map_err(|text| DecodeError::new(self.name(), text))
    }
}

impl<R: Serialize + ?Sized> Ack<R> {
    /// Answers, by the same rule as [`Socket::emit`]: a tuple is the list of arguments. Where no
    /// answer [is wanted](Self::is_wanted) it does nothing.
    ///
    /// # Errors
    /// If it can't be sent; then another answer may still be given.
    pub fn send(self, answer: &R) -> Result<(), EmitError> {
        self.send_raw(&to_args(answer).map_err(EmitError::Encode)?)
    }
}

impl ConnectError {
    /// The `data` of a [refusal](Self::Rejected) as the type that it should be of; `None` of any
    /// other error.
    ///
    /// ```no_run
    /// # use socketio_wasm::Socket;
    /// # fn f(socket: &Socket, wait: impl Fn(u32) + 'static) {
    /// #[derive(serde::Deserialize)]
    /// struct Refusal {
    ///     retry_after: u32,
    /// }
    ///
    /// let refused = socket.on_connect_error(move |error| {
    ///     if let Some(Ok(Refusal { retry_after })) = error.data() {
    ///         wait(retry_after);
    ///     }
    /// });
    /// # }
    /// ```
    ///
    /// # Errors
    /// If it isn't.
    #[must_use]
    pub fn data<T: DeserializeOwned>(&self) -> Option<Result<T, DecodeError>> {
        let Self::Rejected { data, .. } = self else { return None };
        let error = |text| DecodeError::new("connect_error".into(), text);
        Some(from_js(data).map_err(error))
    }
}

/// An event that was sent, or waits for a connection, and its answer as an `R`: a future.
///
/// Dropping it ends the waiting: a late answer is ignored, and an event that still waits for a
/// connection is not sent. Spec: socket.io-protocol v5, "Acknowledgement".
#[must_use = "dropping it ends the waiting: await it, or give it a `callback`"]
pub struct EmitWithAck<R> {
    raw: EmitWithAckRaw,
    event: String,
    of: PhantomData<fn() -> R>,
}

impl<R: DeserializeOwned> EmitWithAck<R> {
    /// As [`EmitWithAckRaw::timeout`].
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { raw: self.raw.timeout(timeout), ..self }
    }

    /// As [`EmitWithAckRaw::callback`].
    pub fn callback(self, callback: impl FnOnce(Result<R, AckError>) + 'static) {
        let Self { raw, event, .. } = self;
        raw.callback(move |answer| callback(decode(answer, event)));
    }
}

fn decode<R: DeserializeOwned>(
    answer: Result<Array, AckError>,
    event: String,
) -> Result<R, AckError> {
    let args = answer.map_err(|error| match error {
        AckError::Emit(error) => AckError::Emit(of_event(&event, error)),
        error => error,
    })?;
    from_args(&args).map_err(|text| AckError::Decode(DecodeError::new(event, text)))
}

impl<R: DeserializeOwned> Future for EmitWithAck<R> {
    type Output = Result<R, AckError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = Pin::new(&mut self.raw).poll(context);
        answer.map(|answer| decode(answer, core::mem::take(&mut self.event)))
    }
}

/// For `select!` (feature `futures`).
#[cfg(feature = "futures")]
impl<R: DeserializeOwned> FusedFuture for EmitWithAck<R> {
    fn is_terminated(&self) -> bool {
        self.raw.is_terminated()
    }
}

impl<R> fmt::Debug for EmitWithAck<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmitWithAck").field("event", &self.event).finish_non_exhaustive()
    }
}
