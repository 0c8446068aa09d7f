//! One connection to a server: namespaces over an engine, and reconnection. The driver's only door.
//!
//! | state       | input                       | next        | done                                 |
//! |-------------|-----------------------------|-------------|--------------------------------------|
//! | `Closed`    | a namespace is wanted       | `Opening`   | open the engine, start the clock     |
//! | `Opening`   | handshake                   | `Open`      | connect every active namespace       |
//! | `Opening`   | all fail, `timeout`, `lose` | `Ended`     | tell the user                        |
//! | `Open`      | the session ends, `lose`    | `Ended`     | tell the user                        |
//! | `Ended`     | the user has heard of it    | `Waiting`   | plan the next attempt                |
//! | `Waiting`   | its time has come, `hurry`  | `Announced` | count the attempt, tell the user     |
//! | `Announced` | the user has heard of it    | `Opening`   | open the engine, start the clock     |
//! | any         | the last namespace is left  | `Closed`    | close the engine                     |

mod reconnection;
mod routing;
mod state;

use alloc::vec::Vec;

use super::backoff::Backoff;
use super::engine::{Engine, Handshake};
use super::error::{ConnectError, DisconnectReason};
use super::options::{Candidate, ManagerOptions};
use super::output::{Event, NspId, Output, Outputs, TransportId};
use super::socket::{Link, Socket};
use super::time::Millis;
use state::State;

/// One connection to a server.
#[derive(Debug)]
pub struct Manager {
    options: ManagerOptions,
    polling_first: bool,
    state: State,
    /// Whether the attempt under way is to reconnect.
    reconnecting: bool,
    /// Whether such an attempt has failed and the user has not heard of it as of one.
    has_failed: bool,
    /// Whether another attempt follows if this one fails.
    retrying: bool,
    backoff: Backoff,
    random: u64,
    engine: Engine,
    sockets: Vec<Socket>,
    /// The earliest end of a pause behind a DISCONNECT, or of the wait for the answer to a CONNECT,
    /// so that not all namespaces are asked.
    paused_until: Millis,
    out: Outputs,
}

/// Commands of the user.
impl Manager {
    /// A manager that does nothing yet. `seed` decides the jitter of its reconnections.
    #[must_use]
    pub fn new(options: ManagerOptions, seed: u64) -> Self {
        Self {
            options,
            polling_first: false,
            state: State::Closed,
            reconnecting: false,
            has_failed: false,
            retrying: true,
            backoff: Backoff::default(),
            // The generator below stays at zero for ever.
            random: seed.max(1),
            engine: Engine::default(),
            sockets: Vec::new(),
            paused_until: Millis::NEVER,
            out: Outputs::default(),
        }
    }

    /// Other options. Those of transports count from the next attempt to connect on.
    pub fn configure(&mut self, options: ManagerOptions) {
        self.change(|own| *own = options);
    }

    /// As [`Self::configure`], for some of them.
    pub fn change(&mut self, change: impl FnOnce(&mut ManagerOptions)) {
        change(&mut self.options);
        if !self.options.reconnection && self.state.is_planned() {
            self.reset();
        }
    }

    /// A new namespace. It is not connected by this.
    pub fn socket(&mut self) -> NspId {
        let nsp = NspId(self.namespaces());
        self.sockets.push(Socket::new(nsp));
        nsp
    }

    /// Opens the connection if there is none, whether a namespace wants it or not. `retrying` says
    /// whether a failure is followed by another attempt; where one was planned, it always is.
    pub fn open(&mut self, retrying: bool, now: Millis) {
        if !matches!(self.state, State::Opening { .. } | State::Open) {
            self.retrying = retrying || self.state != State::Closed;
            self.begin(now);
        }
    }

    /// Closes the connection for good, or stops trying to get one.
    pub fn close(&mut self, now: Millis) {
        if self.state != State::Closed {
            self.engine.close(now, &mut self.out);
            self.leave(DisconnectReason::ForcedClose);
        }
    }

    /// Closes the connection, or ends the attempt at one, as if the network had: another one
    /// follows.
    pub fn close_session(&mut self, now: Millis) {
        match self.state {
            State::Open => {
                self.engine.close(now, &mut self.out);
                self.end(DisconnectReason::ForcedClose, now);
            }
            State::Opening { .. } => self.fail(ConnectError::Transport, now),
            _ => {}
        }
    }

