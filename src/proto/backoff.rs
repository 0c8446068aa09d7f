//! How long to wait before the next reconnection attempt.

use super::options::ManagerOptions;
use super::time::Millis;

/// Counts attempts and makes each wait longer than the one before.
#[derive(Debug, Default)]
pub(crate) struct Backoff {
    /// Attempts since the last success.
    pub(crate) attempts: u32,
}

impl Backoff {
    /// The wait before the next attempt, which is counted.
    ///
    /// `reconnectionDelay · 2ⁿ`, moved up or down by at most `randomizationFactor` of itself,
    /// capped by `reconnectionDelayMax`. `jitter` is a random number in `0..1`.
    pub(crate) fn next(&mut self, options: &ManagerOptions, jitter: f64) -> Millis {
        // Enough to make of a millisecond more than anyone waits.
        let doubled = 1_u64 << self.attempts.min(62);
        self.attempts = self.attempts.saturating_add(1);
        #[expect(clippy::cast_precision_loss)]
        let delay = options.reconnection_delay.0 as f64 * doubled as f64;
        let spread = 1.0 + options.randomization_factor * (jitter * 2.0 - 1.0);
        Millis::from_f64(delay * spread).unwrap_or_default().min(options.reconnection_delay_max)
    }
}
