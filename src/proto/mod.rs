//! The two protocols as pure state machines: no browser, clock, randomness, JSON or formatting.
//!
//! The contract, for [`Manager`](manager::Manager), the only door:
//!
//! 1. *From transports*: `handle_open`, `handle_handshake`, `handle_packet`, `handle_attachment`,
//!    `handle_ping`, `handle_pong`, `handle_poll_end`, `handle_drain`, `handle_error`,
//!    `handle_close`, `handle_decode_error`.
//! 2. *From the user*: `connect`, `disconnect`, `authenticate`, `emit`, `ack`.
//! 3. *Time*: `handle_timeout(now)` when `poll_timeout()` says so: one minimum over all deadlines.
//! 4. *Outputs*: after each of these, `poll_output()` until `None`. They are facts to be carried
//!    out in order; carrying one out may call any of the above again.
//! 5. `P`, the user's data, has no bound. What must be known of it comes beside it.
//! 6. Time never goes backwards. Commands check the heartbeat, so a late timer is noticed.

pub mod engine;
pub mod error;
pub mod manager;
pub mod options;
pub mod output;
pub mod socket;
pub mod text;
pub mod time;
pub mod url;

mod backoff;
