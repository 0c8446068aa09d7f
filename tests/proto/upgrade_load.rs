//! A server and a network that are correct but slow, and many packets each way while
//! long-polling upgrades to a WebSocket.

use std::collections::VecDeque;

use socketio_wasm::proto::engine::{Handshake, Packet};
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};
use socketio_wasm::proto::output::{Event, NspId, Output, TransportId};
use socketio_wasm::proto::socket::packet::{Header, PacketType, Shape};
use socketio_wasm::proto::time::Millis;

use crate::random::Random;
use crate::test;

const COUNT: u32 = 300;
const POLLING: TransportId = TransportId(0);
const NOW: Millis = Millis(1);

/// From the server to the client.
#[derive(Clone, Copy)]
enum Down {
    Handshake,
    Connect,
    Event(u32),
    Noop,
    Pong,
}

struct World {
    random: Random,
    manager: Manager<u32>,
    nsp: NspId,
    /// The WebSocket that joins; `Some(true)`: it is open.
    websocket: Option<bool>,
    is_upgraded: bool,
    emitted: u32,
    received: Vec<u32>,
    /// What the POST under way carries, and whether it has arrived.
    post: Option<(Vec<Packet<u32>>, bool)>,
    collected: Vec<Packet<u32>>,
    /// The GET under way, and what was answered to it.
    get: Option<Option<Vec<Down>>>,
    down: VecDeque<Down>,
    up: VecDeque<Packet<u32>>,
    server: Server,
}

#[derive(Default)]
struct Server {
    emitted: u32,
    received: Vec<u32>,
    write_buffer: Vec<Down>,
    is_probed: bool,
    is_upgraded: bool,
}

impl World {
    fn new(seed: u64) -> Self {
        let transports = vec![Polling, WebSocket];
        let mut manager = Manager::new(ManagerOptions { transports, ..Default::default() }, seed);
        let nsp = manager.socket("/");
        let write_buffer = vec![Down::Handshake];
        let mut world = Self {
            random: Random::new(seed),
            nsp,
            manager,
            websocket: None,
            is_upgraded: false,
            emitted: 0,
            received: Vec::new(),
            post: None,
            collected: Vec::new(),
            get: None,
            down: VecDeque::new(),
            up: VecDeque::new(),
            server: Server { write_buffer, ..Server::default() },
        };
        world.manager.connect(nsp, NOW);
        world.drain();
        world
    }

    /// One thing goes forward, whichever.
    fn step(&mut self) {
        match self.random.below(14) {
            0..3 if self.emitted < COUNT => {
                self.emitted += 1;
                self.manager.emit(self.nsp, self.emitted, None, NOW);
            }
            3..6 if self.server.emitted < COUNT && self.server.received.first() == Some(&0) => {
                self.server.emitted += 1;
                self.server.write_buffer.push(Down::Event(self.server.emitted));
            }
            6 => self.answer_get(),
            7 => self.deliver_get(),
            8 => self.carry_post(),
            9 if self.websocket == Some(false) => {
                self.websocket = Some(true);
                self.manager.handle_open(TransportId(1));
            }
            10 => {
                if let Some(packet) = self.up.pop_front() {
                    self.server_receives(&packet);
                }
            }
            11 => {
                if let Some(down) = self.down.pop_front() {
                    self.client_receives(TransportId(1), down);
                }
            }
            12 if self.server.is_upgraded => self.down.extend(self.server.write_buffer.drain(..)),
            _ => {}
        }
        self.drain();
    }

    fn answer_get(&mut self) {
        let Some(answer @ None) = &mut self.get else { return };
        if self.server.write_buffer.is_empty() && self.server.is_probed {
            *answer = Some(vec![Down::Noop]);
        } else if !self.server.write_buffer.is_empty() {
            *answer = Some(core::mem::take(&mut self.server.write_buffer));
        }
    }

    fn deliver_get(&mut self) {
        let Some(Some(answer)) = self.get.take_if(|answer| answer.is_some()) else { return };
        for down in answer {
            self.client_receives(POLLING, down);
            // What is received may be answered at once.
            self.drain();
        }
        self.manager.handle_poll_end(POLLING, NOW);
    }

    fn carry_post(&mut self) {
        match self.post.take() {
            Some((packets, false)) => {
                packets.iter().for_each(|packet| self.server_receives(packet));
                self.post = Some((Vec::new(), true));
            }
            Some((_, true)) => self.manager.handle_drain(POLLING),
            None => {}
        }
    }

