//! What can go wrong, one variant per way to fail, and what follows from it.

/// The peer sent something that is not the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// An Engine.IO packet is empty or its type is unknown.
    /// Spec: engine.io-protocol v4, "Packet encoding".
    UnknownEnginePacket,
    /// A base64 packet of a long-polling payload is not base64.
    /// Spec: engine.io-protocol v4, "Packet encoding" of HTTP long-polling.
    InvalidBase64,
    /// The first packet is not an open packet with the fields of a handshake.
    /// Spec: engine.io-protocol v4, "Handshake".
    InvalidHandshake,
    /// A Socket.IO packet's type is unknown.
    /// Spec: socket.io-protocol v5, "Packet encoding".
    UnknownPacketType,
    /// The number of attachments is missing, zero or not followed by `-`.
    IllegalAttachments,
    /// There are more attachments than allowed.
    TooManyAttachments,
    /// The acknowledgement id is larger than any JavaScript integer.
    IllegalId,
    /// The data is not JSON, or not of the form that the packet's type wants.
    InvalidPayload,
    /// An attachment came that no packet announced.
    UnexpectedBinary,
    /// A packet came where an attachment was due.
    UnexpectedText,
}

impl DecodeError {
    /// A short English text; those that the reference client also has are the same as its own.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownEnginePacket | Self::InvalidBase64 | Self::InvalidHandshake => {
                "server error"
            }
            Self::UnknownPacketType => "unknown packet type",
            Self::IllegalAttachments => "illegal attachments",
            Self::TooManyAttachments => "too many attachments",
            Self::IllegalId => "illegal id",
            Self::InvalidPayload => "invalid payload",
            Self::UnexpectedBinary => "got binary data when not reconstructing a packet",
            Self::UnexpectedText => "got plaintext data when reconstructing a packet",
        }
    }
}

/// Why an open connection ended. The texts are those of the reference client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DisconnectReason {
    /// The server disconnected this namespace. There is no reconnection.
    IoServerDisconnect,
    /// This side called `disconnect`. There is no reconnection.
    IoClientDisconnect,
    /// No ping came within `pingInterval + pingTimeout`.
    PingTimeout,
    /// The transport was closed by the server or the network.
    TransportClose,
    /// The transport failed: an HTTP error, or bytes that are not Engine.IO.
    TransportError,
    /// A packet was not valid Socket.IO.
    ParseError,
    /// The manager was closed by this side.
    ForcedClose,
}

impl DisconnectReason {
    /// The reference client's text, as `disconnect` listeners get it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::IoServerDisconnect => "io server disconnect",
            Self::IoClientDisconnect => "io client disconnect",
            Self::PingTimeout => "ping timeout",
            Self::TransportClose => "transport close",
            Self::TransportError => "transport error",
            Self::ParseError => "parse error",
            Self::ForcedClose => "forced close",
        }
    }
}

impl From<DecodeError> for DisconnectReason {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::UnknownEnginePacket
            | DecodeError::InvalidBase64
            | DecodeError::InvalidHandshake => Self::TransportError,
            DecodeError::UnknownPacketType
            | DecodeError::IllegalAttachments
            | DecodeError::TooManyAttachments
            | DecodeError::IllegalId
            | DecodeError::InvalidPayload
            | DecodeError::UnexpectedBinary
            | DecodeError::UnexpectedText => Self::ParseError,
        }
    }
}

/// Why a connection could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectError {
    /// The last transport tried failed: the driver knows how.
    Transport,
    /// Nothing usable came within `timeout`.
    Timeout,
    /// None of the transports asked for exists in this browser.
    NoTransport,
}
