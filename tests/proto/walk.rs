//! Anything may happen at any time, and some things must never happen.

use std::collections::BTreeMap;

use socketio_wasm::proto::engine::Handshake;
use socketio_wasm::proto::error::DecodeError;
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};
use socketio_wasm::proto::output::{NspId, Output};
use socketio_wasm::proto::socket::packet::{Header, PacketType, Shape};
use socketio_wasm::proto::time::Millis;

use crate::driver::{Driver, Joining, Transport};
use crate::random::Random;
use crate::test;

const NAMES: [&str; 3] = ["/", "/admin", "/chat"];

struct Walk {
    random: Random,
    manager: Manager<u64>,
    now: Millis,
    nsps: [NspId; 3],
    driver: Driver,
    unanswered: Vec<(NspId, u32)>,
    /// Counts everything that is emitted, received or asked back: each value is used once.
    counter: u64,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let transports = match random.below(12) {
            0 => vec![],
            1 | 2 => vec![WebSocket],
            3 | 4 => vec![Polling],
            5..8 => vec![WebSocket, Polling],
            _ => vec![Polling, WebSocket],
        };
        let options = ManagerOptions {
            transports,
            upgrade: random.percent(90),
            reconnection: random.percent(90),
            reconnection_attempts: u32::try_from(random.below(4)).unwrap(),
            ..ManagerOptions::default()
        };
        let mut manager = Manager::new(options, seed);
        Self {
            nsps: NAMES.map(|name| manager.socket(name)),
            random,
            manager,
            now: Millis(1),
            driver: Driver::default(),
            unanswered: Vec::new(),
            counter: 0,
        }
    }

    fn next(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    fn nsp(&mut self) -> NspId {
        self.nsps[self.random.index(3)]
    }

    fn step(&mut self) {
        match self.random.below(100) {
            0..40 => self.be_a_good_server(),
            40..63 => self.receive(),
            63..66 => self.break_something(),
            66..90 => self.command(),
            _ => self.pass_time(),
        }
        self.drain();
        let current = self.manager.transport();
        assert!(current.is_none_or(|(id, kind)| {
            let transport = &self.driver.transports[id.0 as usize];
            transport.is_open && transport.kind == kind && !transport.said_goodbye
        }));
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
            0 if !is_polling || self.driver.transports[at].has_get => {
                let handshake = Handshake {
                    websocket: self.random.percent(80),
                    ping_interval: Millis(25_000),
                    ping_timeout: Millis(20_000),
                };
                self.manager.handle_handshake(id, &handshake, now);
            }
            1 if !is_polling => self.manager.handle_open(id),
            2 if self.random.percent(5) => self.manager.handle_pong(id, true),
            3 if self.manager.transport() == Some((id, self.driver.transports[at].kind)) => {
                self.manager.handle_ping(id, now)
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

    fn receive(&mut self) {
        let Some(at) = self.transport() else { return };
        if self.driver.transports[at].joining.is_some() && self.random.percent(95) {
            return;
        }
        let (id, nsp, data) = (self.driver.transports[at].id, self.nsp(), self.next());
        let name = self.manager.name(nsp).map(String::from);
        let header = |packet_type| Header { nsp: name, ..Header::new(packet_type) };
        let (header, shape) = match self.random.below(20) {
            0..7 => (header(PacketType::Connect), Shape::Session),
            7..12 => (header(PacketType::Event), Shape::Event),
            12..15 => (Header { id: Some(data), ..header(PacketType::Event) }, Shape::Event),
            15..18 => {
                let id = self.random.below(50);
                (Header { id: Some(id), ..header(PacketType::Ack) }, Shape::Array)
            }
            18 if self.random.percent(20) => (header(PacketType::Disconnect), Shape::None),
            19 if self.random.percent(20) => (header(PacketType::ConnectError), Shape::String),
            _ => {
                let header = Header { attachments: 1, ..header(PacketType::BinaryEvent) };
                self.manager.handle_packet(id, header, data, Shape::Event, self.now);
                self.drain();
                return self.manager.handle_attachment(id, data, self.now);
            }
        };
        self.manager.handle_packet(id, header, data, shape, self.now);
    }

    fn break_something(&mut self) {
        let Some(at) = self.transport() else { return };
        let (id, now) = (self.driver.transports[at].id, self.now);
        match self.random.below(12) {
            0 => self.manager.handle_error(id, 0, now),
            1 => self.manager.handle_close(id, 0, now),
            2 => self.manager.handle_decode_error(id, DecodeError::UnknownEnginePacket, now),
            3 => self.manager.handle_pong(id, false),
            4 => self.manager.handle_attachment(id, 0, now),
            5 => {
                let header = Header::new(PacketType::Event);
                self.manager.handle_packet(id, header, 0, Shape::Other, now);
            }
            _ => {}
        }
    }

    fn command(&mut self) {
        let (nsp, data, now) = (self.nsp(), self.next(), self.now);
        match self.random.below(20) {
            0..5 => self.manager.connect(nsp, now),
            5 => self.manager.disconnect(nsp, now),
            6..12 => self.manager.emit(nsp, data, None, now),
            12..16 => self.manager.emit(nsp, data, Some(data), now),
            16 => self.manager.ack(nsp, 1, data, data, now),
            17 => self.manager.prefer_polling(data % 2 == 0),
            _ => {
                if let Some((nsp, session)) = self.unanswered.pop() {
                    self.authenticate(nsp, session);
                }
            }
        }
    }

    fn authenticate(&mut self, nsp: NspId, session: u32) {
        let auth = if self.random.percent(95) { Ok(None) } else { Err(0) };
        self.manager.authenticate(nsp, session, auth, self.now);
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
            self.driver.perform(&output);
            match output {
                Output::Authenticate { nsp, session } if self.random.percent(80) => {
                    self.authenticate(nsp, session);
                }
                Output::Authenticate { nsp, session } => self.unanswered.push((nsp, session)),
                // A listener may do what it likes.
                Output::Event(_) if self.random.percent(5) => self.command(),
                _ => {}
            }
        }
    }

    /// The user leaves.
    fn finish(&mut self) {
        while self.nsps.iter().any(|&nsp| self.manager.is_active(nsp)) {
            for nsp in self.nsps {
                self.manager.disconnect(nsp, self.now);
                self.drain();
            }
        }
        assert_eq!(self.manager.transport(), None);
        self.random = Random::new(0);
        self.run_timers(self.now.after(Millis(10_000)));
        assert_eq!(self.manager.poll_timeout(), None, "there is nothing left to do");
        let left = self.driver.transports.iter().filter(|transport| transport.is_open).count();
        assert_eq!(left, 0, "every transport is closed");
    }
}

#[test]
fn whatever_happens_nothing_is_doubled_overtaken_or_left_behind() {
    let mut total: BTreeMap<&str, u32> = BTreeMap::new();
    for seed in 1..=150 {
        let mut walk = Walk::new(seed);
        for _ in 0..2_000 {
            walk.step();
        }
        walk.finish();
        for (what, count) in walk.driver.seen {
            *total.entry(what).or_default() += count;
        }
    }
    assert_eq!(total.len(), 11, "the walks get nowhere: {total:?}");
    assert!(total.values().all(|&count| count > 100), "the walks get nowhere: {total:?}");
}
