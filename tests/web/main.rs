//! The browser drivers, in real browsers and with the real server of `www/`.
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

mod address;
mod base64;
mod binary;
mod client;
mod clock;
mod connection;
mod decode;
mod dropping;
mod encode;
mod ends;
mod engine;
mod face;
mod frames;
mod host;
mod leaving;
mod log;
mod opening;
mod page;
mod payloads;
mod reentrancy;
mod remembering;
mod requests;
mod stand_in;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
