//! What can go wrong: an enum for each thing that can fail, a variant for each way.

use core::error::Error;
use core::fmt;

#[cfg(target_family = "wasm")]
use wasm_bindgen::JsValue;

#[cfg(target_family = "wasm")]
use crate::web::host::message_of;

/// Without a browser there is none.
#[cfg(not(target_family = "wasm"))]
type JsValue = core::convert::Infallible;

#[cfg(not(target_family = "wasm"))]
fn message_of(value: &JsValue) -> String {
    match *value {}
}

/// The caller's options make no client: see [`Builder::build`](crate::Builder::build).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The URL names no server. The text says what is wrong with it.
    Url(String),
    /// An option has a value that it can't have. The text names it.
    Option(&'static str),
    /// What was given to [`Builder::auth`](crate::Builder::auth) can't be sent. The text says why.
    Auth(String),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(text) => f.write_str(text),
            Self::Option(text) => f.write_str(text),
            Self::Auth(text) => write!(f, "auth: {text}"),
        }
    }
}

impl Error for BuildError {}

/// The caller's event can't be sent, now or ever. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EmitError {
    /// The event's name belongs to the library: `connect`, `connect_error`, `disconnect`,
    /// `disconnecting`, `newListener` or `removeListener`.
    ReservedName,
    /// The data can't be made into JSON. The text says why, and names the event where it was emitted
    /// as Rust data.
    Encode(String),
    /// There is more binary data than [`Builder::max_attachments`](crate::Builder::max_attachments)
    /// allows.
    TooManyAttachments {
        /// How many there are.
        count: u32,
        /// How many are allowed.
        max: u32,
    },
    /// The server would end the connection for a packet of this size: it is above the `maxPayload`
    /// of its handshake, which counts for long-polling. Sizes are in bytes.
    TooLarge {
        /// The size of the packet.
        size: u32,
        /// The server's `maxPayload`.
        max: u32,
    },
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReservedName => f.write_str("the event name is reserved"),
            Self::Encode(text) => f.write_str(text),
            Self::TooManyAttachments { count, max } => {
                write!(f, "{count} binary attachments are more than max_attachments, {max}")
            }
            Self::TooLarge { size, max } => {
                write!(f, "a packet of {size} bytes is above the server's maxPayload, {max}")
            }
        }
    }
}

impl Error for EmitError {}

/// There is no answer to an event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AckError {
    /// The caller's fault: the event could not be sent.
    Emit(EmitError),
    /// The server's or the network's: no answer came in time. The server may have got the event.
    Timeout,
    /// The network's or the server's, or the caller has disconnected: the connection ended before
    /// the answer came, or the socket is gone. The server may have got the event.
    Disconnected,
    /// The server's answer is not of the type that was asked for.
    Decode(DecodeError),
}

impl fmt::Display for AckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Emit(error) => error.fmt(f),
            // The reference client's texts.
            Self::Timeout => f.write_str("operation has timed out"),
            Self::Disconnected => f.write_str("socket has been disconnected"),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl Error for AckError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Emit(error) => Some(error),
            Self::Decode(error) => Some(error),
            Self::Timeout | Self::Disconnected => None,
        }
    }
}

impl From<EmitError> for AckError {
    fn from(error: EmitError) -> Self {
        Self::Emit(error)
    }
}

impl From<DecodeError> for AckError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

/// A namespace could not be connected. After [`Transport`](Self::Transport) and
/// [`Timeout`](Self::Timeout) there is another attempt, if reconnection is on; after the others
/// [`Socket::connect`](crate::Socket::connect) makes one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ConnectError {
    /// The network's, or the server's: no transport got through. The JavaScript error says how far
    /// the last one came.
    Transport(JsValue),
    /// The network's, or the server's: no connection came about within
    /// [`Builder::timeout`](crate::Builder::timeout).
    Timeout,
    /// This browser has none of [`Builder::transports`](crate::Builder::transports).
    NoTransport,
    /// The server refused the namespace, by a middleware for one.
    Rejected {
        /// The message of the server's error.
        message: String,
        /// The `data` of the server's error; `undefined` if there is none.
        data: JsValue,
    },
    /// The server speaks Socket.IO v2.
    IncompatibleServer,
    /// The page's own: there is no data for `auth`, or its function panicked. The text says why.
    Auth(String),
    /// Nobody's: the page or the server has ended the connection, or nothing has begun one. It is
    /// only told where one is [waited for](crate::Socket::connected).
    Disconnected,
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => f.write_str(&message_of(error)),
            Self::Timeout => f.write_str("timeout"),
            Self::NoTransport => f.write_str("No transports available"),
            Self::Rejected { message, .. } => f.write_str(message),
            Self::IncompatibleServer => f.write_str("the server speaks Socket.IO v2"),
            Self::Auth(text) => f.write_str(text),
            Self::Disconnected => f.write_str("the socket is disconnected"),
        }
    }
}

impl Error for ConnectError {}

/// The server sent data that is not of the type that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    event: String,
    message: String,
}

impl DecodeError {
    #[cfg(all(target_family = "wasm", feature = "serde"))]
    pub(crate) fn new(event: String, message: String) -> Self {
        Self { event, message }
    }

    /// The name of the event, or of the event that was answered.
    #[must_use]
    pub fn event(&self) -> &str {
        &self.event
    }

    /// Serde's message: what doesn't fit.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the data of the event \"{}\" does not fit: {}", self.event, self.message)
    }
}

impl Error for DecodeError {}
