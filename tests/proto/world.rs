//! A manager and all that is around it: a driver that checks what it is told to do, and what a
//! server, a network and a user can do to it, one thing at a time.

use core::fmt;

use socketio_wasm::proto::engine::Handshake;
use socketio_wasm::proto::error::DisconnectReason;
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::Polling;
use socketio_wasm::proto::output::{Delivery, NspId, Output, TransportId};
use socketio_wasm::proto::socket::packet::PacketType;
use socketio_wasm::proto::time::Millis;

use crate::driver::{Driver, Joining};

const HANDSHAKE: Handshake =
    Handshake { websocket: true, ping_interval: Millis(25_000), ping_timeout: Millis(20_000) };
const HEARTBEAT: Millis = Millis(45_000);

pub(crate) struct World {
    pub(crate) manager: Manager,
    pub(crate) now: Millis,
    pub(crate) nsps: Vec<NspId>,
    pub(crate) driver: Driver,
    /// The user's `auth` has been asked for, and has not answered.
    pub(crate) unanswered: Vec<(NspId, u32)>,
    /// Counts what is emitted: each value is used once.
    counter: u64,
    /// Until then no ping is missed.
    alive_until: Millis,
}

impl World {
    pub(crate) fn new(options: ManagerOptions, seed: u64, nsps: usize, now: Millis) -> Self {
        let mut manager = Manager::new(options, seed);
        Self {
            nsps: (0..nsps).map(|_| manager.socket()).collect(),
            manager,
            now,
            driver: Driver::default(),
            unanswered: Vec::new(),
            counter: 0,
            alive_until: Millis(0),
        }
    }

    /// To be called before anything else happens: whether something goes wrong now, so that packets
    /// may get lost. A server that has been silent for too long is noticed by whatever comes next.
    pub(crate) fn begin(&mut self, goes_wrong: bool) {
        self.driver.has_failed = goes_wrong || self.alive_until <= self.now;
        self.driver.is_late = false;
    }

    /// The next output, carried out as far as the driver goes.
    pub(crate) fn next_output(&mut self) -> Option<Output> {
        let output = self.manager.poll_output()?;
        self.driver.now = self.now;
        self.driver.current = self.manager.transport().map(|(id, _)| id);
        self.driver.perform(output);
        match output {
            Output::Flush(id) if self.driver.is_idle(id) => self.manager.handle_drain(id),
            _ => {}
        }
        Some(output)
    }

    /// What holds whenever nothing is left to be done.
    pub(crate) fn check(&mut self) {
        self.check_transports();
        let is_open = self.manager.transport().is_some();
        let is_stuck = !is_open || self.manager.is_writable();
        assert!(!is_stuck || self.driver.waiting() == 0, "nobody sends what waits");
        for &nsp in &self.nsps {
            let is_told = self.driver.nsps[nsp.0 as usize].is_told;
            assert!(!is_told || is_open, "the user is not told of the end");
            assert!(!is_told || self.manager.is_active(nsp));
            if self.now < self.alive_until {
                assert_eq!(self.manager.can_send(nsp, self.now), is_told);
            }
        }
    }

    fn check_transports(&self) {
        let open = || self.driver.transports.iter().filter(|transport| transport.is_open);
        if let Some((id, candidate)) = self.manager.transport() {
            let current = open().find(|transport| transport.id == id).expect("it was closed");
            assert!(current.kind == candidate.kind && !current.said_goodbye);
            let is_pausing = open().any(|other| other.joining == Some(Joining::Pausing));
            let is_heard = current.kind != Polling || current.has_get || is_pausing;
            assert!(is_heard, "nobody listens to the server");
        }
        let next = self.manager.poll_timeout().unwrap_or(Millis(u64::MAX));
        let mut ends = open().filter_map(|transport| transport.joining_until);
        assert!(ends.all(|end| next <= end), "nobody gives up on an upgrade");
    }

    /// What holds when the user has left every namespace, and goodbyes have had their time.
    pub(crate) fn check_end(&self) {
        assert_eq!(self.manager.transport(), None);
        assert_eq!(self.manager.poll_timeout(), None, "there is nothing left to do");
        let left = self.driver.transports.iter().filter(|transport| transport.is_open).count();
        assert_eq!(left, 0, "every transport is closed");
    }

    /// The first transport of the session that is open.
    fn session(&self) -> TransportId {
        let (id, _) = self.manager.transport().expect("there is a session");
        self.driver.session(id)
    }
}

/// All that matters for what comes.
impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { driver, alive_until, unanswered, manager, .. } = self;
        write!(f, "{driver:?} {alive_until:?} {unanswered:?} {manager:?}")
    }
}

/// What the user does.
impl World {
    pub(crate) fn disconnect(&mut self, nsp: NspId) {
        let known = &mut self.driver.nsps[nsp.0 as usize];
        known.was_left |= known.is_asked && !known.is_granted;
        self.manager.disconnect(nsp, self.now);
    }

