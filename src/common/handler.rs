//! What can listen to an event as Rust data.

use serde::Serialize;
use serde::de::DeserializeOwned;

#[cfg(target_family = "wasm")]
use crate::web::host;
use crate::{Ack, DecodeError, EmitError, Event};

/// What [`Socket::on`](crate::Socket::on) takes: `Fn(A)`, or `Fn(A, Ack<R>)` to answer; `Fn()`
/// where it doesn't matter what the event brings.
///
/// `A` is what the event brings, a tuple for several arguments; `R` is what it is answered with.
/// Both are owned types whose names the closure says: `|counter: u32|`. It returns nothing, or what
/// [`Ack::send`] returned: an answer that could not be sent is a warning on the console.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't listen to an event",
    label = "not `Fn()`, `Fn(A)` or `Fn(A, Ack<R>)`",
    note = "name the types: `|counter: u32|`; several arguments are a tuple: `|(x, y): (u8, u8)|`",
    note = "`A` is `serde::de::DeserializeOwned`: `String`, not `&str`; `R` is `serde::Serialize`",
    note = "it returns `()` or the result of `Ack::send`; what takes time goes into \
            `wasm_bindgen_futures::spawn_local`",
    note = "an `Ack` comes second, whatever the data is: `|(): (), ack: Ack<u8>|`; an `Event` is \
            what `on_raw` and `on_any` give"
)]
pub trait Handler<Marker>: 'static {
    /// Calls it, if the data fits.
    #[doc(hidden)]
    fn call(&self, event: &Event) -> Result<(), DecodeError>;
}

/// What [`Socket::once`](crate::Socket::once) takes: what [`Handler`] says, as `FnOnce`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't listen to an event",
    label = "not `FnOnce()`, `FnOnce(A)` or `FnOnce(A, Ack<R>)`",
    note = "name the types: `|counter: u32|`; several arguments are a tuple: `|(x, y): (u8, u8)|`",
    note = "`A` is `serde::de::DeserializeOwned`: `String`, not `&str`; `R` is `serde::Serialize`",
    note = "it returns `()` or the result of `Ack::send`; what takes time goes into \
            `wasm_bindgen_futures::spawn_local`",
    note = "an `Ack` comes second, whatever the data is: `|(): (), ack: Ack<u8>|`; an `Event` is \
            what `once_raw` and `on_any` give"
)]
pub trait HandlerOnce<Marker>: 'static {
    /// Calls it, if the data fits.
    #[doc(hidden)]
    fn call_once(self, event: &Event) -> Result<(), DecodeError>;
}

/// Both of them, for closures with these arguments.
macro_rules! listens {
    ([$($bound:tt)*] $marker:ty, |$event:ident| ($($arg:ty = $value:expr),*)) => {
        impl<O: Outcome, F: Fn($($arg),*) -> O + 'static, $($bound)*> Handler<$marker> for F {
            fn call(&self, $event: &Event) -> Result<(), DecodeError> {
                self($($value),*).settle($event);
                Ok(())
            }
        }

        impl<O: Outcome, F: FnOnce($($arg),*) -> O + 'static, $($bound)*> HandlerOnce<$marker> for F {
            fn call_once(self, $event: &Event) -> Result<(), DecodeError> {
                self($($value),*).settle($event);
                Ok(())
            }
        }
    };
}

// Not for an `Ack` alone: the compiler would not know any more where in `|m|` a type is missing.
listens!([](), |event| ());
listens!([A: DeserializeOwned] (A,), |event| (A = event.data()?));
listens!(
    [A: DeserializeOwned, R: Serialize + ?Sized] (A, Ack<R>),
    |event| (A = event.data()?, Ack<R> = event.ack())
);

/// What a listener may return. Not anything: a future would be dropped without having run.
#[diagnostic::on_unimplemented(
    message = "a listener can't return `{Self}`",
    note = "it returns `()` or the result of `Ack::send`; what takes time goes into \
            `wasm_bindgen_futures::spawn_local`"
)]
pub trait Outcome {
    /// Says what went wrong.
    #[doc(hidden)]
    fn settle(self, event: &Event);
}

impl Outcome for () {
    fn settle(self, _: &Event) {}
}

// `todo!()` and the like: what is not written yet should compile. Stable Rust takes this type only
// as what a function returns.
impl Outcome for <fn() -> ! as Returns>::Output {
    fn settle(self, _: &Event) {
        self
    }
}

/// What a function returns.
pub trait Returns {
    /// That.
    type Output;
}

impl<O> Returns for fn() -> O {
    type Output = O;
}

impl Outcome for Result<(), EmitError> {
    #[cfg_attr(not(target_family = "wasm"), expect(unused_variables, reason = "there is none"))]
    fn settle(self, event: &Event) {
        #[cfg(target_family = "wasm")]
        if let Err(error) = self {
            host::warn(&format!("the answer to \"{}\" can't be sent: {error}", event.name()));
        }
    }
}