    /// Wants a namespace connected, and opens the connection for it if there is none.
    /// While a reconnection is planned, that is waited for.
    pub fn connect(&mut self, nsp: NspId, now: Millis) {
        self.check_heartbeat(now);
        let is_open = self.state == State::Open;
        let Some(socket) = self.sockets.get_mut(nsp.0 as usize) else { return };
        socket.active = true;
        if is_open {
            socket.start(now, &mut self.out);
            return self.pause();
        }
        self.retrying = true;
        if self.is_closed() {
            self.begin(now);
        }
    }

    /// Ends a namespace. The connection ends with the last one.
    pub fn disconnect(&mut self, nsp: NspId, now: Millis) {
        let Some(socket) = self.sockets.get_mut(nsp.0 as usize) else { return };
        socket.active = false;
        let link = socket.link;
        match link {
            // A server that is still deciding would take DISCONNECT for an error; see the table.
            Link::Authenticating => socket.link = Link::Idle,
            Link::Connecting => socket.link = Link::Outdated,
            Link::Connected => {
                socket.leave(now);
                self.pause();
                self.out.push(Output::Disconnect(nsp));
            }
            _ => {}
        }
        self.close_if_unused(now);
        if link == Link::Connected {
            self.tell(Event::Disconnect(nsp, DisconnectReason::IoClientDisconnect));
        }
    }

    /// Answers [`Output::Authenticate`]: whether there is data for CONNECT, or none because the
    /// user's `auth` failed. Says whether that still matters; then the driver sends CONNECT, or
    /// tells the user.
    pub fn authenticate(&mut self, nsp: NspId, session: u32, is_ok: bool, now: Millis) -> bool {
        let socket = self.sockets.get_mut(nsp.0 as usize);
        let matters = socket.is_some_and(|socket| socket.authenticate(session, is_ok, now));
        self.pause();
        if matters {
            self.close_if_unused(now);
        }
        matters
    }

    /// The driver has put something into the write buffer.
    pub fn write(&mut self) {
        self.engine.write(&mut self.out);
    }

    /// Whether long-polling is tried first from now on, whatever the order in the options.
    pub fn prefer_polling(&mut self, polling_first: bool) {
        self.polling_first = polling_first;
    }
}

/// What the driver may ask.
impl Manager {
    /// Whether events of this namespace can be sent. Notices a server that fell silent.
    pub fn can_send(&mut self, nsp: NspId, now: Millis) -> bool {
        self.check_heartbeat(now);
        self.sockets.get(nsp.0 as usize).is_some_and(|socket| socket.link == Link::Connected)
    }

    /// Whether a packet would be sent at once: there is a session, and its transport isn't busy.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        self.engine.is_writable()
    }

    /// Whether this namespace is to be connected, now or after a reconnection.
    #[must_use]
    pub fn is_active(&self, nsp: NspId) -> bool {
        self.sockets.get(nsp.0 as usize).is_some_and(|socket| socket.active)
    }

    /// How many namespaces there are.
    #[must_use]
    pub fn namespaces(&self) -> u32 {
        u32::try_from(self.sockets.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is no connection, and none is being made or planned.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        let is_ended = matches!(self.state, State::Ended { .. });
        self.state == State::Closed || (is_ended && !self.options.reconnection)
    }

    /// The transport in use, if the connection is open.
    #[must_use]
    pub fn transport(&self) -> Option<(TransportId, Candidate)> {
        self.engine.current()
    }

    /// Whether a WebSocket was tried for this session and did not work.
    #[must_use]
    pub fn fell_back(&self) -> bool {
        self.engine.fell_back()
    }

    /// Whether this transport carries the session.
    #[must_use]
    pub fn is_current(&self, id: TransportId) -> bool {
        self.engine.is_current(id)
    }

    /// What the manager was made with.
    #[must_use]
    pub fn options(&self) -> &ManagerOptions {
        &self.options
    }
}

/// What transports report. What comes from one that was closed is ignored.
impl Manager {
    /// The network is lost, or the page is put aside: what there is of a connection ends at once.
    pub fn lose(&mut self, now: Millis) {
        match self.state {
            State::Open => {
                if let Some((id, _)) = self.transport() {
                    self.handle_failure(id, DisconnectReason::TransportClose, now);
                }
            }
            State::Opening { .. } => self.fail(ConnectError::Transport, now),
            _ => {}
        }
    }

