//! What can listen to an event as Rust data.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::error::{DecodeError, EmitError};
use crate::client::event::{Ack, Event};
use crate::web::host;

/// What [`Socket::on`](crate::Socket::on) takes: `Fn(A)`, or `Fn(A, Ack<R>)` to answer.
///
/// `A` is what the event brings, a tuple for several arguments; `R` is what it is answered with.
/// Both are owned types whose names the closure says: `|counter: u32|`. It returns nothing, or what
/// [`Ack::send`] returned: an answer that could not be sent is a warning on the console.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't listen to an event",
    label = "not `Fn(A)` and not `Fn(A, Ack<R>)`",
    note = "name the types: `|counter: u32|`; several arguments are a tuple: `|(x, y): (u8, u8)|`",
    note = "`A` is `serde::de::DeserializeOwned`: `String`, not `&str`; `R` is `serde::Serialize`",
    note = "it returns `()` or the result of `Ack::send`; what takes time goes into \
            `wasm_bindgen_futures::spawn_local`"
)]
pub trait Handler<Marker>: 'static {
    /// Calls it, if the data fits.
    #[doc(hidden)]
    fn call(&self, event: &Event) -> Result<(), DecodeError>;
}

impl<A, O, F> Handler<(A,)> for F
where
    A: DeserializeOwned,
    O: Outcome,
    F: Fn(A) -> O + 'static,
{
    fn call(&self, event: &Event) -> Result<(), DecodeError> {
        self(event.data()?).settle();
        Ok(())
    }
}

impl<A, R, O, F> Handler<(A, Ack<R>)> for F
where
    A: DeserializeOwned,
    R: Serialize,
    O: Outcome,
    F: Fn(A, Ack<R>) -> O + 'static,
{
    fn call(&self, event: &Event) -> Result<(), DecodeError> {
        self(event.data()?, event.ack()).settle();
        Ok(())
    }
}

/// What [`Socket::once`](crate::Socket::once) takes: `FnOnce(A)`, or `FnOnce(A, Ack<R>)` to answer.
/// The rest is as for [`Handler`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't listen to an event",
    label = "not `FnOnce(A)` and not `FnOnce(A, Ack<R>)`",
    note = "name the types: `|counter: u32|`; several arguments are a tuple: `|(x, y): (u8, u8)|`",
    note = "`A` is `serde::de::DeserializeOwned`: `String`, not `&str`; `R` is `serde::Serialize`",
    note = "it returns `()` or the result of `Ack::send`; what takes time goes into \
            `wasm_bindgen_futures::spawn_local`"
)]
pub trait HandlerOnce<Marker>: 'static {
    /// Calls it, if the data fits.
    #[doc(hidden)]
    fn call_once(self, event: &Event) -> Result<(), DecodeError>;
}

impl<A, O, F> HandlerOnce<(A,)> for F
where
    A: DeserializeOwned,
    O: Outcome,
    F: FnOnce(A) -> O + 'static,
{
    fn call_once(self, event: &Event) -> Result<(), DecodeError> {
        self(event.data()?).settle();
        Ok(())
    }
}

impl<A, R, O, F> HandlerOnce<(A, Ack<R>)> for F
where
    A: DeserializeOwned,
    R: Serialize,
    O: Outcome,
    F: FnOnce(A, Ack<R>) -> O + 'static,
{
    fn call_once(self, event: &Event) -> Result<(), DecodeError> {
        self(event.data()?, event.ack()).settle();
        Ok(())
    }
}

/// What a listener may return. Not anything: a future would be dropped without having run.
#[diagnostic::on_unimplemented(
    message = "a listener can't return `{Self}`",
    note = "it returns `()` or the result of `Ack::send`; what takes time goes into \
            `wasm_bindgen_futures::spawn_local`"
)]
pub trait Outcome {
    /// Says what went wrong.
    #[doc(hidden)]
    fn settle(self);
}

impl Outcome for () {
    fn settle(self) {}
}

impl Outcome for Result<(), EmitError> {
    fn settle(self) {
        if let Err(error) = self {
            host::warn(&error.to_string());
        }
    }
}
