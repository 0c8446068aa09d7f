//! The two protocols as pure state machines: no browser, clock, randomness, JSON or formatting, and
//! none of the user's data.
//!
//! The contract, for [`Manager`](manager::Manager), the only door:
//!
//! 1. *From transports*: `handle_open`, `handle_handshake`, `handle_packet`, `handle_ping`,
//!    `handle_pong`, `handle_poll_end`, `handle_drain`, `handle_failure`, `handle_unexpected`.
//! 2. *From the user*: `open`, `close`, `connect`, `disconnect`, `authenticate`, `write`.
//! 3. *Time*: `handle_timeout(now)` when `poll_timeout()` says so: one minimum over all deadlines.
//! 4. *Outputs*: after each of these, `poll_output()` until `None`. They are facts to be carried
//!    out in order; carrying one out may call any of the above again.
//! 5. The user's data stays with the driver. What must be known of it comes beside it, and packets
//!    to send wait in the driver's write buffer until [`Output::Flush`](output::Output::Flush).
//! 6. Time never goes backwards. Commands check the heartbeat, so a late timer is noticed.

pub mod engine;
pub mod error;
pub mod manager;
pub mod options;
pub mod output;
pub mod socket;
pub mod text;
pub mod time;

mod backoff;
