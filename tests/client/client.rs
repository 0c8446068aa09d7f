//! The server, how it is reached, and what the page sends away when a test is over.

use std::time::Duration;

use socketio_wasm::{Builder, TransportKind};

use super::page::LONGEST_WAIT;

/// The real server; the test's page has another origin.
pub(crate) const SERVER: &str = match option_env!("SOCKETIO_TEST_SERVER") {
    Some(url) => url,
    None => "http://localhost:3000",
};

/// Nothing listens there.
pub(crate) const DEAD: &str = "http://localhost:65535";

pub(crate) const EACH: [TransportKind; 2] = [TransportKind::WebSocket, TransportKind::Polling];

pub(crate) const fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// Options for tests: reconnection is quick, nothing falls back, no answer is awaited in vain.
pub(crate) fn to(url: &str) -> Builder {
    socketio_wasm::Client::builder(url)
        .fallback_delay(Duration::MAX)
        .ack_timeout(ms(LONGEST_WAIT.into()))
        .reconnection_delay(ms(20))
        .reconnection_delay_max(ms(20))
        .randomization_factor(0.0)
}

/// The main namespace of the real server, over one transport.
pub(crate) fn over(kind: TransportKind) -> Builder {
    to(SERVER).transports(&[kind])
}

/// A namespace of the real server.
pub(crate) fn at(nsp: &str) -> Builder {
    to(&[SERVER, nsp].concat()).transports(&[TransportKind::WebSocket])
}

/// A connection as the page knows it: it has none of its sockets.
pub(crate) struct Client(pub(crate) socketio_wasm::Client);

impl Client {
    pub(crate) fn forget_hook(&self) {}

    pub(crate) fn disconnect_all(&self) {
        self.0.disconnect();
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.0.transport().is_none()
    }
}
