//! A conversation in wire text with a fake clock.
//!
//! Inputs are calls, outputs are lines, and every line has to be expected:
//!
//! ```text
//! open websocket#0           a transport is made; `for 1`: to join the session of transport 1
//! poll 1, close 1            as `Output` has them
//! 0> 40                      packet sent over transport 0
//! flush 0                    a POST begins, with the packets above; behind one under way, it waits
//! manager open 0             an event that the user is told
//! connect /, event / ["a"]   what a packet brings, by namespace
//! ```
//!
//! It plays the driver: names of namespaces, data, errors, the write buffer and packets whose
//! attachments are still to come are here. An emit that can't be sent is nobody's business here.

#[path = "transcript/incoming.rs"]
mod incoming;
#[path = "transcript/outputs.rs"]
mod outputs;

use std::collections::BTreeSet;

use socketio_wasm::proto::engine::payload;
use socketio_wasm::proto::error::DisconnectReason;
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::TransportKind::{self, Polling, WebSocket};
use socketio_wasm::proto::options::{Candidate, ManagerOptions};
use socketio_wasm::proto::output::{NspId, TransportId};
use socketio_wasm::proto::socket::attachments::Reconstruction;
use socketio_wasm::proto::time::Millis;

use incoming::Incoming;

pub(crate) const HANDSHAKE: &str =
    r#"0{"sid":"e","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}"#;

/// Something that happens in a transcript, or what a listener of the user's does.
pub(crate) type Step = fn(&mut Transcript) -> &mut Transcript;

pub(crate) struct Transcript {
    pub(crate) manager: Manager,
    now: u64,
    lines: Vec<String>,
    listener: Option<(&'static str, Step)>,
    /// What the user's `auth` gives; `None`: it has not answered yet.
    pub(crate) auth: Option<Result<&'static str, &'static str>>,
    /// By [`NspId`].
    names: Vec<String>,
    /// By [`TransportId`].
    kinds: Vec<TransportKind>,
    /// Those with a POST under way.
    posting: BTreeSet<TransportId>,
    write_buffer: Vec<String>,
    reconstruction: Reconstruction<Incoming>,
    /// What the driver knows of the last failure, and what it tells of the attempt that failed.
    cause: String,
    failed: Option<String>,
    is_draining: bool,
}

/// The driver's first implementation of each.
pub(crate) fn candidates(kinds: &[TransportKind]) -> Vec<Candidate> {
    kinds.iter().map(|&kind| kind.into()).collect()
}

/// Conversations that have got somewhere.
impl Transcript {
    pub(crate) fn new(options: ManagerOptions) -> Self {
        Self {
            manager: Manager::new(options, 1),
            now: 1_000,
            lines: Vec::new(),
            listener: None,
            auth: Some(Ok("")),
            names: Vec::new(),
            kinds: Vec::new(),
            posting: BTreeSet::new(),
            write_buffer: Vec::new(),
            reconstruction: Reconstruction::default(),
            cause: String::new(),
            failed: None,
            is_draining: false,
        }
    }

    /// The default options with these transports, main namespace wanted.
    pub(crate) fn connecting(transports: &[TransportKind]) -> Self {
        let transports = candidates(transports);
        let mut t = Self::new(ManagerOptions { transports, ..ManagerOptions::default() });
        t.connect("/");
        t
    }

