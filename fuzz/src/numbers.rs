//! Numbers that no user and no server should choose.

use socketio_wasm::proto::engine::Handshake;
use socketio_wasm::proto::error::DisconnectReason::TransportError;
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};
use socketio_wasm::proto::output::{Event, NspId, Output, TransportId};
use socketio_wasm::proto::time::Millis;

use crate::bytes::Bytes;
use crate::random::Chance;

const NEVER: Millis = Millis(u64::MAX);

/// Options, a handshake's intervals and times, all of any size.
pub fn numbers(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    check_conversion(f64::from_bits(bytes.number()));
    check_sums(Millis(bytes.number()), Millis(bytes.number()));
    let mut connection = Connection::new(&mut bytes);
    while !bytes.is_empty() {
        connection.step(&mut bytes);
        connection.drain();
        connection.check();
    }
}

fn check_conversion(ms: f64) {
    let Some(Millis(whole)) = Millis::from_f64(ms) else {
        return assert!(ms.is_nan() || ms < 0.0, "{ms}");
    };
    assert!(ms >= 0.0);
    let is_largest = whole == u64::MAX && ms >= u64::MAX as f64;
    assert!(is_largest || whole as f64 == ms.floor(), "{ms}: {whole}");
}

fn check_sums(a: Millis, b: Millis) {
    assert!(a.after(b) >= a && a.after(b) == b.after(a));
    assert!(a.until(a.after(b)) <= b && a.after(b).until(a) == Millis(0));
}

/// A length of time: those at the borders more often than others.
fn length(bytes: &mut Bytes) -> Millis {
    match bytes.below(10) {
        0 => Millis(0),
        1 => Millis(1),
        2 => Millis(1 << 31),
        3 => Millis(1 << 53),
        4 => NEVER,
        5 => Millis(NEVER.0 - 1),
        6 => Millis::from_f64(f64::from_bits(bytes.number())).unwrap_or_default(),
        _ => Millis(bytes.below(100_000)),
    }
}

fn options(bytes: &mut Bytes) -> ManagerOptions {
    let transports = match bytes.below(3) {
        0 => vec![WebSocket.into(), Polling.into()],
        1 => vec![WebSocket.into()],
        _ => vec![Polling.into(), WebSocket.into()],
    };
    ManagerOptions {
        transports,
        fallback_delay: length(bytes),
        timeout: length(bytes),
        reconnection_attempts: u32::try_from(bytes.number() >> 32).unwrap(),
        reconnection_delay: length(bytes),
        reconnection_delay_max: length(bytes),
        randomization_factor: f64::from_bits(bytes.number()),
        ..ManagerOptions::default()
    }
}

struct Connection {
    manager: Manager,
    nsp: NspId,
    now: Millis,
    /// The last transport made.
    last: TransportId,
    /// An attempt to connect is planned, and none under way.
    is_waiting: bool,
    /// When the server must have asked for a sign of life.
    heartbeat: Millis,
    ping_deadline: Millis,
}

impl Connection {
    fn new(bytes: &mut Bytes) -> Self {
        let mut manager = Manager::new(options(bytes), bytes.number());
        let now = length(bytes);
        let nsp = manager.socket();
        manager.connect(nsp, now);
        let (last, is_waiting) = (TransportId(0), false);
        Self { manager, nsp, now, last, is_waiting, heartbeat: NEVER, ping_deadline: NEVER }
    }

    fn step(&mut self, bytes: &mut Bytes) {
        match bytes.below(9) {
            0 => self.manager.connect(self.nsp, self.now),
            1 => self.manager.disconnect(self.nsp, self.now),
            2 => self.shake_hands(length(bytes), length(bytes)),
            3 => {
                if self.manager.is_current(self.last) {
                    self.ping_deadline = self.now.after(self.heartbeat);
                }
                self.manager.handle_ping(self.last, self.now);
            }
            4 => self.manager.handle_failure(self.last, TransportError, self.now),
            5 => self.manager.handle_poll_end(self.last, self.now),
            6 => self.now = self.now.after(length(bytes)),
            _ => {
                self.now = self.now.max(self.manager.poll_timeout().unwrap_or_default());
                self.fire();
            }
        }
    }

    fn shake_hands(&mut self, ping_interval: Millis, ping_timeout: Millis) {
        let handshake = Handshake { websocket: false, ping_interval, ping_timeout };
        self.manager.handle_handshake(self.last, &handshake, self.now);
        if self.manager.is_current(self.last) {
            self.heartbeat = ping_interval.after(ping_timeout);
            self.ping_deadline = self.now.after(self.heartbeat);
        }
    }

    fn fire(&mut self) {
        let is_dead = self.ping_deadline <= self.now;
        self.manager.handle_timeout(self.now);
        assert!(!is_dead || self.manager.transport().is_none(), "the server is silent");
    }

    fn drain(&mut self) {
        while let Some(output) = self.manager.poll_output() {
            match output {
                Output::Open { id, .. } => self.last = id,
                Output::Authenticate { nsp, session } => {
                    assert!(self.manager.authenticate(nsp, session, true, self.now));
                    self.manager.write();
                }
                Output::Flush(id) => self.manager.handle_drain(id),
                Output::Event(Event::Opening) => self.is_waiting = false,
                Output::Event(Event::Error | Event::Close(_)) => self.is_waiting = true,
                _ => {}
            }
        }
    }

    /// Whatever is due has a timer, and it is never later than it should be.
    fn check(&self) {
        let next = self.manager.poll_timeout().unwrap_or(NEVER);
        assert!(self.manager.poll_timeout() != Some(NEVER), "never is no time");
        if self.manager.transport().is_some() {
            assert!(next <= self.ping_deadline, "a silent server is not noticed");
        } else if self.is_waiting && !self.manager.is_closed() {
            let longest = self.manager.options().reconnection_delay_max;
            assert!(next <= self.now.after(longest), "the wait is too long");
        }
    }
}