    fn server_receives(&mut self, packet: &Packet<u32>) {
        match packet {
            // The first thing received, as it were.
            Packet::Connect(..) => {
                self.server.received.push(0);
                self.server.write_buffer.push(Down::Connect);
            }
            Packet::Event(_, _, data) => self.server.received.push(*data),
            Packet::Probe => {
                self.server.is_probed = true;
                self.down.push_back(Down::Pong);
            }
            Packet::Upgrade => self.server.is_upgraded = true,
            other => panic!("nobody sends {other:?} here"),
        }
    }

    fn client_receives(&mut self, id: TransportId, down: Down) {
        let (packet_type, data, shape) = match down {
            Down::Handshake => {
                let (ping_interval, ping_timeout) = (Millis(25_000), Millis(20_000));
                let handshake = Handshake { websocket: true, ping_interval, ping_timeout };
                return self.manager.handle_handshake(id, &handshake, NOW);
            }
            Down::Noop => return,
            Down::Pong => return self.manager.handle_pong(id, true),
            Down::Connect => (PacketType::Connect, 0, Shape::Session),
            Down::Event(data) => (PacketType::Event, data, Shape::Event),
        };
        self.manager.handle_packet(id, Header::new(packet_type), data, shape, NOW);
    }

    /// The WebSocket breaks, unless it has taken over.
    fn fail(&mut self) -> bool {
        if self.is_upgraded {
            return false;
        }
        self.manager.handle_error(TransportId(1), 0, NOW);
        self.up.clear();
        self.down.clear();
        self.server.is_probed = false;
        self.drain();
        true
    }

    fn drain(&mut self) {
        while let Some(output) = self.manager.poll_output() {
            match output {
                Output::Open { id, kind, .. } => {
                    assert_eq!(id, if kind == Polling { POLLING } else { TransportId(1) });
                    if kind == WebSocket {
                        self.websocket = Some(false);
                    }
                }
                Output::Poll(_) => assert!(self.get.replace(None).is_none(), "two GETs"),
                Output::Flush(_) => {
                    let body = core::mem::take(&mut self.collected);
                    assert!(self.post.replace((body, false)).is_none(), "two POSTs");
                }
                Output::Send(POLLING, packet) => self.collected.push(packet),
                Output::Send(_, packet) => self.up.push_back(packet),
                Output::Close(POLLING) => {
                    assert!(self.get.is_none() && self.post.is_none(), "closed too early");
                }
                Output::Close(_) => self.websocket = None,
                Output::Authenticate { nsp, session } => {
                    self.manager.authenticate(nsp, session, Ok(None), NOW);
                }
                Output::Event(Event::Message(message)) => self.received.push(message.data),
                Output::Event(Event::Upgrade(_)) => self.is_upgraded = true,
                Output::Event(_) => {}
            }
        }
    }

    fn is_done(&self) -> bool {
        let count = COUNT as usize;
        self.server.received.len() > count && self.received.len() == count
    }

    /// 0 stands for CONNECT.
    fn check(&self) {
        assert_eq!(self.server.received, (0..=COUNT).collect::<Vec<_>>());
        assert_eq!(self.received, (1..=COUNT).collect::<Vec<_>>());
    }
}

#[test]
fn packets_each_way_during_an_upgrade_all_arrive_once_and_in_order() {
    let mut upgraded_under_load = 0;
    for seed in 0..100 {
        let mut world = World::new(seed);
        for _ in 0..100_000 {
            let was_upgraded = world.is_upgraded;
            world.step();
            let under_load = (10..290).contains(&world.emitted);
            upgraded_under_load += u32::from(world.is_upgraded && !was_upgraded && under_load);
            if world.is_done() && world.server.is_upgraded {
                break;
            }
        }
        world.check();
        assert!(world.server.is_upgraded, "the upgrade is never done");
    }
    assert!(upgraded_under_load > 50, "{upgraded_under_load} of 100 upgrades were under load");
}

#[test]
fn packets_each_way_all_arrive_when_the_websocket_breaks_during_the_upgrade() {
    let mut failed = 0;
    for seed in 0..300 {
        let mut world = World::new(seed);
        let mut steps_left = seed / 2;
        for _ in 0..100_000 {
            if world.websocket.is_some() {
                failed += u32::from(steps_left == 0 && world.fail());
                steps_left = steps_left.wrapping_sub(1);
            }
            world.step();
            if world.is_done() {
                break;
            }
        }
        world.check();
    }
    assert!(failed > 100, "{failed} of 300 broke while it mattered");
}
