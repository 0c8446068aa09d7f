//! What a user may choose, with the reference client's defaults where it has them.

use alloc::vec::Vec;

use super::time::Millis;

/// How a transport carries Engine.IO packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransportKind {
    /// By HTTP requests, one GET and one POST at a time.
    /// Spec: engine.io-protocol v4, "HTTP long-polling".
    Polling,
    /// By a channel that is open in both directions. Spec: engine.io-protocol v4, "WebSocket".
    WebSocket,
}

impl TransportKind {
    /// The reference client's name: `"polling"` or `"websocket"`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Polling => "polling",
            Self::WebSocket => "websocket",
        }
    }
}

/// A transport that may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// How it behaves.
    pub kind: TransportKind,
    /// Which implementation it is: the driver's own number.
    pub tag: u8,
}

impl From<TransportKind> for Candidate {
    fn from(kind: TransportKind) -> Self {
        Self { kind, tag: 0 }
    }
}

/// How one connection to a server behaves.
#[derive(Clone, Debug)]
pub struct ManagerOptions {
    /// The transports to try, first to last. Default: WebSocket, then long-polling.
    ///
    /// The driver leaves out those that the browser does not have.
    pub transports: Vec<Candidate>,
    /// Whether a connection that began with long-polling moves on to a WebSocket. Default: yes.
    /// Spec: engine.io-protocol v4, "Upgrade".
    pub upgrade: bool,
    /// How long a transport may stay silent before the next one is tried beside it.
    /// Default: 2 s. The longest time: never.
    pub fallback_delay: Millis,
    /// How long a connection attempt may take in all. Default: 20 s. The longest time: no limit.
    pub timeout: Millis,
    /// Whether a lost connection is made again. Default: yes.
    pub reconnection: bool,
    /// How often that is tried before giving up. Default and 0: without end.
    pub reconnection_attempts: u32,
    /// The wait before the first reconnection attempt; doubled with each. Default: 1 s.
    pub reconnection_delay: Millis,
    /// The longest wait between two attempts. Default: 5 s.
    pub reconnection_delay_max: Millis,
    /// By what part of itself a wait is moved at random, 0 to 1. Default: 0.5.
    pub randomization_factor: f64,
}

impl Default for ManagerOptions {
    fn default() -> Self {
        Self {
            transports: Vec::from([TransportKind::WebSocket.into(), TransportKind::Polling.into()]),
            upgrade: true,
            fallback_delay: Millis(2_000),
            timeout: Millis(20_000),
            reconnection: true,
            reconnection_attempts: 0,
            reconnection_delay: Millis(1_000),
            reconnection_delay_max: Millis(5_000),
            randomization_factor: 0.5,
        }
    }
}
