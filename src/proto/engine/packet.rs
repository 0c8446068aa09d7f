//! Engine.IO packets on the wire. Spec: engine.io-protocol v4, "Packet encoding".

use core::ops::Range;

use crate::proto::error::DecodeError;
use crate::proto::text::{Text, unit_in};

/// What an Engine.IO packet that came as text is, by its first code unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum PacketType {
    /// `0`: the handshake.
    Open,
    /// `1`: the peer closes this transport.
    Close,
    /// `2`: the heartbeat's question.
    Ping,
    /// `3`: the heartbeat's answer; the only one a client gets is `3probe`.
    Pong,
    /// `4`: a Socket.IO packet.
    Message,
    /// `5`: the upgrade is done. Only clients send it.
    Upgrade,
    /// `6`: nothing, to end a waiting poll.
    Noop,
    /// `b`: binary data as base64, the form it has in text.
    Base64,
}

impl PacketType {
    /// The type of the packet that fills `range` of `text`; its data begins one unit later.
    ///
    /// # Errors
    /// [`DecodeError::UnknownEnginePacket`] when it is empty or begins with anything else.
    pub fn decode<T: Text + ?Sized>(text: &T, range: &Range<usize>) -> Result<Self, DecodeError> {
        let unit = unit_in(text, range, range.start).and_then(|unit| u8::try_from(unit).ok());
        Ok(match unit {
            Some(b'0') => Self::Open,
            Some(b'1') => Self::Close,
            Some(b'2') => Self::Ping,
            Some(b'3') => Self::Pong,
            Some(b'4') => Self::Message,
            Some(b'5') => Self::Upgrade,
            Some(b'6') => Self::Noop,
            Some(b'b') => Self::Base64,
            _ => return Err(DecodeError::UnknownEnginePacket),
        })
    }
}

/// Whether the pong that fills `range` is the answer to a probe, `3probe`.
pub fn is_probe<T: Text + ?Sized>(text: &T, range: &Range<usize>) -> bool {
    let mut at = range.start;
    let mut next = |unit: u8| {
        at = at.wrapping_add(1);
        unit_in(text, range, at) == Some(unit.into())
    };
    b"probe".iter().all(|&unit| next(unit)) && at.wrapping_add(1) == range.end
}
