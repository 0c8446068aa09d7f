//! What the state machines want done.

use alloc::vec::Vec;

use super::engine::Packet;
use super::error::{ConnectError, DisconnectReason};
use super::options::Candidate;

/// Names one transport of one manager; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TransportId(pub u32);

/// Names one namespace of one manager, in the order in which they were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NspId(pub u32);

/// One thing for the driver to do. They are to be done in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Make a transport. A WebSocket connects; long-polling waits for its first [`Output::Poll`].
    Open {
        /// How it will be called from now on.
        id: TransportId,
        /// What it is.
        transport: Candidate,
        /// The transport whose session it joins; `None` when it is to begin a session.
        session_of: Option<TransportId>,
    },
    /// Long-polling: send a GET. None is waiting.
    Poll(TransportId),
    /// Send a packet over this transport, before all that is in the write buffer. Long-polling: in
    /// a POST of its own; then call `handle_drain`.
    Send(TransportId, Packet),
    /// Put a packet into the write buffer. Neither after this nor after [`Output::Disconnect`] is
    /// there a need to call `write`.
    Write(Packet),
    /// Put a DISCONNECT packet for this namespace into the write buffer.
    Disconnect(NspId),
    /// Hand the write buffer over to this transport. Long-polling: call `handle_drain` when all of
    /// it has arrived. At a session's end a POST may still be under way, then it goes behind that;
    /// or there may be nothing in it, then `handle_drain` is due at once.
    Flush(TransportId),
    /// Throw the write buffer away: the session that it was for is gone.
    Discard,
    /// Close a transport at once and forget it. Nothing more may be reported of it.
    Close(TransportId),
    /// Ask the user for the data of a CONNECT packet, and call `authenticate`.
    Authenticate {
        /// The namespace to connect.
        nsp: NspId,
        /// To be given back, so that an answer from an earlier connection is recognised.
        session: u32,
    },
    /// Tell the user.
    Event(Event),
}

/// What a user is told, beside what a [`Delivery`] brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// An attempt to connect begins.
    Opening,
    /// The connection is open, over this transport.
    Open(TransportId),
    /// This transport is there and may take over.
    Upgrading(TransportId),
    /// The connection moved on to this transport.
    Upgrade(TransportId),
    /// A transport that the open connection tried to move on to did not work.
    UpgradeError,
    /// The server asked for a sign of life, and got it.
    Ping,
    /// The attempt to connect failed. Each namespace that waits for it is told next.
    Failed(ConnectError),
    /// The namespace could not be connected, because of what failed.
    ConnectError(NspId),
    /// The connection could not be made, because of what failed.
    Error,
    /// The connection ended.
    Close(DisconnectReason),
    /// An attempt to reconnect begins; they are counted from 1.
    ReconnectAttempt(u32),
    /// The connection is open again, after so many attempts.
    Reconnect(u32),
    /// The attempt to reconnect failed, because of what failed.
    ReconnectError,
    /// That was the last attempt allowed.
    ReconnectFailed,
    /// A connected namespace is no longer.
    Disconnect(NspId, DisconnectReason),
}

/// What a packet means for the user. Its data is with the driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The namespace is connected. The data is the server's: `sid`, and `pid` with state recovery.
    Connect,
    /// The server refused the namespace; the data says why. There is no reconnection.
    Rejected,
    /// The server answered as one of Socket.IO v2 does: CONNECT without a session id.
    IncompatibleServer,
    /// An event of the server, maybe before it has granted the namespace.
    Event,
    /// The answer to an event.
    Ack,
}

/// Outputs that wait to be carried out, first in, first out.
///
/// Mostly there is one, and the queue is emptied after each input; a `VecDeque` would bring 3 kB.
#[derive(Debug, Default)]
pub(crate) struct Outputs {
    items: Vec<Output>,
    next: usize,
}

impl Outputs {
    pub(crate) fn push(&mut self, output: Output) {
        self.items.push(output);
    }

    pub(crate) fn tell(&mut self, event: Event) {
        self.push(Output::Event(event));
    }

    pub(crate) fn pop_front(&mut self) -> Option<Output> {
        let output = self.items.get(self.next).copied();
        self.next = self.next.wrapping_add(1);
        if output.is_none() {
            self.items.clear();
            self.next = 0;
        }
        output
    }
}
