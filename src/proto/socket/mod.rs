//! Socket.IO v5: one namespace of a connection.
//!
//! | link             | input                 | next             | done                          |
//! |------------------|-----------------------|------------------|-------------------------------|
//! | `Idle`           | connection open       | `Authenticating` | ask the user for `auth`       |
//! | `Authenticating` | `auth` is there       | `Connecting`     | the driver sends CONNECT      |
//! | `Connecting`     | CONNECT, still wanted | `Connected`      | tell the user                 |
//! | `Connecting`     | CONNECT, not wanted   | `Leaving`        | send DISCONNECT               |
//! | `Connecting`     | no answer in time     | `Idle`           | tell, make another connection |
//! | `Connected`      | the user leaves       | `Leaving`        | send DISCONNECT               |
//! | `Leaving`        | some time has passed  | `Idle`           |                               |
//! | any              | CONNECT_ERROR         | `Idle`           | tell the user, if wanted      |
//! | any              | DISCONNECT            | `Idle`           | tell the user, if wanted      |
//! | any              | connection lost       | `Idle`           | tell the user, if `Connected` |
//!
//! `active` is the user's wish and outlives connections: an active namespace is connected again.

pub mod attachments;
pub mod packet;

use super::output::{NspId, Output, Outputs};
use super::time::Millis;

/// How long after DISCONNECT a CONNECT of the same namespace goes over the same connection. The
/// server takes it for an error as long as it has not handled the one before, and nothing tells
/// when it has.
const PAUSE: Millis = Millis(50);

/// How long the answer to CONNECT may take: as long as the server itself waits for a client's first
/// CONNECT (its `connectTimeout`).
const CONNECT_TIMEOUT: Millis = Millis(45_000);

/// How far this namespace is on the current connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    Idle,
    /// A DISCONNECT was sent.
    Leaving {
        until: Millis,
    },
    Authenticating,
    /// A CONNECT was sent. The answer may get lost on a connection that goes on: a browser repeats
    /// a GET whose connection was reset, and the answer to the first one is gone.
    Connecting {
        until: Millis,
    },
    Connected,
}

/// One namespace. See the module's table.
#[derive(Debug)]
pub(crate) struct Socket {
    pub(crate) nsp: NspId,
    /// Whether the user wants it connected.
    pub(crate) active: bool,
    pub(crate) link: Link,
    /// Counts connections, so that what belongs to an earlier one is recognised.
    session: u32,
}

impl Socket {
    pub(crate) fn new(nsp: NspId) -> Self {
        Self { nsp, active: false, link: Link::Idle, session: 0 }
    }

    /// The connection is open, or this namespace is wanted on one that is.
    pub(crate) fn start(&mut self, out: &mut Outputs) {
        if self.active && self.link == Link::Idle {
            self.link = Link::Authenticating;
            self.session = self.session.wrapping_add(1);
            out.push(Output::Authenticate { nsp: self.nsp, session: self.session });
        }
    }

    /// The user's `auth` is there, or will not be: whether that still matters. Without it, the user
    /// has to try again. The server's answer is waited for.
    pub(crate) fn authenticate(&mut self, session: u32, is_ok: bool, now: Millis) -> bool {
        let matters = self.link == Link::Authenticating && self.session == session;
        if matters {
            let until = now.after(CONNECT_TIMEOUT);
            self.link = if is_ok { Link::Connecting { until } } else { Link::Idle };
            self.active &= is_ok;
        }
        matters
    }

    /// Whether it is wanted, and not connected yet.
    pub(crate) fn is_waiting(&self) -> bool {
        self.active && self.link != Link::Connected
    }

    /// A DISCONNECT is sent.
    pub(crate) fn leave(&mut self, now: Millis) {
        self.link = Link::Leaving { until: now.after(PAUSE) };
    }

    /// Until when a CONNECT has to wait, or its answer may.
    pub(crate) fn poll_timeout(&self) -> Millis {
        match self.link {
            Link::Leaving { until } => until,
            // Who has left does not wait, but may come back: there must be no second CONNECT then.
            Link::Connecting { until } if self.active => until,
            _ => Millis::NEVER,
        }
    }

    /// Connects again if that has waited for long enough. Says whether an answer was missed: the
    /// server may count this namespace as connected, and its events would look like those of a
    /// second CONNECT, so that only another connection makes that clear.
    pub(crate) fn handle_timeout(&mut self, now: Millis, out: &mut Outputs) -> bool {
        if self.poll_timeout() > now {
            return false;
        }
        let was_connecting = matches!(self.link, Link::Connecting { .. });
        self.link = Link::Idle;
        if !was_connecting {
            self.start(out);
        }
        was_connecting
    }

    /// The connection, or this namespace's part of it, is gone. Says whether it was connected.
    pub(crate) fn unlink(&mut self) -> bool {
        core::mem::replace(&mut self.link, Link::Idle) == Link::Connected
    }
}