    /// The network is there again, or the user is: a planned attempt begins at once, and counts.
    pub fn hurry(&mut self, now: Millis) {
        if matches!(self.state, State::Waiting { .. }) {
            self.attempt(now);
        }
    }

    /// A WebSocket is open.
    pub fn handle_open(&mut self, id: TransportId) {
        self.engine.handle_open(id, &mut self.out);
    }

    /// An open packet came.
    pub fn handle_handshake(&mut self, id: TransportId, handshake: &Handshake, now: Millis) {
        let (options, out) = (&self.options, &mut self.out);
        let change = self.engine.handle_handshake(id, handshake, options, now, out);
        self.apply(change, now);
    }

    /// A ping came: it is answered.
    pub fn handle_ping(&mut self, id: TransportId, now: Millis) {
        self.engine.handle_ping(id, now, &mut self.out);
    }

    /// A pong came; `is_probe` says whether it answers a probe.
    pub fn handle_pong(&mut self, id: TransportId, is_probe: bool) {
        self.engine.handle_pong(id, is_probe, &mut self.out);
    }

    /// A message came over a transport that isn't the current one.
    pub fn handle_unexpected(&mut self, id: TransportId) {
        self.engine.handle_unexpected(id, &mut self.out);
    }

    /// A transport failed, was closed, or brought something that is not the protocol.
    pub fn handle_failure(&mut self, id: TransportId, reason: DisconnectReason, now: Millis) {
        let change = self.engine.handle_failure(id, reason, now, &mut self.out);
        self.apply(change, now);
    }

    /// Long-polling: a GET was answered and all of its packets were reported.
    pub fn handle_poll_end(&mut self, id: TransportId, now: Millis) {
        let change = self.engine.handle_poll_end(id, now, &mut self.out);
        self.apply(change, now);
    }

    /// Long-polling: all that was flushed has been answered.
    pub fn handle_drain(&mut self, id: TransportId) {
        self.engine.handle_drain(id, &mut self.out);
    }
}

/// Time and outputs.
impl Manager {
    /// The next thing to do; `None` when there is nothing left.
    pub fn poll_output(&mut self) -> Option<Output> {
        loop {
            if let Some(output) = self.out.pop_front() {
                self.engine.handle_output(output, &mut self.out);
                return Some(output);
            }
            match self.state {
                State::Announced { at } => self.begin(at),
                State::Ended { at } => self.plan(at),
                _ if self.has_failed => self.tell_reconnect_error(),
                _ => return None,
            }
        }
    }

    /// When [`Self::handle_timeout`] is to be called, if nothing else happens before.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Millis> {
        let own = match self.state {
            State::Opening { deadline } => deadline,
            State::Waiting { until } => until,
            _ => Millis::NEVER,
        };
        let earliest = own.min(self.paused_until).min(self.engine.poll_timeout());
        (earliest < Millis::NEVER).then_some(earliest)
    }

    /// Does what is due.
    pub fn handle_timeout(&mut self, now: Millis) {
        self.check_heartbeat(now);
        let change = self.engine.handle_timeout(now, &mut self.out);
        self.apply(change, now);
        if self.paused_until <= now {
            let mut is_missed = false;
            for socket in &mut self.sockets {
                if socket.handle_timeout(now, &mut self.out) {
                    is_missed = true;
                    self.out.tell(Event::Failed(ConnectError::Timeout));
                    self.out.tell(Event::ConnectError(socket.nsp));
                }
            }
            if is_missed {
                self.close_session(now);
            }
            self.pause();
        }
        match self.state {
            State::Opening { deadline } if deadline <= now => self.fail(ConnectError::Timeout, now),
            State::Waiting { until } if until <= now => self.attempt(now),
            _ => {}
        }
    }

    /// Some namespaces wait, or do no longer, behind their DISCONNECT or CONNECT.
    fn pause(&mut self) {
        self.paused_until = Millis::NEVER;
        for socket in &self.sockets {
            self.paused_until = self.paused_until.min(socket.poll_timeout());
        }
    }

    /// Commands and timers notice a connection whose server fell silent, even if the timer that
    /// should have is late. A packet that comes instead shows that it is alive.
    fn check_heartbeat(&mut self, now: Millis) {
        if self.engine.is_expired(now) {
            self.engine.lose(now, &mut self.out);
            self.end(DisconnectReason::PingTimeout, now);
        }
    }
}
