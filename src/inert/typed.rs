//! Events and answers as Rust data: none comes.

use core::fmt;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;

#[cfg(feature = "futures")]
use futures_core::future::FusedFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Ack, AuthReply, Builder, Event, Listener, Socket};
use crate::{AckError, ConnectError, DecodeError, EmitError, Handler, HandlerOnce};

impl Socket {
    pub fn on<Marker>(&self, _event: &str, _listener: impl Handler<Marker>) -> Listener {
        Listener(())
    }

    pub fn once<Marker>(&self, _event: &str, _listener: impl HandlerOnce<Marker>) -> Listener {
        Listener(())
    }

    pub fn emit<T: Serialize + ?Sized>(&self, _event: &str, _data: &T) -> Result<(), EmitError> {
        Ok(())
    }

    pub fn emit_volatile<T>(&self, _event: &str, _data: &T) -> Result<(), EmitError>
    where
        T: Serialize + ?Sized,
    {
        Ok(())
    }

    pub fn emit_with_ack<R: DeserializeOwned>(
        &self,
        _event: &str,
        _data: &(impl Serialize + ?Sized),
    ) -> EmitWithAck<R> {
        EmitWithAck { is_over: false, of: PhantomData }
    }

    pub fn on_decode_error(&self, _hook: impl Fn(&DecodeError) + 'static) {}

    pub fn set_auth<T: Serialize + ?Sized>(&self, _auth: &T) -> Result<(), EmitError> {
        Ok(())
    }
}

impl Builder {
    pub fn auth<T: Serialize + ?Sized>(self, _auth: &T) -> Self {
        self
    }
}

impl AuthReply {
    pub fn send<T: Serialize + ?Sized>(self, _auth: &T) {
        match self.0 {}
    }
}

impl Event {
    pub fn data<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        match self.0 {}
    }
}

impl<R: Serialize + ?Sized> Ack<R> {
    pub fn send(self, _answer: &R) -> Result<(), EmitError> {
        match self.0 {}
    }
}

impl ConnectError {
    #[must_use]
    pub fn data<T: DeserializeOwned>(&self) -> Option<Result<T, DecodeError>> {
        None
    }
}

/// An answer that nobody gives: [`AckError::Disconnected`], at once.
#[must_use = "dropping it ends the waiting: await it, or give it a `callback`"]
pub struct EmitWithAck<R> {
    is_over: bool,
    of: PhantomData<fn() -> R>,
}

impl<R> fmt::Debug for EmitWithAck<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmitWithAck").finish_non_exhaustive()
    }
}

impl<R: DeserializeOwned> EmitWithAck<R> {
    pub fn timeout(self, _timeout: Duration) -> Self {
        self
    }

    /// It is not called.
    pub fn callback(self, _callback: impl FnOnce(Result<R, AckError>) + 'static) {}
}

impl<R: DeserializeOwned> Future for EmitWithAck<R> {
    type Output = Result<R, AckError>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        self.is_over = true;
        Poll::Ready(Err(AckError::Disconnected))
    }
}

#[cfg(feature = "futures")]
impl<R: DeserializeOwned> FusedFuture for EmitWithAck<R> {
    fn is_terminated(&self) -> bool {
        self.is_over
    }
}
