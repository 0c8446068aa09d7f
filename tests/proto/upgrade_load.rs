//! A server and a network that are correct but slow, and many packets each way while
//! long-polling upgrades to a WebSocket.

use std::collections::VecDeque;

use socketio_wasm::proto::engine::{Handshake, Packet};
use socketio_wasm::proto::error::DisconnectReason::TransportError;
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};
use socketio_wasm::proto::output::{Delivery, Event, NspId, Output, TransportId};
use socketio_wasm::proto::socket::packet::PacketType;
use socketio_wasm::proto::time::Millis;

use crate::random::{Chance, Random};
use crate::test;
use crate::transcript::candidates;

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

/// From the client to the server.
#[derive(Clone, Copy, Debug)]
enum Up {
    Connect,
    Event(u32),
    Engine(Packet),
}

struct World {
    random: Random,
    manager: Manager,
    nsp: NspId,
    /// The WebSocket that joins; `Some(true)`: it is open.
    websocket: Option<bool>,
    is_upgraded: bool,
    emitted: u32,
    received: Vec<u32>,
    /// What the POST under way carries, and whether it has arrived.
    post: Option<(Vec<Up>, bool)>,
    write_buffer: Vec<Up>,
    /// The GET under way, and what was answered to it.
    get: Option<Option<Vec<Down>>>,
    down: VecDeque<Down>,
    up: VecDeque<Up>,
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
        let transports = candidates(&[Polling, WebSocket]);
        let mut manager = Manager::new(ManagerOptions { transports, ..Default::default() }, seed);
        let nsp = manager.socket();
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
            write_buffer: Vec::new(),
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
            0..3 if self.emitted < COUNT && self.manager.can_send(self.nsp, NOW) => {
                self.emitted += 1;
                self.write(Up::Event(self.emitted));
            }
            3..6 if self.server.emitted < COUNT && self.server.received.first() == Some(&0) => {
                self.server.emitted += 1;
                self.server.write_buffer.push(Down::Event(self.server.emitted));
            }
            6 => self.answer_get(),
            7 => self.deliver_get(),
            8 => self.carry_post(),
            // It takes its time, so that there is something to upgrade under.
            9 if self.websocket == Some(false) && self.emitted > 20 => {
                self.websocket = Some(true);
                self.manager.handle_open(TransportId(1));
            }
            10 => {
                if let Some(packet) = self.up.pop_front() {
                    self.server_receives(packet);
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
                packets.into_iter().for_each(|packet| self.server_receives(packet));
                self.post = Some((Vec::new(), true));
            }
            Some((_, true)) => self.manager.handle_drain(POLLING),
            None => {}
        }
    }

    fn server_receives(&mut self, packet: Up) {
        match packet {
            // The first thing received, as it were.
            Up::Connect => {
                self.server.received.push(0);
                self.server.write_buffer.push(Down::Connect);
            }
            Up::Event(data) => self.server.received.push(data),
            Up::Engine(Packet::Probe) => {
                self.server.is_probed = true;
                self.down.push_back(Down::Pong);
            }
            Up::Engine(Packet::Upgrade) => self.server.is_upgraded = true,
            other @ Up::Engine(_) => panic!("nobody sends {other:?} here"),
        }
    }

    fn client_receives(&mut self, id: TransportId, down: Down) {
        let packet_type = match down {
            Down::Handshake => {
                let (ping_interval, ping_timeout) = (Millis(25_000), Millis(20_000));
                let handshake = Handshake { websocket: true, ping_interval, ping_timeout };
                return self.manager.handle_handshake(id, &handshake, NOW);
            }
            Down::Noop => return,
            Down::Pong => return self.manager.handle_pong(id, true),
            Down::Connect => PacketType::Connect,
            Down::Event(_) => PacketType::Event,
        };
        assert!(self.manager.is_current(id), "the server is correct");
        let delivery = self.manager.handle_packet(self.nsp, packet_type, true, NOW);
        if let (Down::Event(data), Some(Delivery::Event)) = (down, delivery) {
            self.received.push(data);
        }
    }

    /// The WebSocket breaks, unless it has taken over.
    fn fail(&mut self) -> bool {
        if self.is_upgraded {
            return false;
        }
        self.manager.handle_failure(TransportId(1), TransportError, NOW);
        self.up.clear();
        self.down.clear();
        self.server.is_probed = false;
        self.drain();
        true
    }

    fn write(&mut self, packet: Up) {
        self.write_buffer.push(packet);
        self.manager.write();
    }

    fn drain(&mut self) {
        while let Some(output) = self.manager.poll_output() {
            match output {
                Output::Open { id, transport, .. } if transport.kind == Polling => {
                    assert_eq!(id, POLLING);
                }
                Output::Open { id, .. } => {
                    assert_eq!(id, TransportId(1));
                    self.websocket = Some(false);
                }
                Output::Poll(_) => assert!(self.get.replace(None).is_none(), "two GETs"),
                Output::Flush(id) => self.flush(id),
                Output::Send(_, packet) => self.up.push_back(Up::Engine(packet)),
                Output::Close(POLLING) => {
                    assert!(self.get.is_none() && self.post.is_none(), "closed too early");
                }
                Output::Close(_) => self.websocket = None,
                Output::Authenticate { nsp, session } => {
                    assert!(self.manager.authenticate(nsp, session, true, NOW));
                    self.write(Up::Connect);
                }
                Output::Event(Event::Upgrade(_)) => self.is_upgraded = true,
                Output::Event(_) => {}
                Output::Write(_) | Output::Disconnect(_) | Output::Discard => {
                    panic!("nothing ends here: {output:?}");
                }
            }
        }
    }

    fn flush(&mut self, id: TransportId) {
        let packets = core::mem::take(&mut self.write_buffer);
        assert!(!packets.is_empty(), "there is nothing to send");
        if id == POLLING {
            assert!(self.post.replace((packets, false)).is_none(), "two POSTs");
        } else {
            self.up.extend(packets);
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
