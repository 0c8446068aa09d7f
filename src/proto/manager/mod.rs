//! One connection to a server: namespaces over an engine, and reconnection. The driver's only door.
//!
//! | state     | input                          | next      | done                                 |
//! |-----------|--------------------------------|-----------|--------------------------------------|
//! | `Closed`  | a namespace is wanted          | `Opening` | open the engine, start the clock     |
//! | `Opening` | handshake                      | `Open`    | connect every active namespace       |
//! | `Opening` | all transports fail, `timeout` | `Waiting` | tell the user, plan the next attempt |
//! | `Open`    | the session ends               | `Waiting` | tell the user, plan the next attempt |
//! | `Waiting` | its time has come              | `Opening` | count the attempt                    |
//! | any       | no namespace is wanted         | `Closed`  | close the engine                     |

mod reconnection;
mod routing;

use alloc::string::String;
use alloc::vec::Vec;

use super::backoff::Backoff;
use super::engine::{Engine, Handshake, Packet};
use super::error::{ConnectError, DecodeError, DisconnectReason};
use super::options::{ManagerOptions, TransportKind};
use super::output::{Event, NspId, Output, Outputs, TransportId};
use super::socket::attachments::Reconstruction;
use super::socket::packet::{Header, Shape};
use super::socket::{Link, Socket};
use super::time::{Millis, earliest};

/// Where the connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed,
    Opening { deadline: Millis },
    Open,
    Waiting { until: Millis },
}

/// One connection to a server.
///
/// `P` is what the driver passes through: data, callbacks, error objects.
#[derive(Debug)]
pub struct Manager<P> {
    options: ManagerOptions,
    polling_first: bool,
    state: State,
    /// Whether the attempt under way is to reconnect.
    reconnecting: bool,
    backoff: Backoff,
    random: u64,
    engine: Engine<P>,
    sockets: Vec<Socket<P>>,
    reconstruction: Reconstruction<P>,
    out: Outputs<P>,
}

/// Commands of the user.
impl<P> Manager<P> {
    /// A manager that does nothing yet. `seed` decides the jitter of its reconnections.
    #[must_use]
    pub fn new(options: ManagerOptions, seed: u64) -> Self {
        Self {
            options,
            polling_first: false,
            state: State::Closed,
            reconnecting: false,
            backoff: Backoff::default(),
            // The generator below stays at zero for ever.
            random: seed.max(1),
            engine: Engine::new(),
            sockets: Vec::new(),
            reconstruction: Reconstruction::new(),
            out: Outputs::new(),
        }
    }

    /// The namespace called `name`, made if need be. It is not connected by this.
    pub fn socket(&mut self, name: &str) -> NspId {
        self.find_socket(name).unwrap_or_else(|| {
            let nsp = NspId(self.sockets.len());
            let name = (name != "/").then(|| String::from(name));
            self.sockets.push(Socket::new(nsp, name));
            nsp
        })
    }

    /// Wants a namespace connected, and opens the connection for it if there is none.
    /// While a reconnection is planned, that is waited for.
    pub fn connect(&mut self, nsp: NspId, now: Millis) {
        self.check_heartbeat(now);
        let is_open = self.state == State::Open;
        let Some(socket) = self.sockets.get_mut(nsp.0) else { return };
        socket.active = true;
        if is_open {
            socket.start(&mut self.out);
        } else if self.state == State::Closed {
            self.begin(now);
        }
    }

    /// Ends a namespace. The connection ends with the last one.
    pub fn disconnect(&mut self, nsp: NspId, now: Millis) {
        let Some(socket) = self.sockets.get_mut(nsp.0) else { return };
        socket.active = false;
        let was_connected = socket.link == Link::Connected;
        // A server that is still deciding would take DISCONNECT for an error; see the table.
        if socket.link != Link::Connecting {
            socket.unlink();
        }
        if was_connected {
            self.engine.queue(Packet::Disconnect(nsp));
        }
        self.close_if_unused(now);
        self.engine.flush(&mut self.out);
        if was_connected {
            self.tell(Event::Disconnect(nsp, DisconnectReason::IoClientDisconnect, None));
        }
    }

    /// Answers [`Output::Authenticate`]: the data for CONNECT, or `Err` with why there is none.
    pub fn authenticate(
        &mut self,
        nsp: NspId,
        session: u32,
        auth: Result<Option<P>, P>,
        now: Millis,
    ) {
        let Some(socket) = self.sockets.get_mut(nsp.0) else { return };
        match auth {
            Ok(auth) => {
                if let Some(packet) = socket.authenticate(session, auth) {
                    self.engine.write(packet, &mut self.out);
                }
            }
            Err(error) => {
                if socket.reject_auth(session) {
                    self.close_if_unused(now);
                    self.tell(Event::ConnectError(nsp, ConnectError::Auth(error).into()));
                }
            }
        }
    }

    /// Sends an event, or keeps it until the namespace is connected.
    pub fn emit(&mut self, nsp: NspId, data: P, callback: Option<P>, now: Millis) {
        self.check_heartbeat(now);
        let socket = self.sockets.get_mut(nsp.0);
        if let Some(packet) = socket.and_then(|socket| socket.emit(data, callback)) {
            self.engine.write(packet, &mut self.out);
        }
    }

