//! Every event arrives once and in order, each way, whatever the network and the user do: but for
//! those of a session that was lost, of which the last may be missing. The page may lose the network
//! and find it again.

mod act;
mod failures;
mod network;

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::test_runner::TestRunner;
use socketio_wasm::proto::engine::Handshake;
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::{self, Polling, WebSocket};
use socketio_wasm::proto::output::{Delivery, Event, NspId, Output, TransportId};
use socketio_wasm::proto::socket::packet::PacketType;
use socketio_wasm::proto::time::Millis;

use crate::properties::config;
use crate::test;
use crate::transcript::candidates;
use act::{Act, act, transports};
use network::{Down, Network, Up};

/// No ping is missed: a server that falls silent is another story.
const LONG: Millis = Millis(1 << 50);

/// How long a goodbye may take.
const CLOSE_TIMEOUT: Millis = Millis(10_000);

/// What the client knows of a session.
#[derive(Clone, Default)]
struct Session {
    emitted: Vec<u32>,
    received: Vec<u32>,
    is_lost: bool,
    left: Option<Millis>,
}

fn is_event(packet: &Up) -> bool {
    matches!(packet, Up::Event(_))
}

struct Client {
    manager: Manager,
    nsp: NspId,
    now: Millis,
    network: Network,
    write_buffer: Vec<Up>,
    sessions: Vec<Session>,
    counter: u32,
    /// The network breaks just now, or the page is told so.
    is_cut: bool,
    /// An attempt to connect is under way.
    is_opening: bool,
    upgrades: usize,
    /// Connections that the page lost, and attempts that need not wait.
    given_up: usize,
    hurried: usize,
}

impl Client {
    fn new(transports: &[TransportKind]) -> Self {
        let transports = candidates(transports);
        let mut manager = Manager::new(ManagerOptions { transports, ..Default::default() }, 1);
        Self {
            nsp: manager.socket(),
            manager,
            now: Millis(0),
            network: Network::default(),
            write_buffer: Vec::new(),
            sessions: Vec::new(),
            counter: 0,
            is_cut: false,
            is_opening: false,
            upgrades: 0,
            given_up: 0,
            hurried: 0,
        }
    }

    fn act(&mut self, act: Act) {
        let now = self.now;
        match act {
            Act::Connect => self.manager.connect(self.nsp, now),
            Act::Leave => {
                self.leaving();
                self.manager.disconnect(self.nsp, now);
            }
            Act::CloseSession => {
                self.leaving();
                self.manager.close_session(now);
            }
            Act::Emit => self.emit(),
            Act::ServerEmits => self.server_emits(),
            Act::Accept(which) => drop(self.open(which).map(|at| self.accept(at))),
            Act::Up(which) => drop(self.open(which).map(|at| self.network.carry_up(at))),
            Act::Down(which) => drop(self.open(which).map(|at| self.carry_down(at))),
            Act::Cut(which, is_error) => drop(self.open(which).map(|at| self.cut(at, is_error))),
            Act::Lose(is_gone) => self.lose(is_gone),
            Act::Hurry => self.hurry(),
            Act::All => drop(self.carry_all()),
            Act::Pass(length) => self.pass(now.after(length)),
        }
        self.drain();
        let is_stuck = self.manager.is_writable() && !self.write_buffer.is_empty();
        assert!(!is_stuck, "nobody sends what waits");
    }

    /// One of the last transports, if it is still of use to anybody.
    fn open(&self, which: usize) -> Option<usize> {
        let channels = self.network.channels.iter().enumerate().rev();
        let used = channels.filter(|(_, channel)| !channel.is_closed || !channel.up.is_empty());
        let used: Vec<usize> = used.map(|(at, _)| at).collect();
        used.get(which % used.len().max(1)).copied()
    }

    /// The session that is open, by the number that the server gave it.
    fn session(&self) -> Option<usize> {
        let (id, _) = self.manager.transport()?;
        self.network.session(id.0 as usize)
    }

    fn leaving(&mut self) {
        if let Some(session) = self.session() {
            self.sessions[session].left.get_or_insert(self.now);
        }
    }