    /// An event, if it would be sent.
    pub(crate) fn emit(&mut self, nsp: NspId) {
        if !self.manager.can_send(nsp, self.now) {
            return;
        }
        self.counter += 1;
        self.driver.emit(self.session(), nsp, self.counter);
        self.manager.write();
    }

    /// The user's `auth` answers.
    pub(crate) fn authenticate(&mut self, nsp: NspId, session: u32, is_ok: bool) {
        self.driver.now = self.now;
        if self.manager.authenticate(nsp, session, is_ok, self.now) && is_ok {
            self.driver.ask(self.session(), nsp);
            self.manager.write();
        }
    }
}

/// What transports report.
impl World {
    pub(crate) fn shake_hands(&mut self, id: TransportId, websocket: bool) {
        self.manager.handle_handshake(id, &Handshake { websocket, ..HANDSHAKE }, self.now);
        if self.manager.is_current(id) {
            self.alive_until = self.now.after(HEARTBEAT);
        }
    }

    pub(crate) fn ping(&mut self, id: TransportId) {
        self.alive_until = self.now.after(HEARTBEAT);
        self.manager.handle_ping(id, self.now);
    }

    /// The probe is answered, if there was one.
    pub(crate) fn pong(&mut self, id: TransportId) {
        if let Some(joining @ Joining::Probed) = &mut self.driver.transports[id.0 as usize].joining
        {
            *joining = Joining::Answered;
        }
        self.manager.handle_pong(id, true);
    }

    pub(crate) fn poll_end(&mut self, id: TransportId) {
        self.driver.transports[id.0 as usize].has_get = false;
        self.manager.handle_poll_end(id, self.now);
    }

    pub(crate) fn post_end(&mut self, id: TransportId) {
        self.driver.transports[id.0 as usize].has_post = false;
        self.manager.handle_drain(id);
    }

    /// The network is lost.
    pub(crate) fn lose(&mut self) {
        self.driver.has_failed = true;
        self.manager.lose(self.now);
    }

    pub(crate) fn fail(&mut self, id: TransportId, reason: DisconnectReason) {
        self.manager.handle_failure(id, reason, self.now);
    }

    /// Goes to the next deadline and has the machine do what is due.
    pub(crate) fn fire(&mut self, at: Millis) {
        self.now = self.now.max(at);
        self.driver.has_failed |= self.alive_until <= self.now;
        self.driver.is_late = true;
        self.manager.handle_timeout(self.now);
        let next = self.manager.poll_timeout();
        // Without any transport an attempt begins and fails by two timers at the same time.
        let is_attempt = self.manager.options().transports.is_empty();
        assert!(is_attempt || next.is_none_or(|next| next > self.now), "a busy loop");
    }
}

/// What the server sends over the current transport. It need not keep to the protocol.
impl World {
    pub(crate) fn grant(&mut self, nsp: NspId) {
        let at = nsp.0 as usize;
        self.driver.nsps[at].is_granted = self.driver.nsps[at].is_asked;
        let delivery = self.manager.handle_packet(nsp, PacketType::Connect, true, self.now);
        if delivery.is_some() {
            assert_eq!(delivery, Some(Delivery::Connect));
            assert!(self.driver.nsps[at].is_granted, "nobody asked for it");
            self.driver.nsps[at].is_told = true;
            self.driver.count("connect");
        }
    }

    pub(crate) fn deliver(&mut self, nsp: NspId, packet_type: PacketType) {
        let delivery = self.manager.handle_packet(nsp, packet_type, false, self.now);
        assert_eq!(self.manager.route(nsp, packet_type), delivery, "it changes nothing");
        if packet_type == PacketType::Ack {
            return assert_eq!(delivery, Some(Delivery::Ack));
        }
        let known = &self.driver.nsps[nsp.0 as usize];
        let is_due = self.manager.is_active(nsp) && known.is_asked && !known.was_left;
        assert_eq!(delivery, is_due.then_some(Delivery::Event));
        self.driver.count(if is_due { "event" } else { "stray event" });
    }

    /// The server says no, in one of the ways there are.
    pub(crate) fn refuse(&mut self, nsp: NspId, packet_type: PacketType) {
        let was_active = self.manager.is_active(nsp);
        let delivery = self.manager.handle_packet(nsp, packet_type, false, self.now);
        let known = &mut self.driver.nsps[nsp.0 as usize];
        // It crosses that of the page: what was left is left, and what is wanted is wanted.
        if packet_type == PacketType::Disconnect && was_active && self.manager.is_active(nsp) {
            return assert!(!known.is_asked, "it is tried again");
        }
        // It has noticed, or says that it never knew.
        known.left = None;
        if packet_type == PacketType::Connect && !known.is_asked && delivery.is_none() {
            return;
        }
        let is_outdated = known.was_left && known.is_asked && packet_type != PacketType::Disconnect;
        (known.is_asked, known.is_granted) = (false, false);
        assert_eq!(self.manager.is_active(nsp), was_active && is_outdated, "is it tried again?");
        let is_told = was_active && !is_outdated && packet_type != PacketType::Disconnect;
        assert_eq!(delivery.is_some(), is_told);
        self.driver.count("refused");
    }
}
