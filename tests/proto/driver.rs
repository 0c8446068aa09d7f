//! What a driver relies on: it carries out outputs and checks that they can be.

use core::fmt;
use std::collections::BTreeMap;

use socketio_wasm::proto::engine::Packet;
use socketio_wasm::proto::error::DisconnectReason::IoServerDisconnect;
use socketio_wasm::proto::options::TransportKind::{self, Polling, WebSocket};
use socketio_wasm::proto::output::{Event, NspId, Output, TransportId};
use socketio_wasm::proto::time::Millis;

/// What a driver knows of a transport.
#[derive(Debug)]
pub(crate) struct Transport {
    pub(crate) id: TransportId,
    pub(crate) kind: TransportKind,
    pub(crate) is_open: bool,
    session_of: Option<TransportId>,
    /// A WebSocket that is to take over, until it does.
    pub(crate) joining: Option<Joining>,
    /// Until when that may take.
    pub(crate) joining_until: Option<Millis>,
    pub(crate) has_get: bool,
    pub(crate) has_post: bool,
    /// There is a session that ends only with a last packet, `1`.
    pub(crate) has_session: bool,
    pub(crate) said_goodbye: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joining {
    Opening,
    Probed,
    Answered,
    /// The user was told.
    Pausing,
}

/// What is in the write buffer.
#[derive(Clone, Copy, Debug)]
enum Waiting {
    /// With the transport whose session it is for.
    Connect(TransportId),
    /// Events are numbers that only grow.
    Event(TransportId, NspId, u64),
    Disconnect,
    Engine(Packet),
}

/// What the server knows of a namespace, and what the user was told of it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Namespace {
    /// CONNECT is in the write buffer, or was sent.
    pub(crate) is_asked: bool,
    pub(crate) is_granted: bool,
    pub(crate) is_told: bool,
    /// The user has left since CONNECT was written: its answer counts for nothing.
    pub(crate) was_left: bool,
    /// When DISCONNECT was written, in which session.
    pub(crate) left: Option<(TransportId, Millis)>,
    last_sent: u64,
}

/// How long the server has to handle DISCONNECT.
const PAUSE: Millis = Millis(50);

/// How long an upgrade may take.
const UPGRADE_TIMEOUT: Millis = Millis(10_000);

#[derive(Default)]
pub(crate) struct Driver {
    pub(crate) transports: Vec<Transport>,
    pub(crate) nsps: [Namespace; 3],
    write_buffer: Vec<Waiting>,
    pub(crate) now: Millis,
    /// The transport that the machine uses now.
    pub(crate) current: Option<TransportId>,
    /// Something failed, so that what waits may get lost and sessions need not end in good order.
    pub(crate) has_failed: bool,
    /// Time has passed, so that no answer is waited for any more.
    pub(crate) is_late: bool,
    /// How often what happened: a walk that never gets anywhere shows nothing.
    pub(crate) seen: BTreeMap<&'static str, u32>,
}

impl Driver {
    pub(crate) fn perform(&mut self, output: Output) {
        match output {
            Output::Open { id, transport, session_of } => {
                self.open(id, transport.kind, session_of);
            }
            Output::Poll(id) => {
                let transport = self.usable(id);
                assert!(transport.kind == Polling && !transport.has_get, "two GETs");
                transport.has_get = true;
            }
            Output::Send(id, packet) => self.send_at_once(id, packet),
            Output::Write(packet) => self.write_buffer.push(Waiting::Engine(packet)),
            Output::Disconnect(nsp) => {
                let session = self.current.map(|id| (self.session(id), self.now));
                let nsp = &mut self.nsps[nsp.0 as usize];
                assert!(nsp.is_asked && nsp.is_granted, "it would be an error for the server");
                nsp.left = session;
                (nsp.is_asked, nsp.is_granted) = (false, false);
                self.write_buffer.push(Waiting::Disconnect);
            }
            Output::Flush(id) => self.flush(id),
            Output::Discard => {
                assert!(self.has_failed, "packets are lost");
                self.count(if self.write_buffer.is_empty() { "loss" } else { "discard" });
                self.write_buffer.clear();
            }
            Output::Close(id) => self.close(id),
            Output::Authenticate { .. } => {}
            Output::Event(event) => self.hear(event),
        }
    }

    pub(crate) fn emit(&mut self, session: TransportId, nsp: NspId, data: u64) {
        assert!(self.nsps[nsp.0 as usize].is_granted, "the server has not granted this namespace");
        self.write_buffer.push(Waiting::Event(session, nsp, data));
    }

    pub(crate) fn ask(&mut self, session: TransportId, nsp: NspId) {
        let now = self.now;
        let nsp = &mut self.nsps[nsp.0 as usize];
        assert!(!nsp.is_asked, "a second CONNECT would be an error for the server");
        let left = nsp.left.take().filter(|&(left, _)| left == session);
        assert!(left.is_none_or(|(_, at)| at.after(PAUSE) <= now), "the server has no time");
        nsp.is_asked = true;
        nsp.was_left = false;
        self.write_buffer.push(Waiting::Connect(session));
    }

    /// How many packets are in the write buffer.
    pub(crate) fn waiting(&self) -> usize {
        self.write_buffer.len()
    }

    /// Long-polling: no POST is under way.
    pub(crate) fn is_idle(&self, id: TransportId) -> bool {
        let transport = &self.transports[id.0 as usize];
        transport.kind == Polling && !transport.has_post
    }