    fn emit(&mut self) {
        if self.manager.can_send(self.nsp, self.now) {
            self.counter += 1;
            let session = self.session().unwrap();
            self.sessions[session].emitted.push(self.counter);
            self.write(Up::Event(self.counter));
        }
    }

    fn write(&mut self, packet: Up) {
        self.write_buffer.push(packet);
        self.manager.write();
    }

    fn server_emits(&mut self) {
        let sessions = self.network.sessions.iter().enumerate();
        let connected: Vec<usize> =
            sessions.filter(|(_, session)| session.is_connected).map(|(at, _)| at).collect();
        for at in connected {
            self.counter += 1;
            self.network.sessions[at].sent.push(self.counter);
            self.network.say(at, Down::Event(self.counter));
        }
    }

    fn accept(&mut self, at: usize) -> bool {
        let joins = self.network.accept(at);
        if joins == Some(true) {
            self.manager.handle_open(TransportId(at as u32));
        }
        joins.is_some()
    }

    fn pass(&mut self, end: Millis) {
        while let Some(at) = self.manager.poll_timeout().filter(|&at| at <= end) {
            self.now = self.now.max(at);
            self.manager.handle_timeout(self.now);
            self.drain();
        }
        self.now = end;
    }

    /// Whether there was something.
    fn carry_down(&mut self, at: usize) -> bool {
        let Some(down) = self.network.carry_down(at) else { return false };
        let (id, now) = (TransportId(at as u32), self.now);
        match down {
            Down::Handshake(_) => {
                self.sessions.resize(self.network.sessions.len(), Session::default());
                let handshake =
                    Handshake { websocket: true, ping_interval: LONG, ping_timeout: LONG };
                self.manager.handle_handshake(id, &handshake, now);
            }
            Down::Noop => {}
            Down::Pong => self.manager.handle_pong(id, true),
            Down::Posted if self.network.is_idle(at) => self.manager.handle_drain(id),
            Down::Posted => {}
            Down::Answered => self.manager.handle_poll_end(id, now),
            Down::Connect | Down::Event(_) if !self.manager.is_current(id) => {
                self.manager.handle_unexpected(id);
            }
            Down::Connect => self.deliver(PacketType::Connect, None),
            Down::Event(data) => self.deliver(PacketType::Event, Some(data)),
        }
        self.drain();
        true
    }

    fn deliver(&mut self, packet_type: PacketType, data: Option<u32>) {
        let session = self.session().unwrap();
        let delivery = self.manager.handle_packet(self.nsp, packet_type, true, self.now);
        if delivery == Some(Delivery::Event) {
            self.sessions[session].received.extend(data);
        }
    }

    fn drain(&mut self) {
        while let Some(output) = self.manager.poll_output() {
            match output {
                Output::Open { id, transport, session_of } => {
                    assert_eq!(id.0 as usize, self.network.channels.len());
                    let session = session_of.and_then(|of| self.network.session(of.0 as usize));
                    self.network.open(transport.kind, session);
                }
                Output::Poll(id) => self.network.get(id.0 as usize),
                Output::Send(id, packet) => self.send(id, vec![Up::Engine(packet)]),
                Output::Write(packet) => self.write_buffer.push(Up::Engine(packet)),
                Output::Disconnect(_) => self.write_buffer.push(Up::Disconnect),
                Output::Flush(id) => {
                    let packets = core::mem::take(&mut self.write_buffer);
                    self.send(id, packets);
                }
                Output::Discard => {
                    assert!(self.is_cut || self.write_buffer.is_empty(), "packets are lost");
                    self.write_buffer.clear();
                }
                Output::Close(id) => self.close(id.0 as usize),
                Output::Authenticate { nsp, session } => {
                    if self.manager.authenticate(nsp, session, true, self.now) {
                        self.write(Up::Connect);
                    }
                }
                Output::Event(event) => self.event(event),
            }
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Opening => self.is_opening = true,
            Event::Open(_) | Event::Error | Event::Close(_) => self.is_opening = false,
            Event::Upgrade(_) => self.upgrades += 1,
            _ => {}
        }
    }

