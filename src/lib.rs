//! The Socket.IO client for the browser, in Rust and WebAssembly.
//!
//! It speaks Engine.IO v4 and Socket.IO v5 to an unmodified `socket.io` server, over a WebSocket
//! where the browser has one that works, over HTTP long-polling where it does not.
//!
//! Where things live; arrows point down:
//!
//! ```text
//! js       the npm package's API: io(), Socket, Manager        (feature `js`, wasm only)
//!  └ web      drivers: browser objects, timer, JSON, listeners  (wasm only)
//!     └ proto    the two protocols, sans IO
//!        ├ manager    one connection: namespaces, reconnection, routing of packets
//!        ├ engine     Engine.IO v4: session, heartbeat; fallback, upgrade, closing; packets
//!        ├ socket     Socket.IO v5: one namespace; packets, attachments, acks
//!        ├ output     what the machines want done, and what users are told
//!        ├ url        which server, path and namespace an address means
//!        └ options, error, text, time, backoff
//! ```
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod proto;

#[cfg(target_family = "wasm")]
pub mod web;

#[cfg(all(target_family = "wasm", feature = "js"))]
mod js;
