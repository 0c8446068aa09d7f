//! What the state machines want done.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::engine::Packet;
use super::error::{ConnectError, DisconnectReason};
use super::options::TransportKind;

/// Names one transport of one manager; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TransportId(pub u32);

/// Names one namespace of one manager, in the order in which they were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NspId(pub usize);

/// One thing for the driver to do. They are to be done in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output<P> {
    /// Make a transport. A WebSocket connects; long-polling waits for its first [`Output::Poll`].
    Open {
        /// How it will be called from now on.
        id: TransportId,
        /// What it is.
        kind: TransportKind,
        /// The transport whose session it joins; `None` when it is to begin a session.
        session_of: Option<TransportId>,
    },
    /// Long-polling: send a GET. None is waiting.
    Poll(TransportId),
    /// Take a packet. A WebSocket sends it, long-polling collects until [`Output::Flush`].
    Send(TransportId, Packet<P>),
    /// Long-polling: send what was collected; call `handle_drain` when all of it has arrived. When
    /// a POST is still under way, what was collected is the session's end and goes behind it.
    Flush(TransportId),
    /// Close a transport at once and forget it. Nothing more may be reported of it.
    Close(TransportId),
    /// Ask the user for the data of a CONNECT packet and call `authenticate` with it.
    Authenticate {
        /// The namespace to connect.
        nsp: NspId,
        /// To be given back, so that an answer from an earlier connection is recognised.
        session: u32,
    },
    /// Tell the user.
    Event(Event<P>),
}

/// What a user is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<P> {
    /// The connection is open, over this transport.
    Open(TransportId),
    /// The connection moved on to this transport.
    Upgrade(TransportId),
    /// A transport that the open connection tried to move on to did not work.
    UpgradeError,
    /// The server asked for a sign of life, and got it.
    Ping,
    /// The connection could not be made.
    Error(Rc<ConnectError<P>>),
    /// The connection ended. The driver's own details are with it, where there are any.
    Close(DisconnectReason, Option<Rc<P>>),
    /// An attempt to reconnect begins; they are counted from 1.
    ReconnectAttempt(u32),
    /// The connection is open again, after so many attempts.
    Reconnect(u32),
    /// The attempt to reconnect failed.
    ReconnectError(Rc<ConnectError<P>>),
    /// That was the last attempt allowed.
    ReconnectFailed,
    /// A namespace is connected. The data is the server's: `sid`, and `pid` with state recovery.
    Connect(NspId, P),
    /// A namespace could not be connected.
    ConnectError(NspId, Rc<ConnectError<P>>),
    /// A connected namespace is no longer.
    Disconnect(NspId, DisconnectReason, Option<Rc<P>>),
    /// An event of the server.
    Message(Message<P>),
    /// The answer to one of our events.
    Ack {
        /// What was given to `emit`.
        callback: P,
        /// The arguments: an array.
        data: P,
        /// The binary attachments whose places are marked in `data`.
        attachments: Vec<P>,
    },
}

/// An event of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<P> {
    /// The namespace it came to.
    pub nsp: NspId,
    /// The name and the arguments: an array.
    pub data: P,
    /// The binary attachments whose places are marked in `data`.
    pub attachments: Vec<P>,
    /// The id to answer with, if the server wants an answer.
    pub id: Option<u64>,
    /// The connection that an answer belongs to.
    pub session: u32,
}

/// Outputs that wait to be carried out, first in, first out.
///
/// Mostly there is one, and the queue is emptied after each input; a `VecDeque` would bring 3 kB.
#[derive(Debug)]
pub(crate) struct Outputs<P> {
    items: Vec<Option<Output<P>>>,
    next: usize,
}

impl<P> Outputs<P> {
    pub(crate) fn new() -> Self {
        Self { items: Vec::new(), next: 0 }
    }

    pub(crate) fn push_back(&mut self, output: Output<P>) {
        self.items.push(Some(output));
    }

    pub(crate) fn tell(&mut self, event: Event<P>) {
        self.push_back(Output::Event(event));
    }

    pub(crate) fn extend(&mut self, outputs: impl IntoIterator<Item = Output<P>>) {
        for output in outputs {
            self.push_back(output);
        }
    }

    pub(crate) fn pop_front(&mut self) -> Option<Output<P>> {
        let output = self.items.get_mut(self.next).and_then(Option::take);
        self.next = self.next.wrapping_add(1);
        if output.is_none() {
            self.items.clear();
            self.next = 0;
        }
        output
    }
}
