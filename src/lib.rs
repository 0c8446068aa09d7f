//! The Socket.IO client for the browser, in Rust and WebAssembly.
//!
//! It speaks Engine.IO v4 and Socket.IO v5 to an unmodified `socket.io` server, over a WebSocket
//! where the browser has one that works, over HTTP long-polling where it does not.
//!
//! ```no_run
//! # #[cfg(all(target_family = "wasm", feature = "serde", feature = "futures"))]
//! # mod page {
//! # use core::time::Duration;
//! # use serde::{Deserialize, Serialize};
//! # #[derive(Serialize)] struct Token<'a> { jwt: &'a str }
//! # #[derive(Serialize)] struct Hey { counter: u32 }
//! # #[derive(Serialize)] struct Question { about: &'static str }
//! # #[derive(Deserialize)] struct Answer { text: String }
//! # #[derive(Deserialize)] struct Message { text: String }
//! # fn show(_: &str) {}
//! use socketio_wasm::Client;
//!
//! # async fn chat(jwt: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let socket = Client::builder("https://example.com/chat")
//!     .auth(&Token { jwt })
//!     .reconnection_delay_max(Duration::from_secs(10))
//!     .connect()?;
//!
//! // Ends when `hello` is dropped.
//! let hello = socket.on("hello", |counter: u32| show(&counter.to_string()));
//! socket.emit("hey", &Hey { counter: 1 })?;
//!
//! let question = Question { about: "tea" };
//! let answer: Answer =
//!     socket.emit_with_ack("ask", &question).timeout(Duration::from_secs(2)).await?;
//! show(&answer.text);
//!
//! let mut messages = socket.events::<Message>("message");
//! while let Some(message) = messages.next().await {
//!     show(&message.text);
//! }
//! # Ok(())
//! # }
//! # }
//! ```
//!
//! The [`guide`](https://docs.rs/socketio-wasm/latest/wasm32-unknown-unknown/socketio_wasm/guide/)
//! has the rest, and working code for Leptos, Yew and Dioxus. On a target that is not wasm, where a
//! page is rendered on a server, the API compiles and nothing connects.
//!
//! # Features
//!
//! - `serde` (default): events, acknowledgements and `auth` as Rust types
//! - `futures` (default): events and states as streams
//! - `js`: what the npm package is made of; a Rust page has no use for it
//!
//! # Where things live
//!
//! Arrows point down:
//!
//! ```text
//! npm      the npm package's API, in JavaScript: io(), Manager, Socket, Engine, Transport
//!  └ js       what it asks for and is told, by number    (feature `js`, wasm only)
//! client   the API for pages in Rust: Client, Socket, events  (wasm only)
//!  └ typed, stream     with serde, as streams              (features `serde`, `futures`)
//! inert    the same API where there is no browser: nothing connects  (not wasm)
//!  └ common   what it has on every target: State, errors, what can listen
//!     js and client stand on
//! web      the driver: inputs to the machine, its outputs to JavaScript  (wasm only)
//!  ├ network.js       what JavaScript has of a connection: the text and the data that came,
//!  │                  the write buffer, the clock and a timer. Only numbers cross
//!  ├ transports.js    a WebSocket, long-polling
//!  ├ host.js          what JavaScript does with its values: JSON, binary data, errors; for `client`
//!  │                  what it has of a namespace: listeners, what waits, recovery
//!  └ proto      the two protocols, sans IO
//!     ├ manager    one connection: namespaces, reconnection, routing of packets
//!     ├ engine     Engine.IO v4: session, heartbeat; fallback, upgrade, closing; packets
//!     ├ socket     Socket.IO v5: one namespace; packets, attachments
//!     ├ output     what the machines want done, and what users are told
//!     └ options, error, text, time, backoff
//! ```
//!
//! The text of a message is never copied into the wasm's memory: it is parsed, and taken apart,
//! as the JavaScript string that it is. Only what a Rust listener is called with becomes Rust
//! data.
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

pub mod proto;

mod common;

#[cfg(target_family = "wasm")]
pub mod web;

#[cfg(target_family = "wasm")]
mod client;

#[cfg(not(target_family = "wasm"))]
mod inert;
#[cfg(not(target_family = "wasm"))]
use inert as client;

#[cfg(all(target_family = "wasm", feature = "serde", feature = "futures"))]
#[doc = include_str!("../docs/rust.md")]
pub mod guide {}

#[cfg(feature = "serde")]
pub use client::EmitWithAck;
#[cfg(all(feature = "serde", feature = "futures"))]
pub use client::Events;
pub use client::{Ack, AuthReply, Builder, Client, Event, Listener, Socket, WeakSocket};
#[cfg(feature = "futures")]
pub use client::{Connected, Next, States};
pub use common::error::{AckError, BuildError, ConnectError, DecodeError, EmitError};
#[cfg(feature = "serde")]
pub use common::handler::{Handler, HandlerOnce};
pub use common::state::State;
// One by one: then the compiler knows on another target why there is none of them.
#[cfg(target_family = "wasm")]
pub use client::EmitWithAckRaw;
#[cfg(all(target_family = "wasm", feature = "futures"))]
pub use client::EventsRaw;
// Their types are in the API.
#[doc(inline)]
pub use proto::{error::DisconnectReason, options::TransportKind};
#[cfg(target_family = "wasm")]
pub use {js_sys, wasm_bindgen};

#[cfg(all(target_family = "wasm", feature = "js"))]
mod js;
