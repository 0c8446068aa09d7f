//! The fuzzer's bytes as choices and numbers.

use crate::random::Chance;

pub(crate) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self(data)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn next(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    /// Eight bytes; those that are missing are zero.
    pub(crate) fn number(&mut self) -> u64 {
        u64::from_le_bytes([(); 8].map(|()| self.next().unwrap_or(0)))
    }
}

impl Chance for Bytes<'_> {
    /// As few bytes as will do. Behind the last one it is always the largest, which mostly stands
    /// for what is seldom: nothing happens any more.
    fn below(&mut self, end: u64) -> u64 {
        let (mut value, mut values) = (0, 1_u64);
        while values < end {
            let Some(byte) = self.next() else { return end - 1 };
            value = value << 8 | u64::from(byte);
            values = values.saturating_mul(256);
        }
        value % end
    }
}
