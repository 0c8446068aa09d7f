//! Time as the state machines see it.

/// A point in time or a length of time, in milliseconds.
///
/// The origin is the driver's; it only must never go backwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(pub u64);

impl Millis {
    /// From a JavaScript number of milliseconds, rounded down.
    ///
    /// `None` when it is negative or not a number; `+Infinity` becomes the longest time there is.
    #[must_use]
    pub fn from_f64(ms: f64) -> Option<Self> {
        // `as` saturates, and the comparison is false for NaN.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (ms >= 0.0).then_some(Self(ms as u64))
    }

    /// This time, `length` later. The longest time stays what it is: never.
    #[must_use]
    pub fn after(self, length: Self) -> Self {
        Self(self.0.saturating_add(length.0))
    }

    /// How long it is until `deadline`; nothing when that is past.
    #[must_use]
    pub fn until(self, deadline: Self) -> Self {
        Self(deadline.0.saturating_sub(self.0))
    }
}

/// The earlier of two deadlines that may be absent.
pub(crate) fn earliest(a: Option<Millis>, b: Option<Millis>) -> Option<Millis> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Whether a deadline that may be absent is past.
pub(crate) fn is_due(deadline: Option<Millis>, now: Millis) -> bool {
    deadline.is_some_and(|at| at <= now)
}
