//! Where a socket is, how it is connected and why no longer, as a page shows it: also one that is
//! rendered on a server, where there is no socket.

use core::fmt;

use crate::proto::error::DisconnectReason;
use crate::proto::options::TransportKind;

/// Where a [`Socket`](crate::Socket) is. It is there on every target.
///
/// ```
/// # use socketio_wasm::State;
/// assert_eq!(State::Connected.as_str(), "connected");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum State {
    /// Not connected, and nothing will change that but [`Socket::connect`](crate::Socket::connect).
    #[default]
    Disconnected,
    /// On the way to the first connection; a failed attempt is followed by the next.
    Connecting,
    /// Events go both ways.
    Connected,
    /// The connection was lost, and is being made again.
    Reconnecting,
}

impl State {
    /// The state as an English word: `"disconnected"`, `"connecting"`, `"connected"` or
    /// `"reconnecting"`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Disconnected => "disconnected",
            Self::Connecting => "connecting",
            Self::Connected => "connected",
            Self::Reconnecting => "reconnecting",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for DisconnectReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for TransportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
