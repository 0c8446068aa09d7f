//! Time as the state machines see it.

/// A point in time or a length of time, in milliseconds.
///
/// The origin is the driver's; it only must never go backwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millis(pub u64);

impl Millis {
    /// The longest time there is. As a deadline: none.
    pub const NEVER: Self = Self(u64::MAX);

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
