//! Socket.IO v5: one namespace of a connection.
//!
//! | link             | input                 | next             | done                          |
//! |------------------|-----------------------|------------------|-------------------------------|
//! | `Idle`           | connection open       | `Authenticating` | ask the user for `auth`       |
//! | `Authenticating` | `auth` is there       | `Connecting`     | send CONNECT                  |
//! | `Connecting`     | CONNECT, still wanted | `Connected`      | deliver and send the buffers  |
//! | `Connecting`     | CONNECT, not wanted   | `Idle`           | send DISCONNECT               |
//! | any              | CONNECT_ERROR         | `Idle`           | tell the user, if wanted      |
//! | any              | DISCONNECT            | `Idle`           | tell the user, if wanted      |
//! | any              | connection lost       | `Idle`           | tell the user, if `Connected` |
//!
//! `active` is the user's wish and outlives connections: an active namespace is connected again.

mod acks;
pub(crate) mod attachments;
pub mod packet;

use alloc::string::String;
use alloc::vec::Vec;

use super::engine::Packet;
use super::output::{Message, NspId, Output, Outputs};
use acks::Acks;

/// How far this namespace is on the current connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    Idle,
    Authenticating,
    Connecting,
    Connected,
}

/// One namespace. See the module's table.
#[derive(Debug)]
pub(crate) struct Socket<P> {
    pub(crate) nsp: NspId,
    /// Its name, `None` for the main one.
    pub(crate) name: Option<String>,
    /// Whether the user wants it connected.
    pub(crate) active: bool,
    pub(crate) link: Link,
    /// Counts connections, so that what belongs to an earlier one is recognised.
    pub(crate) session: u32,
    acks: Acks<P>,
    /// Events emitted before the connection was there.
    pub(crate) send_buffer: Vec<Packet<P>>,
    /// Events that came before CONNECT.
    pub(crate) receive_buffer: Vec<Message<P>>,
}

impl<P> Socket<P> {
    pub(crate) fn new(nsp: NspId, name: Option<String>) -> Self {
        Self {
            nsp,
            name,
            active: false,
            link: Link::Idle,
            session: 0,
            acks: Acks::new(),
            send_buffer: Vec::new(),
            receive_buffer: Vec::new(),
        }
    }

    /// The connection is open, or this namespace is wanted on one that is.
    pub(crate) fn start(&mut self, out: &mut Outputs<P>) {
        if self.active && self.link == Link::Idle {
            self.link = Link::Authenticating;
            self.session = self.session.wrapping_add(1);
            out.push_back(Output::Authenticate { nsp: self.nsp, session: self.session });
        }
    }

    /// The user's `auth` is there.
    pub(crate) fn authenticate(&mut self, session: u32, auth: Option<P>) -> Option<Packet<P>> {
        if self.link != Link::Authenticating || self.session != session {
            return None;
        }
        self.link = Link::Connecting;
        Some(Packet::Connect(self.nsp, auth))
    }

    /// The user's `auth` failed: whether that still matters. It needs the user to try again.
    pub(crate) fn reject_auth(&mut self, session: u32) -> bool {
        let matters = self.link == Link::Authenticating && self.session == session;
        if matters {
            self.link = Link::Idle;
            self.active = false;
        }
        matters
    }

    /// An event of the user, to be sent now or when the connection is there.
    pub(crate) fn emit(&mut self, data: P, callback: Option<P>) -> Option<Packet<P>> {
        let id = callback.map(|callback| self.acks.add(callback));
        let packet = Packet::Event(self.nsp, id, data);
        if self.link == Link::Connected {
            return Some(packet);
        }
        self.send_buffer.push(packet);
        None
    }

    /// The user's answer to an event. One to an earlier connection has nobody to go to.
    pub(crate) fn ack(&self, session: u32, id: u64, data: P) -> Option<Packet<P>> {
        let is_current = self.link == Link::Connected && self.session == session;
        is_current.then_some(Packet::Ack(self.nsp, id, data))
    }

    /// An event of the server: `Some` if it is to be delivered now.
    pub(crate) fn handle_event(
        &mut self,
        id: Option<u64>,
        data: P,
        attachments: Vec<P>,
    ) -> Option<Message<P>> {
        let message = Message { nsp: self.nsp, data, attachments, id, session: self.session };
        match self.link {
            Link::Connected => return Some(message),
            Link::Connecting if self.active => self.receive_buffer.push(message),
            Link::Idle | Link::Authenticating | Link::Connecting => {}
        }
        None
    }

    /// Who waits for an answer. An unknown id is a late or second answer.
    pub(crate) fn handle_ack(&mut self, id: u64) -> Option<P> {
        self.acks.take(id)
    }

    /// The connection, or this namespace's part of it, is gone. What has not been sent is kept.
    /// Says whether it was connected.
    pub(crate) fn unlink(&mut self) -> bool {
        let was_connected = self.link == Link::Connected;
        self.link = Link::Idle;
        self.receive_buffer.clear();
        if was_connected {
            self.acks.clear();
        }
        was_connected
    }
}
