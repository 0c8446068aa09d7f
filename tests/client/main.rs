//! The Rust API, in real browsers and with the real server of `www/`.
//! `npm run test:browser` starts both.
#![cfg(target_family = "wasm")]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy.toml frees only the test functions themselves"
)]

mod acks;
mod again;
mod answers;
mod auth;
mod buffers;
mod cancelling;
mod client;
mod connecting;
mod dropping;
mod ends;
mod listeners;
mod memory;
mod namespaces;
mod options;
mod page_life;
mod reconnecting;
mod refused;
mod states;
mod user;

#[cfg(feature = "serde")]
mod binary;
#[cfg(feature = "serde")]
mod mismatch;
#[cfg(feature = "serde")]
mod typed;
#[cfg(feature = "serde")]
mod typed_acks;
#[cfg(feature = "serde")]
mod values;

#[cfg(feature = "futures")]
mod state_streams;
#[cfg(feature = "futures")]
mod streams;
#[cfg(all(feature = "serde", feature = "futures"))]
mod typed_streams;
#[cfg(feature = "futures")]
mod waiting;

// What the tests of the drivers have of a page serves here too; not all of it is needed.
#[allow(dead_code, reason = "tests/web needs more of it")]
#[path = "../web/log.rs"]
mod log;
#[allow(dead_code, reason = "tests/web needs more of it")]
#[path = "../web/page.rs"]
mod page;
#[allow(dead_code, reason = "tests/web needs more of it")]
#[path = "../web/stand_in.rs"]
mod stand_in;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
