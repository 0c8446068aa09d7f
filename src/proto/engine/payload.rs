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
    max: f64,
    used: f64,
}

impl Room {
    /// An empty body. `max` is the handshake's `maxPayload`, in bytes; if it isn't above zero,
    /// there is no limit.
    #[must_use]
    pub fn new(max: f64) -> Self {
        Self { max: if max > 0.0 { max } else { f64::INFINITY }, used: 0.0 }
    }

    /// Takes the room of one more packet of `bytes` UTF-8 bytes; says whether it fits.
    ///
    /// The first one always fits: a single packet can't be split, and the server's answer to one
    /// that is too large is the error that the user must see.
    pub fn take(&mut self, bytes: f64) -> bool {
        let is_first = self.used == 0.0;
        let used = if is_first { bytes } else { self.used + 1.0 + bytes };
        if !is_first && used > self.max {
            return false;
        }
        self.used = used;
        true
    }
}
