//! Long-polling payloads: several packets in one HTTP body.
//! Spec: engine.io-protocol v4, "Packet encoding" of HTTP long-polling.

use core::ops::Range;

use crate::proto::text::Text;

/// U+001E, what stands between two packets.
pub const SEPARATOR: &str = "\u{1E}";

/// The ranges of the packets in a payload, in order. An empty text is one empty packet.
pub fn split<T: Text + ?Sized>(text: &T) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut next = Some(0);
    core::iter::from_fn(move || {
        let start = next?;
        let end = text.find(SEPARATOR, start);
        next = end.map(|end| end.wrapping_add(1));
        Some(start..end.unwrap_or_else(|| text.len()))
    })
}

/// Decides how many packets go into one POST body, so that none is above `maxPayload`.
#[derive(Debug)]
pub struct Room {
    max: u64,
    used: u64,
}

impl Room {
    /// An empty body. `max` is the handshake's `maxPayload`, in bytes; `None`: without limit.
    #[must_use]
    pub fn new(max: Option<u64>) -> Self {
        Self { max: max.unwrap_or(u64::MAX), used: 0 }
    }

    /// Takes the room of one more packet of `bytes` UTF-8 bytes; says whether it fits.
    ///
    /// The first one always fits: a single packet can't be split, and the server's answer to one
    /// that is too large is the error that the user must see.
    pub fn take(&mut self, bytes: u64) -> bool {
        let separator = u64::from(self.used > 0);
        let used = self.used.saturating_add(separator).saturating_add(bytes);
        if self.used > 0 && used > self.max {
            return false;
        }
        self.used = used;
        true
    }
}
