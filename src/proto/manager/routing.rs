//! Which namespace a packet belongs to, and what it does there.

use alloc::vec::Vec;

use super::Manager;
use crate::proto::engine::Packet;
use crate::proto::error::{ConnectError, DecodeError, DisconnectReason};
use crate::proto::output::{Event, NspId, TransportId};
use crate::proto::socket::Link;
use crate::proto::socket::attachments::Complete;
use crate::proto::socket::packet::{Header, PacketType};
use crate::proto::time::Millis;

impl<P> Manager<P> {
    /// Handles a packet once all of it is there. `is_session` says whether it brings a `sid`.
    pub(super) fn handle_complete(
        &mut self,
        id: TransportId,
        complete: Result<Option<Complete<P>>, DecodeError>,
        is_session: bool,
        now: Millis,
    ) {
        match complete {
            Ok(None) => {}
            Ok(Some((header, data, attachments))) => {
                if let Some(nsp) = self.find(header.nsp.as_deref()) {
                    self.route(nsp, &header, data, attachments, is_session, now);
                }
            }
            Err(error) => self.handle_decode_error(id, error, now),
        }
    }

    fn route(
        &mut self,
        nsp: NspId,
        header: &Header,
        data: P,
        attachments: Vec<P>,
        is_session: bool,
        now: Millis,
    ) {
        let Some(socket) = self.sockets.get_mut(nsp.0) else { return };
        match header.packet_type {
            PacketType::Connect if is_session => self.route_connect(nsp, data),
            PacketType::Connect if socket.link == Link::Idle => {}
            PacketType::Connect => self.route_refusal(nsp, ConnectError::IncompatibleServer, now),
            PacketType::ConnectError => {
                self.route_refusal(nsp, ConnectError::Rejected(data), now);
            }
            PacketType::Disconnect => self.route_disconnect(nsp, now),
            PacketType::Event | PacketType::BinaryEvent => {
                if let Some(message) = socket.handle_event(header.id, data, attachments) {
                    self.tell(Event::Message(message));
                }
            }
            PacketType::Ack | PacketType::BinaryAck => {
                if let Some(callback) = header.id.and_then(|id| socket.handle_ack(id)) {
                    self.tell(Event::Ack { callback, data, attachments });
                }
            }
        }
    }

    /// The server granted the namespace.
    fn route_connect(&mut self, nsp: NspId, data: P) {
        let Some(socket) = self.sockets.get_mut(nsp.0) else { return };
        if !matches!(socket.link, Link::Connecting | Link::Connected) {
            return;
        }
        if !socket.active {
            // The user changed their mind while the answer was on its way.
            socket.unlink();
            self.engine.write(Packet::Disconnect(nsp), &mut self.out);
            return;
        }
        socket.link = Link::Connected;
        let received = core::mem::take(&mut socket.receive_buffer);
        let sent = core::mem::take(&mut socket.send_buffer);
        // Listeners see what came before CONNECT first, and `connect` last: as in the reference.
        for message in received {
            self.tell(Event::Message(message));
        }
        self.engine.write_all(sent, &mut self.out);
        self.tell(Event::Connect(nsp, data));
    }

    /// The server refused the namespace, now or, against the protocol, later. A user who left it
    /// before the answer came is not told.
    fn route_refusal(&mut self, nsp: NspId, error: ConnectError<P>, now: Millis) {
        let Some(socket) = self.sockets.get_mut(nsp.0) else { return };
        let was_wanted = core::mem::take(&mut socket.active);
        let was_connected = socket.unlink();
        self.close_if_unused(now);
        if was_connected {
            self.tell(Event::Disconnect(nsp, DisconnectReason::IoServerDisconnect, None));
        }
        if was_wanted {
            self.tell(Event::ConnectError(nsp, error.into()));
        }
    }

    /// The server ended the namespace, or, against the protocol, does so instead of granting it:
    /// then, too, the user must not wait for ever.
    fn route_disconnect(&mut self, nsp: NspId, now: Millis) {
        let Some(socket) = self.sockets.get_mut(nsp.0) else { return };
        let was_wanted = core::mem::take(&mut socket.active);
        socket.unlink();
        self.close_if_unused(now);
        if was_wanted {
            self.tell(Event::Disconnect(nsp, DisconnectReason::IoServerDisconnect, None));
        }
    }
}
