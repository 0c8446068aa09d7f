//! Which namespace a packet belongs to, and what it does there.

use alloc::vec::Vec;

use super::Manager;
use crate::proto::error::{ConnectError, DecodeError};
use crate::proto::output::{Event, NspId, Output, TransportId};
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
        let event = match header.packet_type {
            PacketType::Connect if is_session => return self.route_connect(nsp, data),
            PacketType::Connect if socket.link == Link::Idle => None,
            PacketType::Connect => {
                return self.route_refusal(nsp, ConnectError::IncompatibleServer, now);
            }
            PacketType::ConnectError => {
                return self.route_refusal(nsp, ConnectError::Rejected(data), now);
            }
            PacketType::Disconnect => return self.route_disconnect(nsp, now),
            PacketType::Event | PacketType::BinaryEvent => {
                socket.handle_event(header.id, data, attachments).map(Event::Message)
            }
            PacketType::Ack | PacketType::BinaryAck => {
                header.id.and_then(|id| socket.handle_ack(id, data, attachments))
            }
        };
        self.out.extend(event.map(Output::Event));
    }

    fn route_connect(&mut self, nsp: NspId, data: P) {
        let Some(socket) = self.sockets.get_mut(nsp.0) else { return };
        if !matches!(socket.link, Link::Connecting | Link::Connected) {
            return;
        }
        let (sent, received, event) = socket.handle_connect(data);
        // Listeners see what came before CONNECT first, and `connect` last: as in the reference.
        self.out.extend(received.into_iter().map(Event::Message).map(Output::Event));
        self.engine.write_all(sent, &mut self.out);
        self.out.extend(event.map(Output::Event));
    }

    fn route_refusal(&mut self, nsp: NspId, error: ConnectError<P>, now: Millis) {
        let Some(socket) = self.sockets.get_mut(nsp.0) else { return };
        let events = socket.handle_connect_error(error);
        self.close_if_unused(now);
        self.out.extend(events.into_iter().map(Output::Event));
    }

    fn route_disconnect(&mut self, nsp: NspId, now: Millis) {
        let Some(socket) = self.sockets.get_mut(nsp.0) else { return };
        let event = socket.handle_disconnect();
        self.close_if_unused(now);
        self.out.extend(event.map(Output::Event));
    }
}
