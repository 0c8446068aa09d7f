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
