//! What a packet does to its namespace, and what it means for the user.

use super::Manager;
use crate::proto::error::DisconnectReason;
use crate::proto::output::{Delivery, Event, NspId, Output};
use crate::proto::socket::Link;
use crate::proto::socket::packet::PacketType;
use crate::proto::time::Millis;

impl Manager {
    /// A Socket.IO packet came over the current transport. `is_session` says whether it brings a
    /// `sid`. What is answered is told to the user after all outputs.
    pub fn handle_packet(
        &mut self,
        nsp: NspId,
        packet_type: PacketType,
        is_session: bool,
        now: Millis,
    ) -> Option<Delivery> {
        match packet_type {
            PacketType::Connect if is_session => return self.handle_connect(nsp, now),
            PacketType::Connect => {
                return self.handle_refusal(nsp, now).then_some(Delivery::IncompatibleServer);
            }
            PacketType::ConnectError => {
                return self.handle_refusal(nsp, now).then_some(Delivery::Rejected);
            }
            PacketType::Disconnect => self.handle_disconnect(nsp, now),
            _ => return self.route(nsp, packet_type),
        }
        None
    }

    /// As [`Self::handle_packet`] for events and answers, which change nothing: what such a packet
    /// means, if it is for the user.
    #[must_use]
    pub fn route(&self, nsp: NspId, packet_type: PacketType) -> Option<Delivery> {
        let socket = self.sockets.get(nsp.0 as usize)?;
        match packet_type {
            PacketType::Event | PacketType::BinaryEvent => {
                let is_due = matches!(socket.link, Link::Connected | Link::Connecting);
                (is_due && socket.active).then_some(Delivery::Event)
            }
            PacketType::Ack | PacketType::BinaryAck => Some(Delivery::Ack),
            _ => None,
        }
    }

    /// The server granted the namespace.
    fn handle_connect(&mut self, nsp: NspId, now: Millis) -> Option<Delivery> {
        let socket = self.sockets.get_mut(nsp.0 as usize)?;
        match socket.link {
            Link::Connected | Link::Connecting => {
                socket.link = Link::Connected;
                self.pause();
                return Some(Delivery::Connect);
            }
            Link::Outdated => {}
            _ => return None,
        }
        // The user changed their mind while the answer was on its way; perhaps twice.
        socket.leave(now);
        self.pause();
        self.out.push(Output::Disconnect(nsp));
        None
    }

    /// The server refused the namespace, now or, against the protocol, later. A user who left it
    /// before the answer came is not told.
    fn handle_refusal(&mut self, nsp: NspId, now: Millis) -> bool {
        let Some(socket) = self.sockets.get_mut(nsp.0 as usize) else { return false };
        if socket.link == Link::Outdated {
            socket.unlink();
            socket.start(now, &mut self.out);
            return false;
        }
        let was_wanted = core::mem::take(&mut socket.active);
        let was_connected = socket.unlink();
        if was_wanted {
            self.close_if_unused(now);
        }
        if was_connected {
            self.tell(Event::Disconnect(nsp, DisconnectReason::IoServerDisconnect));
        }
        was_wanted
    }

    /// The server ended the namespace, or, against the protocol, does so instead of granting it:
    /// then, too, the user must not wait for ever.
    fn handle_disconnect(&mut self, nsp: NspId, now: Millis) {
        let Some(socket) = self.sockets.get_mut(nsp.0 as usize) else { return };
        // It has crossed ours, and ends what was left already.
        if socket.active && matches!(socket.link, Link::Leaving | Link::Authenticating) {
            return;
        }
        let was_wanted = core::mem::take(&mut socket.active);
        socket.unlink();
        if was_wanted {
            self.close_if_unused(now);
            self.tell(Event::Disconnect(nsp, DisconnectReason::IoServerDisconnect));
        }
    }
}
