//! The Socket.IO client for the browser, in Rust and WebAssembly.
//!
//! It speaks Engine.IO v4 and Socket.IO v5 to an unmodified `socket.io` server, over a WebSocket
//! where the browser has one that works, over HTTP long-polling where it does not.
//!
//! Where things live; arrows point down:
//!
//! ```text
//! npm      the npm package's API, in JavaScript: io(), Manager, Socket, Engine, Transport
//!  └ js       what it has of a connection: the class Core    (feature `js`, wasm only)
//!     └ web      drivers: browser objects, the timer, the wire  (wasm only)
//!        ├ host.js    what JavaScript does with its values: JSON, binary data, HTTP
//!        └ proto      the two protocols, sans IO
//!           ├ manager    one connection: namespaces, reconnection, routing of packets
//!           ├ engine     Engine.IO v4: session, heartbeat; fallback, upgrade, closing; packets
//!           ├ socket     Socket.IO v5: one namespace; packets, attachments
//!           ├ output     what the machines want done, and what users are told
//!           └ options, error, text, time, backoff
//! ```
//!
//! The user's data never enters the wasm's memory. What needs to know it (events and their
//! acknowledgements, buffers, retries, state recovery) is JavaScript, in `npm`.
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod proto;

#[cfg(target_family = "wasm")]
pub mod web;

#[cfg(target_family = "wasm")]
mod client;

#[cfg(all(target_family = "wasm", feature = "serde", feature = "futures"))]
#[doc = include_str!("../docs/rust.md")]
pub mod guide {}

#[cfg(target_family = "wasm")]
pub use client::*;
#[cfg(target_family = "wasm")]
pub use proto::{error::DisconnectReason, options::TransportKind};

#[cfg(all(target_family = "wasm", feature = "js"))]
mod js;
