//! What can happen to a connection, one action at a time.

use socketio_wasm::proto::error::DisconnectReason::{self, TransportClose, TransportError};
use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};
use socketio_wasm::proto::output::{NspId, Output, TransportId};
use socketio_wasm::proto::socket::packet::PacketType;
use socketio_wasm::proto::time::Millis;

use super::key::BEGIN;
use crate::driver::{Joining, Transport};
use crate::world::World;

/// Something that happens. Transports are named by the order of those that are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// The user does something now, or as soon as the next event is told.
    Command(Command),
    Listen(Command),
    /// The user's `auth`.
    Authenticate(bool),
    /// What a transport reports.
    Opens(TransportId),
    Handshake(TransportId),
    Pong(TransportId),
    WrongPacket(TransportId),
    Ping(TransportId),
    GetEnds(TransportId),
    PostEnds(TransportId),
    Fails(TransportId, DisconnectReason),
    /// The page loses the network, and finds it again.
    Lose,
    Hurry,
    /// What the server sends.
    Grant(NspId),
    Refuse(NspId, PacketType),
    /// The next timer fires; it is due and late; the machine was asleep.
    Timer,
    Late,
    Sleep,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Connect(NspId),
    Disconnect(NspId),
    Emit(NspId),
    Open,
    Close,
    CloseSession,
}

/// How much may be there at once, so that there is an end of states.
const MOST_TRANSPORTS: usize = 3;
const MOST_WAITING: usize = 2;

/// Longer than every deadline.
const SLEEP: Millis = Millis(60_000);

/// As many goodbyes as there may be, one after the other.
const TIMERS_AT_THE_END: usize = 10;

#[derive(Debug)]
pub(crate) struct Play {
    pub(crate) world: World,
    listener: Option<Command>,
    /// The user wants no connection, whatever namespaces there are.
    is_shut: bool,
}

impl Play {
    pub(crate) fn new(options: ManagerOptions, nsps: usize) -> Self {
        let world = World::new(options, 1, nsps, Millis(BEGIN));
        Self { world, listener: None, is_shut: false }
    }

    /// All that can happen next.
    pub(crate) fn actions(&mut self, listeners: bool) -> Vec<Action> {
        let mut all = vec![Action::Timer, Action::Late, Action::Sleep, Action::Lose, Action::Hurry];
        let commands = self.commands();
        if listeners && self.listener.is_none() {
            let effective = commands.iter().filter(|command| !matches!(command, Command::Emit(_)));
            all.extend(effective.map(|&command| Action::Listen(command)));
        }
        all.extend(commands.into_iter().map(Action::Command));
        if !self.world.unanswered.is_empty() {
            all.extend([Action::Authenticate(true), Action::Authenticate(false)]);
        }
        let open = self.world.driver.transports.iter().filter(|transport| transport.is_open);
        for transport in open {
            self.reports(transport, &mut all);
        }
        if self.world.manager.transport().is_some() {
            for &nsp in &self.world.nsps {
                all.push(Action::Grant(nsp));
                all.push(Action::Refuse(nsp, PacketType::ConnectError));
                all.push(Action::Refuse(nsp, PacketType::Disconnect));
            }
        }
        all
    }

    fn commands(&mut self) -> Vec<Command> {
        let World { manager, nsps, driver, now, .. } = &mut self.world;
        let open = driver.transports.iter().filter(|transport| transport.is_open).count();
        let mut all = vec![Command::Close, Command::CloseSession];
        if open < MOST_TRANSPORTS {
            all.push(Command::Open);
            all.extend(nsps.iter().map(|&nsp| Command::Connect(nsp)));
        }
        all.extend(nsps.iter().map(|&nsp| Command::Disconnect(nsp)));
        if driver.waiting() < MOST_WAITING {
            let ready = nsps.iter().filter(|&&nsp| manager.can_send(nsp, *now));
            all.extend(ready.map(|&nsp| Command::Emit(nsp)));
        }
        all
    }

    fn reports(&self, transport: &Transport, all: &mut Vec<Action>) {
        let &Transport { id, kind, joining, has_get, has_post, .. } = transport;
        all.extend([Action::Fails(id, TransportError), Action::Fails(id, TransportClose)]);
        if joining == Some(Joining::Opening) {
            all.push(Action::Opens(id));
        }
        if joining.is_some() {
            return all.extend([Action::Pong(id), Action::WrongPacket(id)]);
        }
        if kind == WebSocket || has_get {
            all.push(Action::Handshake(id));
        }
        if self.world.manager.is_current(id) {
            all.push(Action::Ping(id));
        }
        if has_get {
            all.push(Action::GetEnds(id));
        }
        if has_post {
            all.push(Action::PostEnds(id));
        }
    }

    /// Has it happen, and everything that follows from it.
    pub(crate) fn act(&mut self, action: Action) {
        let world = &mut self.world;
        world.begin(matches!(action, Action::Fails(..) | Action::Lose));
        match action {
            Action::Command(command) => self.command(command),
            Action::Listen(command) => self.listener = Some(command),
            Action::Authenticate(is_ok) => {
                let (nsp, session) = world.unanswered.remove(0);
                world.authenticate(nsp, session, is_ok);
            }
            Action::Opens(id) => world.manager.handle_open(id),
            Action::Handshake(id) => world.shake_hands(id, true),
            Action::Pong(id) => world.pong(id),
            Action::WrongPacket(id) => world.manager.handle_unexpected(id),
            Action::Ping(id) => world.ping(id),
            Action::GetEnds(id) => world.poll_end(id),
            Action::PostEnds(id) => world.post_end(id),
            Action::Fails(id, reason) => world.fail(id, reason),
            Action::Lose => world.lose(),
            Action::Hurry => world.manager.hurry(world.now),
            Action::Grant(nsp) => world.grant(nsp),
            Action::Refuse(nsp, packet_type) => world.refuse(nsp, packet_type),
            Action::Timer => world.manager.poll_timeout().into_iter().for_each(|at| world.fire(at)),
            Action::Late => {
                world.now = world.now.max(world.manager.poll_timeout().unwrap_or_default());
            }
            Action::Sleep => world.now = world.now.after(SLEEP),
        }
        self.drain();
        self.check();
    }