    pub(crate) fn count(&mut self, what: &'static str) {
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
            session_of,
            joining: session_of.map(|_| Joining::Opening),
            joining_until: session_of.map(|_| self.now.after(UPGRADE_TIMEOUT)),
            has_get: false,
            has_post: false,
            has_session: false,
            said_goodbye: false,
        });
        let racing = self.transports.iter().filter(|transport| transport.is_open).count();
        self.count(if racing > 1 { "race" } else { "single" });
    }

    /// The first transport of the session that this one carries.
    pub(crate) fn session(&self, id: TransportId) -> TransportId {
        self.transports[id.0 as usize].session_of.unwrap_or(id)
    }

    fn send_at_once(&mut self, id: TransportId, packet: Packet) {
        let session = self.session(id);
        let transport = self.usable(id);
        match packet {
            Packet::Probe => transport.joining = Some(Joining::Probed),
            Packet::Upgrade => {
                assert!(transport.joining == Some(Joining::Pausing), "it does not work");
                let polling = &mut self.transports[session.0 as usize];
                assert!(!polling.has_get && !polling.has_post, "packets may be overtaken");
                polling.has_session = false;
            }
            Packet::Close => {
                assert!(transport.kind == Polling && !transport.has_post, "two POSTs");
                transport.has_post = true;
                transport.said_goodbye = true;
                let has_session = transport.has_session;
                self.count(if has_session { "goodbye" } else { "late goodbye" });
            }
            Packet::Pong => panic!("a pong overtakes what was written before"),
        }
    }

    fn flush(&mut self, id: TransportId) {
        let packets = core::mem::take(&mut self.write_buffer);
        let is_current = self.current == Some(id);
        let transport = self.usable(id);
        assert!(transport.joining.is_none(), "the WebSocket has not taken over");
        if transport.kind == Polling && is_current {
            assert!(!packets.is_empty(), "an empty POST");
            assert!(!transport.has_post, "two POSTs");
        }
        transport.has_post |= transport.kind == Polling && !packets.is_empty();
        for packet in packets {
            self.send(id, packet);
        }
    }

    fn send(&mut self, id: TransportId, packet: Waiting) {
        let is_own = |driver: &Self, session| driver.session(id) == session;
        match packet {
            Waiting::Connect(session) => assert!(is_own(self, session)),
            Waiting::Event(session, nsp, data) => {
                assert!(is_own(self, session), "it was for another session");
                let last = &mut self.nsps[nsp.0 as usize].last_sent;
                assert!(data > *last, "sent twice, or overtaken: {data} after {last}");
                *last = data;
                self.count("sent");
            }
            Waiting::Engine(packet) => assert_eq!(packet, Packet::Pong),
            Waiting::Disconnect => self.count("left"),
        }
    }

    fn close(&mut self, id: TransportId) {
        let may_break = self.has_failed || self.is_late;
        let transport = &mut self.transports[id.0 as usize];
        assert!(transport.is_open, "closed twice");
        let is_last = transport.said_goodbye || !transport.has_session;
        // An upgrade is told next: see `send_at_once`.
        let is_paused = !transport.has_get && !transport.has_post;
        assert!(is_last || is_paused || may_break, "a session is left behind");
        transport.is_open = false;
    }

    fn hear(&mut self, event: Event) {
        match event {
            Event::Open(id) => {
                let transport = &mut self.transports[id.0 as usize];
                assert!(transport.is_open);
                transport.has_session = transport.kind == Polling;
                self.count("open");
            }
            Event::Upgrading(id) => {
                let joining = &mut self.transports[id.0 as usize].joining;
                assert!(*joining == Some(Joining::Answered), "it does not work, or told twice");
                *joining = Some(Joining::Pausing);
            }
            Event::Upgrade(id) => {
                assert!(self.transports[id.0 as usize].is_open);
                self.transports[id.0 as usize].joining = None;
                self.transports[id.0 as usize].joining_until = None;
                self.count("upgrade");
            }
            Event::Close(_) => {
                for nsp in &mut self.nsps {
                    (nsp.is_asked, nsp.is_granted) = (false, false);
                }
            }
            Event::Disconnect(nsp, reason) => {
                let is_told = core::mem::take(&mut self.nsps[nsp.0 as usize].is_told);
                assert!(is_told || reason == IoServerDisconnect, "told twice, or not connected");
                self.count("disconnect");
            }
            Event::UpgradeError => self.count("upgrade_error"),
            Event::Reconnect(_) => self.count("reconnect"),
            _ => {}
        }
    }
}

/// All that matters for what comes. Transports that are closed matter no more.
impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for transport in self.transports.iter().filter(|transport| transport.is_open) {
            write!(f, "{transport:?}")?;
        }
        for &Namespace { is_asked, is_granted, is_told, left, .. } in &self.nsps {
            let left = left.filter(|&(_, at)| at.after(PAUSE) > self.now);
            write!(f, "{is_asked} {is_granted} {is_told} {left:?}")?;
        }
        for waiting in &self.write_buffer {
            match waiting {
                Waiting::Event(session, nsp, _) => write!(f, "{session:?} {nsp:?}")?,
                other => write!(f, "{other:?}")?,
            }
        }
        Ok(())
    }
}
