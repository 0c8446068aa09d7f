//! Anything may happen at any time, and some things must never happen.

use std::collections::BTreeMap;

use socketio_wasm::proto::engine::Handshake;
use socketio_wasm::proto::error::DisconnectReason::{ParseError, TransportClose, TransportError};
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};
use socketio_wasm::proto::output::{Delivery, NspId, Output, TransportId};
use socketio_wasm::proto::socket::packet::PacketType;
use socketio_wasm::proto::time::Millis;

use crate::driver::{Driver, Joining, Transport};
use crate::random::Random;
use crate::test;
use crate::transcript::candidates;

const HANDSHAKE: Handshake =
    Handshake { websocket: true, ping_interval: Millis(25_000), ping_timeout: Millis(20_000) };
const HEARTBEAT: Millis = Millis(45_000);

struct Walk {
    random: Random,
    manager: Manager,
    now: Millis,
    nsps: [NspId; 3],
    driver: Driver,
    unanswered: Vec<(NspId, u32)>,
    /// Counts what is emitted: each value is used once.
    counter: u64,
    /// Until then no ping is missed.
    alive_until: Millis,
    /// Listeners do nothing any more.
    is_leaving: bool,
}

fn options(random: &mut Random) -> ManagerOptions {
    let transports = match random.below(12) {
        0 => candidates(&[]),
        1 | 2 => candidates(&[WebSocket]),
        3 | 4 => candidates(&[Polling]),
        5..8 => candidates(&[WebSocket, Polling]),
        _ => candidates(&[Polling, WebSocket]),
    };
    ManagerOptions {
        transports,
        upgrade: random.percent(90),
        reconnection: random.percent(90),
        reconnection_attempts: u32::try_from(random.below(4)).unwrap(),
        ..ManagerOptions::default()
    }
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut manager = Manager::new(options(&mut random), seed);
        Self {
            nsps: [(); 3].map(|()| manager.socket()),
            random,
            manager,
            now: Millis(1),
            driver: Driver::default(),
            unanswered: Vec::new(),
            counter: 0,
            alive_until: Millis(0),
            is_leaving: false,
        }
    }

    fn nsp(&mut self) -> NspId {
        self.nsps[self.random.index(3)]
    }

    fn step(&mut self) {
        let choice = self.random.below(100);
        self.driver.has_failed = matches!(choice, 63..66) || self.alive_until <= self.now;
        self.driver.is_late = false;
        match choice {
            0..40 => self.be_a_good_server(),
            40..63 => self.receive(),
            63..66 => self.break_something(),
            66..90 => self.command(),
            _ => self.pass_time(),
        }
        self.drain();
        self.check();
    }

    /// What holds whenever nothing is left to be done.
    fn check(&mut self) {
        let current = self.manager.transport();
        assert!(current.is_none_or(|(id, candidate)| {
            let transport = &self.driver.transports[id.0 as usize];
            transport.is_open && transport.kind == candidate.kind && !transport.said_goodbye
        }));
        let is_stuck = current.is_none() || self.manager.is_writable();
        assert!(!is_stuck || !self.driver.has_waiting(), "nobody sends what waits");
        for (at, nsp) in self.nsps.into_iter().enumerate() {
            let is_told = self.driver.nsps[at].is_told;
            assert!(!is_told || current.is_some(), "the user is not told of the end");
            assert!(!is_told || self.manager.is_active(nsp));
            if self.now < self.alive_until {
                assert_eq!(self.manager.can_send(nsp, self.now), is_told);
            }
        }
    }

    /// A transport, mostly one that is open.
    fn transport(&mut self) -> Option<usize> {
        let open = |transport: &&Transport| transport.is_open;
        let count = self.driver.transports.iter().filter(open).count();
        if count == 0 || self.random.percent(10) {
            let len = self.driver.transports.len();
            return (len > 0).then(|| self.random.index(len));
        }
        let at = self.random.index(count);
        self.driver.transports.iter().filter(open).nth(at).map(|transport| transport.id.0 as usize)
    }

    /// What brings things forward.
    fn be_a_good_server(&mut self) {
        let Some(at) = self.transport() else { return };
        let (id, now) = (self.driver.transports[at].id, self.now);
        let is_polling = self.driver.transports[at].kind == Polling;
        match self.driver.transports[at].joining {
            Some(Joining::Opening) => return self.manager.handle_open(id),
            Some(Joining::Probed) => {
                self.driver.transports[at].joining = Some(Joining::Answered);
                return self.manager.handle_pong(id, true);
            }
            Some(Joining::Answered) => return,
            None => {}
        }
        match self.random.below(6) {
            0 if !is_polling || self.driver.transports[at].has_get => self.shake_hands(id),
            1 if !is_polling => self.manager.handle_open(id),
            2 if self.random.percent(5) => self.manager.handle_pong(id, true),
            3 if self.manager.is_current(id) => {
                self.alive_until = now.after(HEARTBEAT);
                self.manager.handle_ping(id, now);
            }
            4 if self.driver.transports[at].has_get => {
                self.driver.transports[at].has_get = false;
                self.manager.handle_poll_end(id, now);
            }
            _ if self.driver.transports[at].has_post => {
                self.driver.transports[at].has_post = false;
                self.manager.handle_drain(id);
            }
            _ => {}
        }
    }

    fn shake_hands(&mut self, id: TransportId) {
        let websocket = self.random.percent(80);
        self.manager.handle_handshake(id, &Handshake { websocket, ..HANDSHAKE }, self.now);
        if self.manager.is_current(id) {
            self.alive_until = self.now.after(HEARTBEAT);
        }
    }

    /// A packet comes. The server need not keep to the protocol.
    fn receive(&mut self) {
        let Some(at) = self.transport() else { return };
        if self.driver.transports[at].joining.is_some() && self.random.percent(95) {
            return;
        }
        let (id, nsp) = (self.driver.transports[at].id, self.nsp());
        if !self.manager.is_current(id) {
            return self.manager.handle_unexpected(id);
        }
        match self.random.below(20) {
            0..7 => self.grant(nsp),
            7..15 => self.deliver(nsp, PacketType::Event),
            15..17 => self.deliver(nsp, PacketType::Ack),
            17 if self.random.percent(20) => self.refuse(nsp, PacketType::Connect),
            18 if self.random.percent(20) => self.refuse(nsp, PacketType::Disconnect),
            19 if self.random.percent(20) => self.refuse(nsp, PacketType::ConnectError),
            _ => {}
        }
    }

    fn grant(&mut self, nsp: NspId) {
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

    fn deliver(&mut self, nsp: NspId, packet_type: PacketType) {
        let delivery = self.manager.handle_packet(nsp, packet_type, false, self.now);
        if packet_type == PacketType::Ack {
            return assert_eq!(delivery, Some(Delivery::Ack));
        }
        let is_due = self.manager.is_active(nsp) && self.driver.nsps[nsp.0 as usize].is_asked;
        assert_eq!(delivery, is_due.then_some(Delivery::Event));
        self.driver.count(if is_due { "event" } else { "stray event" });
    }

    /// The server says no, in one of the ways there are.
    fn refuse(&mut self, nsp: NspId, packet_type: PacketType) {
        let was_active = self.manager.is_active(nsp);
        let delivery = self.manager.handle_packet(nsp, packet_type, false, self.now);
        let known = &mut self.driver.nsps[nsp.0 as usize];
        // It has noticed, or says that it never knew.
        known.left = None;
        if packet_type == PacketType::Connect && !known.is_asked && delivery.is_none() {
            return;
        }
        (known.is_asked, known.is_granted) = (false, false);
        assert!(!self.manager.is_active(nsp), "it is not tried again");
        assert_eq!(delivery.is_some(), was_active && packet_type != PacketType::Disconnect);
        self.driver.count("refused");
    }

    fn break_something(&mut self) {
        let Some(at) = self.transport() else { return };
        let (id, now) = (self.driver.transports[at].id, self.now);
        match self.random.below(10) {
            0 => self.manager.handle_failure(id, TransportError, now),
            1 => self.manager.handle_failure(id, TransportClose, now),
            2 => self.manager.handle_failure(id, ParseError, now),
            3 => self.manager.handle_pong(id, false),
            4 if !self.manager.is_current(id) => self.manager.handle_unexpected(id),
            _ => {}
        }
    }

    fn command(&mut self) {
        let (nsp, now) = (self.nsp(), self.now);
        match self.random.below(40) {
            0..10 => self.manager.connect(nsp, now),
            10 | 11 => self.manager.disconnect(nsp, now),
            12..30 => self.emit(nsp),
            30 => {
                let retrying = self.random.percent(50);
                self.manager.open(retrying, now);
            }
            31 if self.random.percent(20) => self.manager.close(now),
            32 if self.random.percent(20) => self.manager.close_session(now),
            33 if self.random.percent(20) => self.manager.configure(options(&mut self.random)),
            34 => {
                let polling_first = self.random.percent(50);
                self.manager.prefer_polling(polling_first);
            }
            _ => {
                if let Some((nsp, session)) = self.unanswered.pop() {
                    self.authenticate(nsp, session);
                }
            }
        }
    }

    fn emit(&mut self, nsp: NspId) {
        if !self.manager.can_send(nsp, self.now) {
            return;
        }
        self.counter += 1;
        self.driver.emit(self.session(), nsp, self.counter);
        self.manager.write();
    }

    fn authenticate(&mut self, nsp: NspId, session: u32) {
        self.driver.now = self.now;
        let is_ok = self.random.percent(95);
        if self.manager.authenticate(nsp, session, is_ok, self.now) && is_ok {
            self.driver.ask(self.session(), nsp);
            self.manager.write();
        }
    }

    fn session(&self) -> TransportId {
        let (id, _) = self.manager.transport().expect("there is a session");
        self.driver.session(id)
    }

    fn pass_time(&mut self) {
        if self.random.percent(50) {
            self.now = self.now.after(Millis(self.random.below(3_000)));
        }
        // Sometimes the timer is late.
        if self.random.percent(70) {
            self.run_timers(self.now);
        }
    }

    fn run_timers(&mut self, end: Millis) {
        while let Some(at) = self.manager.poll_timeout().filter(|&at| at <= end) {
            self.now = self.now.max(at);
            self.driver.has_failed |= self.alive_until <= self.now;
            self.driver.is_late = true;
            self.manager.handle_timeout(self.now);
            let next = self.manager.poll_timeout();
            // Without any transport an attempt begins and fails by two timers at the same time.
            let is_attempt = self.manager.options().transports.is_empty();
            assert!(is_attempt || next.is_none_or(|next| next > self.now), "a busy loop");
            self.drain();
        }
    }

    fn drain(&mut self) {
        while let Some(output) = self.manager.poll_output() {
            self.driver.now = self.now;
            self.driver.current = self.manager.transport().map(|(id, _)| id);
            self.driver.perform(output);
            match output {
                Output::Flush(id) if self.driver.is_idle(id) => self.manager.handle_drain(id),
                Output::Authenticate { nsp, session } if self.random.percent(80) => {
                    self.authenticate(nsp, session);
                }
                Output::Authenticate { nsp, session } => self.unanswered.push((nsp, session)),
                // Not needed, but not wrong either.
                Output::Write(_) | Output::Disconnect(_) if self.random.percent(50) => {
                    self.manager.write();
                }
                // A listener may do what it likes.
                Output::Event(_) if !self.is_leaving && self.random.percent(5) => self.command(),
                _ => {}
            }
        }
    }

    /// The user leaves.
    fn finish(&mut self) {
        self.is_leaving = true;
        self.driver.has_failed = self.alive_until <= self.now;
        for nsp in self.nsps {
            self.manager.disconnect(nsp, self.now);
            self.drain();
        }
        self.check();
        assert_eq!(self.manager.transport(), None);
        self.run_timers(self.now.after(Millis(10_000)));
        assert_eq!(self.manager.poll_timeout(), None, "there is nothing left to do");
        let left = self.driver.transports.iter().filter(|transport| transport.is_open).count();
        assert_eq!(left, 0, "every transport is closed");
    }
}

#[test]
fn whatever_happens_nothing_is_doubled_overtaken_or_left_behind() {
    let mut total: BTreeMap<&str, u32> = BTreeMap::new();
    for seed in 1..=400 {
        let mut walk = Walk::new(seed);
        for _ in 0..2_000 {
            walk.step();
        }
        walk.finish();
        for (what, count) in walk.driver.seen {
            *total.entry(what).or_default() += count;
        }
    }
    assert_eq!(total.len(), 17, "the walks get nowhere: {total:?}");
    assert!(total.values().all(|&count| count > 100), "the walks get nowhere: {total:?}");
}
