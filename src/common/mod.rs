//! What the API has on every target: also where a page is rendered on a server, without a browser.

pub(crate) mod error;
#[cfg(feature = "serde")]
pub(crate) mod handler;
pub(crate) mod state;
