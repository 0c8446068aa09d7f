//! Where the manager stands: see the table in `mod.rs`.

use crate::proto::time::Millis;

/// Where the connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Closed,
    Opening {
        deadline: Millis,
    },
    Open,
    /// Another attempt is planned when whoever hears of the end has heard: what they change counts.
    Ended {
        at: Millis,
    },
    Waiting {
        until: Millis,
    },
    /// The attempt begins when whoever hears of it has heard.
    Announced {
        at: Millis,
    },
}

impl State {
    /// Whether an attempt is planned.
    pub(super) fn is_planned(self) -> bool {
        matches!(self, Self::Waiting { .. } | Self::Announced { .. })
    }
}
