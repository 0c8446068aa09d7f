//! Socket.IO v5: one namespace of a connection.
//!
//! | link             | input                 | next             | done                          |
//! |------------------|-----------------------|------------------|-------------------------------|
//! | `Idle`           | connection open       | `Authenticating` | ask the user for `auth`       |
//! | `Authenticating` | `auth` is there       | `Connecting`     | the driver sends CONNECT      |
//! | `Authenticating` | wanted once more      | the same         | ask the user again            |
//! | `Connecting`     | CONNECT               | `Connected`      | tell the user                 |
//! | `Connecting`     | the user leaves       | `Outdated`       |                               |
//! | `Connecting`     | no answer in time     | `Idle`           | tell, make another connection |
//! | `Outdated`       | CONNECT               | `Leaving`        | send DISCONNECT               |
//! | `Connected`      | the user leaves       | `Leaving`        | send DISCONNECT               |
//! | `Leaving`        | some time has passed  | `Idle`           |                               |
//! | any              | CONNECT_ERROR         | `Idle`           | tell the user, if wanted      |
//! | any              | DISCONNECT            | `Idle`           | tell the user, if wanted      |
//! | any              | connection lost       | `Idle`           | tell the user, if `Connected` |
//!
//! `active` is the user's wish and outlives connections: an active namespace is connected again.
//! Also one that was left meanwhile, and is wanted again: with the `auth` that is then.

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
    Leaving,
    Authenticating,
    /// A CONNECT was sent. The answer may get lost on a connection that goes on: a browser repeats
    /// a GET whose connection was reset, and the answer to the first one is gone.
    Connecting,
    /// The same, but the user has left since: the answer counts for nothing.
    Outdated,
    Connected,
}

/// One namespace. See the module's table.
#[derive(Debug)]
pub(crate) struct Socket {
    pub(crate) nsp: NspId,
    /// Whether the user wants it connected.
    pub(crate) active: bool,
    pub(crate) link: Link,
    /// Until when a CONNECT has to wait, the user is not asked again, or an answer is waited for.
    until: Millis,
    /// Counts how often the user was asked, so that what belongs to an earlier connection is
    /// recognised.
    session: u32,
    /// The first one of this connection.
    first: u32,
}

impl Socket {
    pub(crate) fn new(nsp: NspId) -> Self {
        Self { nsp, active: false, link: Link::Idle, until: Millis(0), session: 0, first: 0 }
    }

    /// The connection is open, or this namespace is wanted on one that is. A user whose `auth` does
    /// not answer may try again; not at once, as who is asked may do so.
    pub(crate) fn start(&mut self, now: Millis, out: &mut Outputs) {
        let is_idle = self.link == Link::Idle;
        let is_late = self.link == Link::Authenticating && self.until <= now;
        if !self.active || !(is_idle || is_late) {
            return;
        }
        self.session = self.session.wrapping_add(1);
        if is_idle {
            self.first = self.session;
        }
        self.link = Link::Authenticating;
        self.until = now.after(PAUSE);
        out.push(Output::Authenticate { nsp: self.nsp, session: self.session });
    }

    /// The user's `auth` is there, or will not be: whether that still matters. Without it, the user
    /// has to try again. The server's answer is waited for.
    pub(crate) fn authenticate(&mut self, session: u32, is_ok: bool, now: Millis) -> bool {
        // Data counts whichever of several calls it is of, a failure only if it is of the last.
        let due = if is_ok { self.first } else { self.session };
        let is_due = due <= session && session <= self.session;
        let matters = self.link == Link::Authenticating && is_due;
        if matters {
            self.until = now.after(CONNECT_TIMEOUT);
            self.link = if is_ok { Link::Connecting } else { Link::Idle };
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
        self.link = Link::Leaving;
        self.until = now.after(PAUSE);
    }

    /// Until when a CONNECT has to wait, or its answer may.
    pub(crate) fn poll_timeout(&self) -> Millis {
        match self.link {
            Link::Leaving => self.until,
            // Who has left does not wait, but may come back: there must be no second CONNECT then.
            Link::Connecting | Link::Outdated if self.active => self.until,
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
        let was_leaving = self.link == Link::Leaving;
        self.link = Link::Idle;
        if was_leaving {
            self.start(now, out);
        }
        !was_leaving
    }

    /// The connection, or this namespace's part of it, is gone. Says whether it was connected.
    pub(crate) fn unlink(&mut self) -> bool {
        core::mem::replace(&mut self.link, Link::Idle) == Link::Connected
    }
}
