//! Socket.IO packets on the wire: `<type>[<n>-][<nsp>,][<id>][JSON]`.
//! Spec: socket.io-protocol v5, "Packet encoding".

use core::ops::Range;

use crate::proto::error::DecodeError;
use crate::proto::text::{Text, digit, number, unit_in};

/// The seven types of Socket.IO packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum PacketType {
    /// `0`: the client asks for a namespace, the server grants it.
    Connect,
    /// `1`: either side leaves a namespace.
    Disconnect,
    /// `2`: an event.
    Event,
    /// `3`: the answer to an event.
    Ack,
    /// `4`: the server refuses a namespace.
    ConnectError,
    /// `5`: an event with binary attachments.
    BinaryEvent,
    /// `6`: the answer to an event, with binary attachments.
    BinaryAck,
}

impl PacketType {
    /// The type that a digit stands for.
    #[must_use]
    pub fn from_digit(digit: u32) -> Option<Self> {
        Some(match digit {
            0 => Self::Connect,
            1 => Self::Disconnect,
            2 => Self::Event,
            3 => Self::Ack,
            4 => Self::ConnectError,
            5 => Self::BinaryEvent,
            6 => Self::BinaryAck,
            _ => return None,
        })
    }

    /// Whether this is an event or an answer: what changes nothing in the connection.
    #[must_use]
    pub fn is_data(self) -> bool {
        matches!(self, Self::Event | Self::Ack) || self.is_binary()
    }

    /// Whether packets of this type announce attachments.
    #[must_use]
    pub fn is_binary(self) -> bool {
        matches!(self, Self::BinaryEvent | Self::BinaryAck)
    }
}

/// All of a packet but its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What kind of packet it is.
    pub packet_type: PacketType,
    /// How many binary attachments follow.
    pub attachments: u32,
    /// Where the namespace's name is. `None`: the main one, `/`.
    pub nsp: Option<Range<usize>>,
    /// The acknowledgement id.
    pub id: Option<u64>,
}

impl Header {
    /// Reads the header of the packet that fills `range` of `text` (the Engine.IO type is not part
    /// of it). Returns it with the place where the data begins; `range.end` when there is none.
    ///
    /// # Errors
    /// One of [`DecodeError`]'s for an unknown type, attachments that are not announced as the
    /// specification says or are more than `max_attachments`, or an id that no integer holds.
    pub fn decode<T: Text + ?Sized>(
        text: &T,
        range: &Range<usize>,
        max_attachments: u32,
    ) -> Result<(Self, usize), DecodeError> {
        let packet_type = unit_in(text, range, range.start)
            .and_then(digit)
            .and_then(PacketType::from_digit)
            .ok_or(DecodeError::UnknownPacketType)?;
        let mut at = range.start.wrapping_add(1);
        let mut header = Self { packet_type, attachments: 0, nsp: None, id: None };
        if packet_type.is_binary() {
            (header.attachments, at) = attachments(text, range, at, max_attachments)?;
        }
        (header.nsp, at) = namespace(text, range, at);
        let (id, data_at) = number(text, range, at);
        if data_at > at {
            header.id = Some(id.ok_or(DecodeError::IllegalId)?);
        }
        Ok((header, data_at))
    }
}

/// `<n>-`: how many attachments follow.
fn attachments<T: Text + ?Sized>(
    text: &T,
    range: &Range<usize>,
    at: usize,
    max: u32,
) -> Result<(u32, usize), DecodeError> {
    let (count, end) = number(text, range, at);
    if unit_in(text, range, end) != Some(b'-'.into()) || count == Some(0) {
        return Err(DecodeError::IllegalAttachments);
    }
    let count = count.and_then(|count| u32::try_from(count).ok()).filter(|&count| count <= max);
    Ok((count.ok_or(DecodeError::TooManyAttachments)?, end.wrapping_add(1)))
}

/// `<nsp>,`: a namespace begins with `/` and goes on to the comma, or to the end.
fn namespace<T: Text + ?Sized>(
    text: &T,
    range: &Range<usize>,
    at: usize,
) -> (Option<Range<usize>>, usize) {
    if unit_in(text, range, at) != Some(b'/'.into()) {
        return (None, at);
    }
    let comma = text.find(",", at).filter(|&comma| comma < range.end);
    let end = comma.unwrap_or(range.end);
    let is_main = end == at.wrapping_add(1);
    ((!is_main).then_some(at..end), comma.map_or(end, |comma| comma.wrapping_add(1)))
}