    fn send(&mut self, id: TransportId, packets: Vec<Up>) {
        let at = id.0 as usize;
        let channel = &mut self.network.channels[at];
        assert!(!channel.is_closed, "nothing goes over a transport that was closed");
        if channel.kind == WebSocket {
            channel.up.extend(packets.into_iter().map(|packet| vec![packet]));
        } else if !packets.is_empty() {
            let is_behind = !channel.up.is_empty() && self.manager.is_current(id);
            assert!(!is_behind, "two POSTs");
            channel.up.push_back(packets);
        } else if self.network.is_idle(at) {
            self.manager.handle_drain(id);
        }
    }

    fn close(&mut self, at: usize) {
        let channel = &self.network.channels[at];
        if channel.kind == Polling && channel.up.iter().flatten().any(is_event) {
            let session = &mut self.sessions[self.network.session(at).unwrap()];
            let is_late = session.left.is_some_and(|left| left.after(CLOSE_TIMEOUT) <= self.now);
            assert!(is_late || session.is_lost, "it is closed too early");
            session.is_lost = true;
        }
        self.network.close(at);
    }

    /// Whether there was something.
    fn carry_all(&mut self) -> bool {
        let mut moved = false;
        for at in 0..self.network.channels.len() {
            moved |= self.accept(at);
            self.drain();
            moved |= self.network.carry_up(at);
            moved |= self.carry_down(at);
        }
        moved
    }

    /// Nothing goes wrong any more, and all that is on its way arrives.
    fn calm_down(&mut self) {
        for _ in 0..1_000 {
            let moved = self.carry_all();
            let is_done = self.manager.can_send(self.nsp, self.now) || self.manager.is_closed();
            if !moved && is_done {
                return;
            }
            if !moved {
                self.pass(self.manager.poll_timeout().expect("it waits for nothing"));
            }
        }
        panic!("it never comes to rest");
    }

    /// How often what happened: where nothing does, nothing is shown.
    fn count(&self, seen: &mut BTreeMap<&'static str, usize>) {
        let lost = self.sessions.iter().filter(|session| session.is_lost).count();
        let received = |session: &Session| session.received.len();
        for (what, count) in [
            ("sessions", self.sessions.len()),
            ("sessions lost", lost),
            ("sessions left", self.sessions.iter().filter(|own| own.left.is_some()).count()),
            ("upgrades", self.upgrades),
            ("connections that the page lost", self.given_up),
            ("attempts that need not wait", self.hurried),
            (
                "events to the server",
                self.network.sessions.iter().map(|own| own.received.len()).sum(),
            ),
            ("events from the server", self.sessions.iter().map(received).sum()),
        ] {
            *seen.entry(what).or_default() += count;
        }
    }

    fn check(&self) {
        let open = self.session();
        assert_eq!(open.is_some(), self.manager.is_active(self.nsp), "it is connected if wanted");
        for (at, (own, server)) in self.sessions.iter().zip(&self.network.sessions).enumerate() {
            assert!(own.emitted.starts_with(&server.received), "to the server, session {at}");
            assert!(server.sent.starts_with(&own.received), "from the server, session {at}");
            assert!(own.is_lost || own.emitted == server.received, "lost to the server: {at}");
            assert!(open != Some(at) || own.received == server.sent, "lost from the server: {at}");
        }
    }
}

#[test]
fn events_arrive_once_and_in_order_unless_their_session_is_lost() {
    let mut runner = TestRunner::new(config());
    let seen = RefCell::new(BTreeMap::new());
    let result = runner.run(&(transports(), vec(act(), 0..300)), |(transports, acts)| {
        let mut client = Client::new(transports);
        client.act(Act::Connect);
        acts.into_iter().for_each(|act| client.act(act));
        client.calm_down();
        client.check();
        client.count(&mut seen.borrow_mut());
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    let seen = seen.into_inner();
    assert_eq!(seen.len(), 8, "too little happens: {seen:?}");
    assert!(seen.values().all(|&count| count > 50), "too little happens: {seen:?}");
}
