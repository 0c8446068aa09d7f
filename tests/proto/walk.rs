//! A manager through which chance walks.

use socketio_wasm::proto::error::DisconnectReason::{ParseError, TransportClose, TransportError};
use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};
use socketio_wasm::proto::output::{NspId, Output};
use socketio_wasm::proto::socket::packet::PacketType;
use socketio_wasm::proto::time::Millis;

use crate::driver::{Joining, Transport};
use crate::random::Chance;
use crate::transcript::candidates;
use crate::world::World;

/// What happens in a [`World`] is left to chance.
pub(crate) struct Walk<C> {
    pub(crate) random: C,
    pub(crate) world: World,
    /// Listeners do nothing any more.
    is_leaving: bool,
}

fn options(random: &mut impl Chance) -> ManagerOptions {
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

impl<C: Chance> Walk<C> {
    pub(crate) fn new(mut random: C, seed: u64) -> Self {
        let world = World::new(options(&mut random), seed, 3, Millis(1));
        Self { random, world, is_leaving: false }
    }

    fn nsp(&mut self) -> NspId {
        self.world.nsps[self.random.index(3)]
    }

    pub(crate) fn step(&mut self) {
        let choice = self.random.below(100);
        self.world.begin(matches!(choice, 63..66));
        match choice {
            0..40 => self.be_a_good_server(),
            40..63 => self.receive(),
            63..66 => self.break_something(),
            66..90 => self.command(),
            _ => self.pass_time(),
        }
        self.drain();
        self.world.check();
    }

    /// A transport, mostly one that is open.
    fn transport(&mut self) -> Option<usize> {
        let transports = &self.world.driver.transports;
        let open = |transport: &&Transport| transport.is_open;
        let count = transports.iter().filter(open).count();
        if count == 0 || self.random.percent(10) {
            return (!transports.is_empty()).then(|| self.random.index(transports.len()));
        }
        let at = self.random.index(count);
        transports.iter().filter(open).nth(at).map(|transport| transport.id.0 as usize)
    }

    /// What brings things forward.
    fn be_a_good_server(&mut self) {
        let Some(at) = self.transport() else { return };
        let world = &mut self.world;
        let &Transport { id, kind, joining, has_get, has_post, .. } = &world.driver.transports[at];
        match joining {
            Some(Joining::Opening) => return world.manager.handle_open(id),
            Some(Joining::Probed) => return world.pong(id),
            Some(Joining::Answered | Joining::Pausing) => return,
            None => {}
        }
        match self.random.below(6) {
            0 if kind == WebSocket || has_get => world.shake_hands(id, self.random.percent(80)),
            1 if kind == WebSocket => world.manager.handle_open(id),
            2 if self.random.percent(5) => world.pong(id),
            3 if world.manager.is_current(id) => world.ping(id),
            4 if has_get => world.poll_end(id),
            _ if has_post => world.post_end(id),
            _ => {}
        }
    }

    /// A packet comes.
    fn receive(&mut self) {
        let Some(at) = self.transport() else { return };
        let &Transport { id, joining, .. } = &self.world.driver.transports[at];
        if joining.is_some() && self.random.percent(95) {
            return;
        }
        let (nsp, world) = (self.nsp(), &mut self.world);
        if !world.manager.is_current(id) {
            return world.manager.handle_unexpected(id);
        }
        match self.random.below(20) {
            0..7 => world.grant(nsp),
            7..15 => world.deliver(nsp, PacketType::Event),
            15..17 => world.deliver(nsp, PacketType::Ack),
            17 if self.random.percent(20) => world.refuse(nsp, PacketType::Connect),
            18 if self.random.percent(20) => world.refuse(nsp, PacketType::Disconnect),
            19 if self.random.percent(20) => world.refuse(nsp, PacketType::ConnectError),
            _ => {}
        }
    }

    fn break_something(&mut self) {
        let Some(at) = self.transport() else { return };
        let world = &mut self.world;
        let id = world.driver.transports[at].id;
        match self.random.below(10) {
            0 => world.fail(id, TransportError),
            1 => world.fail(id, TransportClose),
            2 => world.fail(id, ParseError),
            3 => world.manager.handle_pong(id, false),
            5 => world.pong(id),
            4 if !world.manager.is_current(id) => world.manager.handle_unexpected(id),
            _ => {}
        }
    }

    fn command(&mut self) {
        let (nsp, now) = (self.nsp(), self.world.now);
        let Self { world, random, .. } = self;
        match random.below(40) {
            0..10 => world.manager.connect(nsp, now),
            10 | 11 => world.disconnect(nsp),
            12..30 => world.emit(nsp),
            30 => world.manager.open(random.percent(50), now),
            31 if random.percent(20) => world.manager.close(now),
            32 if random.percent(20) => world.manager.close_session(now),
            33 if random.percent(20) => world.manager.configure(options(random)),
            34 => world.manager.prefer_polling(random.percent(50)),
            35 if random.percent(20) => world.lose(),
            36 => world.manager.hurry(now),
            _ => {
                if let Some((nsp, session)) = world.unanswered.pop() {
                    world.authenticate(nsp, session, random.percent(95));
                }
            }
        }
    }

    fn pass_time(&mut self) {
        if self.random.percent(50) {
            self.world.now = self.world.now.after(Millis(self.random.below(3_000)));
        }
        // Sometimes the timer is late.
        if self.random.percent(70) {
            self.run_timers(self.world.now);
        }
    }

    fn run_timers(&mut self, end: Millis) {
        while let Some(at) = self.world.manager.poll_timeout().filter(|&at| at <= end) {
            self.world.fire(at);
            self.drain();
        }
    }

    fn drain(&mut self) {
        while let Some(output) = self.world.next_output() {
            let Self { world, random, .. } = self;
            match output {
                Output::Authenticate { nsp, session } if random.percent(80) => {
                    world.authenticate(nsp, session, random.percent(95));
                }
                Output::Authenticate { nsp, session } => world.unanswered.push((nsp, session)),
                // Not needed, but not wrong either.
                Output::Write(_) | Output::Disconnect(_) if random.percent(50) => {
                    world.manager.write();
                }
                // A listener may do what it likes.
                Output::Event(_) if !self.is_leaving && random.percent(5) => self.command(),
                _ => {}
            }
        }
    }

    /// The user leaves.
    pub(crate) fn finish(&mut self) {
        self.is_leaving = true;
        self.world.begin(false);
        for nsp in self.world.nsps.clone() {
            self.world.disconnect(nsp);
            self.drain();
        }
        self.world.check();
        assert_eq!(self.world.manager.transport(), None);
        self.run_timers(self.world.now.after(Millis(10_000)));
        self.world.check_end();
    }
}