    /// The main namespace connected over a WebSocket.
    pub(crate) fn connected() -> Self {
        let mut t = Self::new(ManagerOptions::default());
        t.connect("/").recv(0, HANDSHAKE).recv(0, r#"40{"sid":"x"}"#);
        t.forget();
        t
    }

    /// The main namespace connected by long-polling, no upgrade offered.
    pub(crate) fn polling() -> Self {
        let mut t = Self::connecting(&[Polling]);
        t.body(0, HANDSHAKE).drain(0).body(0, r#"40{"sid":"x"}"#);
        t.forget();
        t
    }

    /// The main namespace connected by long-polling; a WebSocket (1) was made to take over.
    pub(crate) fn upgrading() -> Self {
        let mut t = Self::connecting(&[Polling, WebSocket]);
        t.body(0, HANDSHAKE).drain(0).body(0, r#"40{"sid":"x"}"#);
        t.forget();
        t
    }
}

/// What is looked at.
impl Transcript {
    pub(crate) fn expect(&mut self, lines: &[&str]) -> &mut Self {
        assert_eq!(core::mem::take(&mut self.lines), lines, "at {} ms", self.now);
        self
    }

    pub(crate) fn forget(&mut self) -> &mut Self {
        self.lines.clear();
        self
    }

    /// The lines so far, to look for something in them.
    pub(crate) fn take(&mut self) -> Vec<String> {
        core::mem::take(&mut self.lines)
    }

    /// The user has a listener that does something when this line comes, once.
    pub(crate) fn when(&mut self, line: &'static str, listener: Step) -> &mut Self {
        self.listener = Some((line, listener));
        self
    }

    /// How long until the next deadline.
    pub(crate) fn timeout(&self) -> Option<u64> {
        self.manager.poll_timeout().map(|Millis(at)| at - self.now)
    }

    pub(crate) fn transport(&self) -> Option<(u32, TransportKind)> {
        self.manager.transport().map(|(id, transport)| (id.0, transport.kind))
    }

    pub(crate) fn is_active(&mut self, nsp: &str) -> bool {
        let nsp = self.nsp(nsp);
        self.manager.is_active(nsp)
    }

    /// Whether what is emitted would be sent.
    pub(crate) fn can_send(&mut self, nsp: &str) -> bool {
        let nsp = self.nsp(nsp);
        self.input(|manager, now| manager.can_send(nsp, now))
    }
}

/// What the user does.
impl Transcript {
    /// The namespace of this name, made if need be.
    pub(crate) fn nsp(&mut self, name: &str) -> NspId {
        self.find(name).unwrap_or_else(|| {
            self.names.push(name.into());
            self.manager.socket()
        })
    }

    pub(crate) fn connect(&mut self, nsp: &str) -> &mut Self {
        let nsp = self.nsp(nsp);
        self.turn(|manager, now| manager.connect(nsp, now))
    }

    pub(crate) fn disconnect(&mut self, nsp: &str) -> &mut Self {
        let nsp = self.nsp(nsp);
        self.turn(|manager, now| manager.disconnect(nsp, now))
    }

    pub(crate) fn emit(&mut self, nsp: &str, data: &str) -> &mut Self {
        if self.can_send(nsp) {
            let nsp = self.nsp(nsp);
            self.write("42", nsp, data);
        }
        self
    }

    /// The user's `auth` answers late.
    pub(crate) fn authenticate(
        &mut self,
        nsp: &str,
        session: u32,
        auth: Result<&str, &str>,
    ) -> &mut Self {
        let nsp = self.nsp(nsp);
        self.answer(nsp, session, auth);
        self
    }
}

/// What transports report, and time.
impl Transcript {
    /// A WebSocket opens.
    pub(crate) fn open(&mut self, id: u32) -> &mut Self {
        self.turn(|manager, _| manager.handle_open(TransportId(id)))
    }

    pub(crate) fn error(&mut self, id: u32, text: &str) -> &mut Self {
        self.fail(TransportId(id), DisconnectReason::TransportError, text)
    }

    pub(crate) fn close(&mut self, id: u32) -> &mut Self {
        self.fail(TransportId(id), DisconnectReason::TransportClose, "details")
    }

    /// A POST fails.
    pub(crate) fn post_error(&mut self, id: u32, text: &str) -> &mut Self {
        self.posting.remove(&TransportId(id));
        self.error(id, text)
    }

    /// All POSTs are answered.
    pub(crate) fn drain(&mut self, id: u32) -> &mut Self {
        self.posting.remove(&TransportId(id));
        self.turn(|manager, _| manager.handle_drain(TransportId(id)))
    }

    /// A GET is answered.
    pub(crate) fn body(&mut self, id: u32, body: &str) -> &mut Self {
        for range in payload::split(body) {
            self.recv(id, &body[range]);
        }
        // What is to be told of an answer that had no handshake in it.
        self.cause = "server error".into();
        self.turn(|manager, now| manager.handle_poll_end(TransportId(id), now))
    }

    /// Lets time pass, stopping at every deadline on the way.
    pub(crate) fn advance(&mut self, ms: u64) -> &mut Self {
        let end = self.now + ms;
        while let Some(Millis(at)) = self.manager.poll_timeout().filter(|&at| at <= Millis(end)) {
            self.now = self.now.max(at);
            self.turn(Manager::handle_timeout);
        }
        self.now = end;
        self
    }

    /// Lets time pass without the timer firing, as in a frozen tab.
    pub(crate) fn freeze(&mut self, ms: u64) -> &mut Self {
        self.now += ms;
        self
    }
}
