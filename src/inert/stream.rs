//! Streams that have ended before they begin.

use core::fmt;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::future::FusedFuture;
use futures_core::stream::{FusedStream, Stream};
#[cfg(feature = "serde")]
use serde::de::DeserializeOwned;

use super::Socket;
use crate::{ConnectError, State};

impl Socket {
    #[cfg(feature = "serde")]
    pub fn events<T: DeserializeOwned + 'static>(&self, _event: &str) -> Events<T> {
        Events(PhantomData)
    }

    pub fn states(&self) -> States {
        States(PhantomData)
    }

    pub fn connected(&self) -> Connected {
        Connected { is_over: false }
    }
}

#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Connected {
    is_over: bool,
}

impl Future for Connected {
    type Output = Result<(), ConnectError>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        self.is_over = true;
        Poll::Ready(Err(ConnectError::Disconnected))
    }
}

impl FusedFuture for Connected {
    fn is_terminated(&self) -> bool {
        self.is_over
    }
}

#[must_use = "futures do nothing unless they are awaited"]
pub struct Next<'a, T>(PhantomData<&'a T>);

impl<T> fmt::Debug for Next<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next").finish_non_exhaustive()
    }
}

impl<T> Future for Next<'_, T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(None)
    }
}

impl<T> FusedFuture for Next<'_, T> {
    fn is_terminated(&self) -> bool {
        true
    }
}

macro_rules! stream {
    ($(#[$feature:meta])? $stream:ident$(<$T:ident>)?, $Item:ty) => {
        $(#[$feature])?
        pub struct $stream$(<$T>)?(PhantomData<fn() -> $Item>);

        $(#[$feature])?
        impl$(<$T>)? fmt::Debug for $stream$(<$T>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($stream)).finish_non_exhaustive()
            }
        }

        $(#[$feature])?
        impl$(<$T>)? $stream$(<$T>)? {
            #[expect(clippy::should_implement_trait, reason = "it is a future that is next")]
            pub fn next(&mut self) -> Next<'_, $Item> {
                Next(PhantomData)
            }
        }

        $(#[$feature])?
        impl$(<$T>)? Stream for $stream$(<$T>)? {
            type Item = $Item;

            fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<$Item>> {
                Poll::Ready(None)
            }
        }

        $(#[$feature])?
        impl$(<$T>)? FusedStream for $stream$(<$T>)? {
            fn is_terminated(&self) -> bool {
                true
            }
        }
    };
}

stream!(#[cfg(feature = "serde")] Events<T>, T);
stream!(States, State);
