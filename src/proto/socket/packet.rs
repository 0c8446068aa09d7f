//! Socket.IO packets on the wire: `<type>[<n>-][<nsp>,][<id>][JSON]`.
//! Spec: socket.io-protocol v5, "Packet encoding".

use alloc::string::String;
use core::ops::Range;

use crate::proto::error::DecodeError;
use crate::proto::text::{Text, digit, number, unit_in};

/// The seven types of Socket.IO packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    fn digit(self) -> &'static str {
        match self {
            Self::Connect => "0",
            Self::Disconnect => "1",
            Self::Event => "2",
            Self::Ack => "3",
            Self::ConnectError => "4",
            Self::BinaryEvent => "5",
            Self::BinaryAck => "6",
        }
    }

    fn from_digit(digit: u64) -> Option<Self> {
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

    /// Whether packets of this type announce attachments.
    #[must_use]
    pub fn is_binary(self) -> bool {
        matches!(self, Self::BinaryEvent | Self::BinaryAck)
    }

    /// Whether data of this form may follow. Spec: socket.io-protocol v5, "Packet types".
    #[must_use]
    pub fn accepts(self, shape: Shape) -> bool {
        match self {
            Self::Connect => matches!(shape, Shape::None | Shape::Object | Shape::Session),
            Self::Disconnect => matches!(shape, Shape::None),
            Self::Event | Self::BinaryEvent => matches!(shape, Shape::Event),
            Self::Ack | Self::BinaryAck => matches!(shape, Shape::Event | Shape::Array),
            Self::ConnectError => matches!(shape, Shape::Object | Shape::Session | Shape::String),
        }
    }
}

/// The form of a packet's data, as far as the protocol cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// There is none.
    None,
    /// An object with a string `sid`, as a server grants a namespace.
    Session,
    /// Any other object.
    Object,
    /// An array that may be an event: it begins with a number or with a name that isn't reserved.
    Event,
    /// Any other array.
    Array,
    /// A string.
    String,
    /// Any other JSON value, or text that is not JSON at all.
    Other,
}

/// All of a packet but its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// What kind of packet it is.
    pub packet_type: PacketType,
    /// How many binary attachments follow.
    pub attachments: u32,
    /// The namespace. `None`: the main one, `/`.
    pub nsp: Option<String>,
    /// The acknowledgement id.
    pub id: Option<u64>,
}

impl Header {
    /// A header with neither attachments nor namespace nor id.
    #[must_use]
    pub fn new(packet_type: PacketType) -> Self {
        Self { packet_type, attachments: 0, nsp: None, id: None }
    }

    /// The text that stands before the packet's data, with the Engine.IO message type in front.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = String::from("4");
        text.push_str(self.packet_type.digit());
        if self.packet_type.is_binary() {
            push_number(&mut text, self.attachments.into());
            text.push('-');
        }
        if let Some(nsp) = &self.nsp {
            text.push_str(nsp);
            text.push(',');
        }
        if let Some(id) = self.id {
            push_number(&mut text, id);
        }
        text
    }

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
        let mut header = Self::new(packet_type);
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

/// `to_string` would bring all of `core::fmt` into the npm package.
fn push_number(text: &mut String, number: u64) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    let digit = (number % 10) as usize;
    text.push_str("0123456789".get(digit..digit.wrapping_add(1)).unwrap_or_default());
}

/// `<n>-`: how many attachments follow.
fn attachments<T: Text + ?Sized>(
    text: &T,
    range: &Range<usize>,
    at: usize,
    max: u32,
) -> Result<(u32, usize), DecodeError> {
    let (count, end) = number(text, range, at);
    if end == at || unit_in(text, range, end) != Some(b'-'.into()) || count == Some(0) {
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
) -> (Option<String>, usize) {
    if unit_in(text, range, at) != Some(b'/'.into()) {
        return (None, at);
    }
    let comma = text.find(",", at).filter(|&comma| comma < range.end);
    let end = comma.unwrap_or(range.end);
    let nsp = Some(text.slice(at..end)).filter(|nsp| nsp != "/");
    (nsp, comma.map_or(end, |comma| comma.wrapping_add(1)))
}
