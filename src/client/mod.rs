//! The API for pages in Rust: [`Client`], [`Socket`] and what belongs to them.
//!
//! ```text
//! Builder      options, by Client::builder; makes a Connection
//! Client       a handle to a Connection: one server, its driver, its namespaces
//!  └ Socket       a handle to a Namespace: events, acknowledgements, state
//!     ├ sending      what is emitted: now, or when there is a connection
//!     ├ acks         who waits for an answer
//!     ├ listeners    who listens; guards
//!     └ typed, args, stream    serde, and futures::Stream (features)
//! ```
//!
//! Handles keep what they are handles to, listeners do not: the guard that a user holds owns the
//! closure, a socket only knows of it. User code is called with nothing borrowed.

mod acks;
#[cfg(feature = "serde")]
mod args;
mod auth;
mod builder;
mod connection;
mod event;
mod listeners;
mod namespace;
mod sending;
mod socket;
#[cfg(feature = "futures")]
mod stream;
#[cfg(feature = "serde")]
mod typed;

pub use acks::EmitWithAckRaw;
pub use auth::AuthReply;
pub use builder::Builder;
pub use connection::Client;
pub use event::{Ack, Event};
pub use listeners::Listener;
pub use socket::{Socket, WeakSocket};
#[cfg(all(feature = "futures", feature = "serde"))]
pub use stream::Events;
#[cfg(feature = "futures")]
pub use stream::{Connected, EventsRaw, Next, States};
#[cfg(feature = "serde")]
pub use typed::EmitWithAck;