    /// Answers an event of the server, if the connection it came by is still there.
    pub fn ack(&mut self, nsp: NspId, session: u32, id: u64, data: P, now: Millis) {
        self.check_heartbeat(now);
        let socket = self.sockets.get(nsp.0);
        if let Some(packet) = socket.and_then(|socket| socket.ack(session, id, data)) {
            self.engine.write(packet, &mut self.out);
        }
    }

    /// Whether long-polling is tried first from now on, whatever the order in the options.
    pub fn prefer_polling(&mut self, polling_first: bool) {
        self.polling_first = polling_first;
    }
}

/// What the driver may ask.
impl<P> Manager<P> {
    /// Whether this namespace is connected.
    #[must_use]
    pub fn is_connected(&self, nsp: NspId) -> bool {
        self.sockets.get(nsp.0).is_some_and(|socket| socket.link == Link::Connected)
    }

    /// Whether this namespace is to be connected, now or after a reconnection.
    #[must_use]
    pub fn is_active(&self, nsp: NspId) -> bool {
        self.sockets.get(nsp.0).is_some_and(|socket| socket.active)
    }

    /// The namespace's name; `None` for the main one.
    #[must_use]
    pub fn name(&self, nsp: NspId) -> Option<&str> {
        self.sockets.get(nsp.0)?.name.as_deref()
    }

    /// The transport in use, if the connection is open.
    #[must_use]
    pub fn transport(&self) -> Option<(TransportId, TransportKind)> {
        self.engine.current()
    }

    /// The namespace called `name`, if it was made.
    #[must_use]
    pub fn find_socket(&self, name: &str) -> Option<NspId> {
        self.find((name != "/").then_some(name))
    }

    /// What the manager was made with.
    #[must_use]
    pub fn options(&self) -> &ManagerOptions {
        &self.options
    }

    fn find(&self, name: Option<&str>) -> Option<NspId> {
        self.sockets.iter().position(|socket| socket.name.as_deref() == name).map(NspId)
    }
}

/// What transports report. What comes from one that was closed is ignored.
impl<P> Manager<P> {
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

    /// A Socket.IO packet came. The shape is that of its data.
    pub fn handle_packet(
        &mut self,
        id: TransportId,
        header: Header,
        data: P,
        shape: Shape,
        now: Millis,
    ) {
        if !self.engine.is_current(id) {
            self.engine.handle_unexpected(id, &mut self.out);
        } else if header.packet_type.accepts(shape) {
            let complete = self.reconstruction.packet(header, data);
            self.handle_complete(id, complete, shape == Shape::Session, now);
        } else {
            self.handle_decode_error(id, DecodeError::InvalidPayload, now);
        }
    }

    /// A binary message came: an attachment of the packet before it.
    pub fn handle_attachment(&mut self, id: TransportId, data: P, now: Millis) {
        if self.engine.is_current(id) {
            let complete = self.reconstruction.attachment(data);
            self.handle_complete(id, complete, false, now);
        } else {
            self.engine.handle_unexpected(id, &mut self.out);
        }
    }

    /// Something came that is not the protocol.
    pub fn handle_decode_error(&mut self, id: TransportId, error: DecodeError, now: Millis) {
        self.handle_failure(id, error.into(), ConnectError::Decode(error), now);
    }

    /// A transport failed. The error is the driver's own.
    pub fn handle_error(&mut self, id: TransportId, error: P, now: Millis) {
        let reason = DisconnectReason::TransportError;
        self.handle_failure(id, reason, ConnectError::Transport(error), now);
    }

    /// A transport was closed by the server or the network. The details are the driver's own.
    pub fn handle_close(&mut self, id: TransportId, details: P, now: Millis) {
        let reason = DisconnectReason::TransportClose;
        self.handle_failure(id, reason, ConnectError::Transport(details), now);
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

    fn handle_failure(
        &mut self,
        id: TransportId,
        reason: DisconnectReason,
        error: ConnectError<P>,
        now: Millis,
    ) {
        let change = self.engine.handle_failure(id, reason, error, now, &mut self.out);
        self.apply(change, now);
    }
}

/// Time and outputs.
impl<P> Manager<P> {
    /// The next thing to do; `None` when there is nothing left.
    pub fn poll_output(&mut self) -> Option<Output<P>> {
        self.out.pop_front()
    }

    /// When [`Self::handle_timeout`] is to be called, if nothing else happens before.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Millis> {
        let own = match self.state {
            State::Opening { deadline } => Some(deadline),
            State::Waiting { until } => Some(until),
            State::Closed | State::Open => None,
        };
        earliest(own, self.engine.poll_timeout()).filter(|&deadline| deadline < Millis(u64::MAX))
    }

    /// Does what is due.
    pub fn handle_timeout(&mut self, now: Millis) {
        self.check_heartbeat(now);
        let change = self.engine.handle_timeout(now, &mut self.out);
        self.apply(change, now);
        match self.state {
            State::Opening { deadline } if deadline <= now => self.fail(ConnectError::Timeout, now),
            State::Waiting { until } if until <= now => self.attempt(now),
            _ => {}
        }
    }

    /// Commands and timers notice a connection whose server fell silent, even if the timer that
    /// should have is late. A packet that comes instead shows that it is alive.
    fn check_heartbeat(&mut self, now: Millis) {
        if self.engine.is_expired(now) {
            self.engine.lose(now, &mut self.out);
            self.end(DisconnectReason::PingTimeout, None, now);
        }
    }
}
