//! What a driver relies on: it carries out outputs and checks that they can be.

use std::collections::BTreeMap;

use socketio_wasm::proto::engine::Packet;
use socketio_wasm::proto::options::TransportKind::{self, Polling, WebSocket};
use socketio_wasm::proto::output::{Event, Output, TransportId};

/// What a driver knows of a transport.
pub(crate) struct Transport {
    pub(crate) id: TransportId,
    pub(crate) kind: TransportKind,
    pub(crate) is_open: bool,
    /// A WebSocket that is to take over, until it does.
    pub(crate) joining: Option<Joining>,
    pub(crate) has_get: bool,
    pub(crate) has_post: bool,
    /// Packets that no POST has taken yet.
    pub(crate) unsent: usize,
    /// `1` was sent: the last packet.
    pub(crate) said_goodbye: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joining {
    Opening,
    Probed,
    Answered,
}

/// The data of events is numbers that only grow.
#[derive(Default)]
pub(crate) struct Driver {
    pub(crate) transports: Vec<Transport>,
    last_sent: [u64; 3],
    last_delivered: [u64; 3],
    answered: Vec<u64>,
    /// How often what happened: a walk that never gets anywhere shows nothing.
    pub(crate) seen: BTreeMap<&'static str, u32>,
}

impl Driver {
    pub(crate) fn perform(&mut self, output: &Output<u64>) {
        match *output {
            Output::Open { id, kind, session_of } => self.open(id, kind, session_of),
            Output::Poll(id) => {
                let transport = self.usable(id);
                assert!(transport.kind == Polling && !transport.has_get, "two GETs");
                transport.has_get = true;
            }
            Output::Send(id, ref packet) => self.send(id, packet),
            Output::Flush(id) => {
                let transport = &mut self.transports[id.0 as usize];
                assert!(transport.is_open && transport.kind == Polling);
                assert!(transport.unsent > 0, "an empty POST");
                assert!(!transport.has_post || transport.said_goodbye, "two POSTs");
                transport.has_post = true;
                transport.unsent = 0;
            }
            Output::Close(id) => {
                let transport = &mut self.transports[id.0 as usize];
                assert!(transport.is_open, "closed twice");
                assert!(transport.unsent == 0, "packets are left behind");
                transport.is_open = false;
            }
            Output::Authenticate { .. } => {}
            Output::Event(ref event) => self.hear(event),
        }
    }

    fn count(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    fn usable(&mut self, id: TransportId) -> &mut Transport {
        let transport = &mut self.transports[id.0 as usize];
        assert!(transport.is_open && !transport.said_goodbye, "{id:?} is not in use");
        transport
    }

    fn open(&mut self, id: TransportId, kind: TransportKind, session_of: Option<TransportId>) {
        assert_eq!(id.0 as usize, self.transports.len(), "ids are used once");
        if let Some(of) = session_of {
            assert_eq!(self.usable(of).kind, Polling);
            assert_eq!(kind, WebSocket);
        }
        self.transports.push(Transport {
            id,
            kind,
            is_open: true,
            joining: session_of.map(|_| Joining::Opening),
            has_get: false,
            has_post: false,
            unsent: 0,
            said_goodbye: false,
        });
        let racing = self.transports.iter().filter(|transport| transport.is_open).count();
        self.count(if racing > 1 { "race" } else { "single" });
    }

    fn send(&mut self, id: TransportId, packet: &Packet<u64>) {
        let transport = self.usable(id);
        if transport.kind == Polling {
            transport.unsent += 1;
        }
        match packet {
            Packet::Probe => transport.joining = Some(Joining::Probed),
            Packet::Close => {
                assert_eq!(transport.kind, Polling);
                transport.said_goodbye = true;
                self.count("goodbye");
            }
            Packet::Event(nsp, _, data) => {
                let last = &mut self.last_sent[nsp.0];
                assert!(*data > *last, "sent twice, or overtaken: {data} after {last}");
                *last = *data;
                self.count("sent");
            }
            _ => {}
        }
    }

    fn hear(&mut self, event: &Event<u64>) {
        match event {
            Event::Open(id) | Event::Upgrade(id) => {
                assert!(self.transports[id.0 as usize].is_open);
                self.transports[id.0 as usize].joining = None;
                self.count(if matches!(event, Event::Open(_)) { "open" } else { "upgrade" });
            }
            Event::Connect(..) => self.count("connect"),
            Event::Message(message) => {
                let last = &mut self.last_delivered[message.nsp.0];
                assert!(message.data > *last, "delivered twice, or overtaken");
                *last = message.data;
                self.count("message");
            }
            Event::Ack { callback, .. } => {
                assert!(!self.answered.contains(callback), "answered twice");
                self.answered.push(*callback);
                self.count("ack");
            }
            Event::UpgradeError => self.count("upgrade_error"),
            Event::Reconnect(_) => self.count("reconnect"),
            _ => {}
        }
    }
}
