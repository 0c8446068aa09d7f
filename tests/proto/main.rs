//! The protocols' state machines, natively and as wasm: no browser, no server, no sleeping.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy.toml frees only the test functions themselves"
)]

mod any_text;
mod attachments;
mod closing;
mod codec;
mod commands;
mod connection;
#[cfg(not(target_family = "wasm"))]
mod delivery;
mod driver;
mod engine;
mod engine_codec;
mod fallback;
#[cfg(not(target_family = "wasm"))]
mod model;
mod namespaces;
mod page_life;
#[cfg(not(target_family = "wasm"))]
mod properties;
mod random;
mod reconnection;
mod sessions;
mod time;
mod transcript;
mod upgrade;
mod upgrade_load;
mod walk;
mod walks;
mod world;

/// The attribute that makes a test run in either world.
#[cfg(not(target_family = "wasm"))]
pub(crate) use core::prelude::v1::test;
#[cfg(target_family = "wasm")]
pub(crate) use wasm_bindgen_test::wasm_bindgen_test as test;

// Browsers are where the wasm has to work; without this the tests run in Node.js alone.
#[cfg(target_family = "wasm")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