    fn command(&mut self, command: Command) {
        let Self { world, is_shut, .. } = self;
        match command {
            Command::Connect(nsp) => world.manager.connect(nsp, world.now),
            Command::Disconnect(nsp) => world.disconnect(nsp),
            Command::Emit(nsp) => world.emit(nsp),
            Command::Open => world.manager.open(true, world.now),
            Command::Close => world.manager.close(world.now),
            Command::CloseSession => world.manager.close_session(world.now),
        }
        *is_shut = match command {
            Command::Close => true,
            Command::Connect(_) | Command::Open => false,
            _ => *is_shut,
        };
    }

    fn drain(&mut self) {
        while let Some(output) = self.world.next_output() {
            match output {
                Output::Authenticate { nsp, session } => {
                    self.world.unanswered.retain(|&(other, _)| other != nsp);
                    self.world.unanswered.push((nsp, session));
                }
                Output::Event(_) => {
                    if let Some(command) = self.listener.take() {
                        self.command(command);
                    }
                }
                _ => {}
            }
        }
    }

    fn check(&mut self) {
        self.world.check();
        let World { manager, nsps, .. } = &self.world;
        let is_wanted = nsps.iter().any(|&nsp| manager.is_active(nsp));
        let goes_on =
            manager.options().reconnection && manager.options().reconnection_attempts == 0;
        assert!(
            !is_wanted || !goes_on || self.is_shut || !manager.is_closed(),
            "a namespace is wanted, and nobody tries"
        );
    }
}

/// How it goes on with a server and a network that do what they should.
impl Play {
    /// Every namespace can be connected, an event is sent, and when the user leaves nothing stays.
    pub(crate) fn come_to_a_good_end(&mut self) {
        self.listener = None;
        for nsp in self.world.nsps.clone() {
            if !self.world.manager.is_active(nsp) || self.world.manager.is_closed() {
                self.act(Action::Command(Command::Connect(nsp)));
            }
        }
        self.cooperate();
        let sent = |play: &Self| play.world.driver.seen.get("sent").copied().unwrap_or_default();
        let before = sent(self);
        for nsp in self.world.nsps.clone() {
            self.act(Action::Command(Command::Emit(nsp)));
        }
        self.cooperate();
        assert_eq!(sent(self), before + self.world.nsps.len() as u32, "an event is not sent");
        for nsp in self.world.nsps.clone() {
            self.act(Action::Command(Command::Disconnect(nsp)));
        }
        for _ in 0..TIMERS_AT_THE_END {
            self.act(Action::Timer);
        }
        self.world.check_end();
    }

    fn cooperate(&mut self) {
        for _ in 0..100 {
            match self.next_good_action() {
                Some(action) => self.act(action),
                None if self.is_connected() => return,
                None => {
                    // A good server shows that it is alive.
                    if let Some((id, _)) = self.world.manager.transport() {
                        self.act(Action::Ping(id));
                    }
                    self.act(Action::Timer);
                }
            }
        }
        panic!("it never gets connected");
    }

    fn is_connected(&mut self) -> bool {
        let World { manager, nsps, driver, now, .. } = &mut self.world;
        nsps.iter().all(|&nsp| manager.can_send(nsp, *now)) && driver.waiting() == 0
    }

    fn next_good_action(&self) -> Option<Action> {
        let World { manager, nsps, driver, unanswered, .. } = &self.world;
        if !unanswered.is_empty() {
            return Some(Action::Authenticate(true));
        }
        let open = driver.transports.iter().filter(|transport| transport.is_open);
        let report = open.clone().find_map(|transport| self.good_report(transport));
        let granted = || {
            let asked = |nsp: &&NspId| {
                let known = &driver.nsps[nsp.0 as usize];
                known.is_asked && !known.is_granted
            };
            let nsp = nsps.iter().filter(|_| manager.transport().is_some()).find(asked)?;
            Some(Action::Grant(*nsp))
        };
        report.or_else(granted)
    }

    fn good_report(&self, transport: &Transport) -> Option<Action> {
        let &Transport { id, kind, joining, has_get, has_post, .. } = transport;
        let is_current = self.world.manager.is_current(id);
        let is_probed = self
            .world
            .driver
            .transports
            .iter()
            .any(|other| other.is_open && other.joining == Some(Joining::Pausing));
        match joining {
            Some(Joining::Opening) => return Some(Action::Opens(id)),
            Some(Joining::Probed) => return Some(Action::Pong(id)),
            Some(Joining::Answered | Joining::Pausing) => return None,
            None => {}
        }
        if has_post {
            return Some(Action::PostEnds(id));
        }
        if is_current {
            return (kind == Polling && has_get && is_probed).then_some(Action::GetEnds(id));
        }
        let is_new = !transport.has_session && (kind == WebSocket || has_get);
        is_new.then_some(Action::Handshake(id))
    }
}
