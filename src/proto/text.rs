//! Text that the decoders look at without owning it.

use core::ops::Range;

/// A text of which single code units can be seen.
///
/// In the browser this is a JavaScript string, of which no copy is made. All that the two
/// protocols write themselves is ASCII, so it does not matter that the units of a JavaScript
/// string are UTF-16 and those of a `str` are bytes.
#[expect(clippy::len_without_is_empty, reason = "the decoders look at ranges, never at a whole")]
pub trait Text {
    /// The number of code units.
    fn len(&self) -> usize;

    /// The code unit at `at`; `None` behind the end.
    fn code_unit(&self, at: usize) -> Option<u16>;

    /// Where `unit`, one ASCII character, is next found, from `from` on.
    fn find(&self, unit: &str, from: usize) -> Option<usize>;
}

impl Text for str {
    fn len(&self) -> usize {
        self.len()
    }

    fn code_unit(&self, at: usize) -> Option<u16> {
        self.as_bytes().get(at).map(|&byte| byte.into())
    }

    fn find(&self, unit: &str, from: usize) -> Option<usize> {
        let found = self.get(from..)?.find(unit)?;
        from.checked_add(found)
    }
}

/// The code unit at `at`, if that is inside `range`.
pub(crate) fn unit_in<T: Text + ?Sized>(text: &T, range: &Range<usize>, at: usize) -> Option<u16> {
    range.contains(&at).then(|| text.code_unit(at))?
}

/// The value of a decimal digit.
pub(crate) fn digit(unit: u16) -> Option<u32> {
    let value = u32::from(unit).wrapping_sub(b'0'.into());
    (value < 10).then_some(value)
}

/// Reads decimal digits from `at` on: their value and the place behind them.
///
/// `None` as value when it does not fit an integer that JavaScript can hold exactly.
pub(crate) fn number<T: Text + ?Sized>(
    text: &T,
    range: &Range<usize>,
    mut at: usize,
) -> (Option<u64>, usize) {
    // MDN: Number.MAX_SAFE_INTEGER. Up to there a sum is exact; what is above it stays there.
    const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;
    let mut value = 0.0;
    while let Some(digit) = unit_in(text, range, at).and_then(digit) {
        value = value * 10.0 + f64::from(digit);
        at = at.wrapping_add(1);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is an integer")]
    let exact = (value <= MAX_SAFE_INTEGER).then_some(value as u64);
    (exact, at)
}
