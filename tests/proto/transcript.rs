//! A conversation in wire text with a fake clock.
//!
//! Inputs are calls, outputs are lines, and every line has to be expected:
//!
//! ```text
//! open websocket#0           a transport is made; `for 1`: to join the session of transport 1
//! poll 1, flush 1, close 1   as `Output` has them
//! 0> 40                      packet sent over transport 0
//! connect /                  an event that the user is told
//! ```

use socketio_wasm::proto::engine::packet::{PacketType as EngineType, is_probe};
use socketio_wasm::proto::engine::{Handshake, Packet, payload};
use socketio_wasm::proto::error::{ConnectError, DecodeError};
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::{ManagerOptions, TransportKind};
use socketio_wasm::proto::output::{Event, NspId, Output, TransportId};
use socketio_wasm::proto::socket::packet::{Header, PacketType, Shape};
use socketio_wasm::proto::time::Millis;

pub(crate) const HANDSHAKE: &str =
    r#"0{"sid":"e","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":20000}"#;

/// Something that happens in a transcript.
pub(crate) type Step = fn(&mut Transcript) -> &mut Transcript;

/// What a listener of the user's does.
type Listener = fn(&mut Manager<String>, Millis);

pub(crate) struct Transcript {
    pub(crate) manager: Manager<String>,
    now: u64,
    lines: Vec<String>,
    listener: Option<(&'static str, Listener)>,
    /// What the user's `auth` gives; `None`: it has not answered yet.
    pub(crate) auth: Option<Result<Option<String>, String>>,
}

impl Transcript {
    pub(crate) fn new(options: ManagerOptions) -> Self {
        let manager = Manager::new(options, 1);
        Self { manager, now: 1_000, lines: Vec::new(), listener: None, auth: Some(Ok(None)) }
    }

    /// The default options with these transports, main namespace wanted.
    pub(crate) fn connecting(transports: &[TransportKind]) -> Self {
        let transports = transports.to_vec();
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
        let mut t = Self::connecting(&[TransportKind::Polling]);
        t.body(0, HANDSHAKE).drain(0).body(0, r#"40{"sid":"x"}"#);
        t.forget();
        t
    }

    /// The main namespace connected by long-polling; a WebSocket (1) was made to take over.
    pub(crate) fn upgrading() -> Self {
        let mut t = Self::connecting(&[TransportKind::Polling, TransportKind::WebSocket]);
        t.body(0, HANDSHAKE).drain(0).body(0, r#"40{"sid":"x"}"#);
        t.forget();
        t
    }

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
    pub(crate) fn when(&mut self, line: &'static str, listener: Listener) -> &mut Self {
        self.listener = Some((line, listener));
        self
    }

    pub(crate) fn nsp(&mut self, name: &str) -> NspId {
        self.manager.socket(name)
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
        let nsp = self.nsp(nsp);
        self.turn(|manager, now| manager.emit(nsp, data.into(), None, now))
    }

    pub(crate) fn emit_with_ack(&mut self, nsp: &str, data: &str, callback: &str) -> &mut Self {
        let nsp = self.nsp(nsp);
        self.turn(|manager, now| manager.emit(nsp, data.into(), Some(callback.into()), now))
    }

    /// The user's `auth` answers late.
    pub(crate) fn authenticate(
        &mut self,
        nsp: &str,
        session: u32,
        auth: Result<Option<&str>, &str>,
    ) -> &mut Self {
        let nsp = self.nsp(nsp);
        let auth = auth.map(|auth| auth.map(String::from)).map_err(String::from);
        self.turn(|manager, now| manager.authenticate(nsp, session, auth, now))
    }

    pub(crate) fn ack(&mut self, nsp: &str, session: u32, id: u64, data: &str) -> &mut Self {
        let nsp = self.nsp(nsp);
        self.turn(|manager, now| manager.ack(nsp, session, id, data.into(), now))
    }

    /// A WebSocket opens.
    pub(crate) fn open(&mut self, id: u32) -> &mut Self {
        self.turn(|manager, _| manager.handle_open(TransportId(id)))
    }

    pub(crate) fn error(&mut self, id: u32, text: &str) -> &mut Self {
        self.turn(|manager, now| manager.handle_error(TransportId(id), text.into(), now))
    }

    pub(crate) fn close(&mut self, id: u32) -> &mut Self {
        self.turn(|manager, now| manager.handle_close(TransportId(id), "details".into(), now))
    }

    /// All POSTs are answered.
    pub(crate) fn drain(&mut self, id: u32) -> &mut Self {
        self.turn(|manager, _| manager.handle_drain(TransportId(id)))
    }

    /// A GET is answered.
    pub(crate) fn body(&mut self, id: u32, body: &str) -> &mut Self {
        for range in payload::split(body) {
            self.recv(id, &body[range]);
        }
        self.turn(|manager, now| manager.handle_poll_end(TransportId(id), now))
    }

    pub(crate) fn binary(&mut self, id: u32, data: &str) -> &mut Self {
        self.turn(|manager, now| manager.handle_attachment(TransportId(id), data.into(), now))
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

    /// How long until the next deadline.
    pub(crate) fn timeout(&self) -> Option<u64> {
        self.manager.poll_timeout().map(|Millis(at)| at - self.now)
    }

    /// A packet comes as text, as a driver hands it over.
    pub(crate) fn recv(&mut self, id: u32, text: &str) -> &mut Self {
        let (id, range) = (TransportId(id), 0..text.len());
        match EngineType::decode(text, &range) {
            Ok(EngineType::Open) => self.turn(|manager, now| match handshake(&text[1..]) {
                Some(handshake) => manager.handle_handshake(id, &handshake, now),
                None => manager.handle_decode_error(id, DecodeError::InvalidHandshake, now),
            }),
            Ok(EngineType::Close) => self.close(id.0),
            Ok(EngineType::Ping) => self.turn(|manager, now| manager.handle_ping(id, now)),
            Ok(EngineType::Pong) => {
                self.turn(|manager, _| manager.handle_pong(id, is_probe(text, &range)))
            }
            Ok(EngineType::Message) => self.message(id, text),
            Ok(EngineType::Base64) => self.binary(id.0, &text[1..]),
            Ok(EngineType::Upgrade | EngineType::Noop) => self,
            Err(error) => self.turn(|manager, now| manager.handle_decode_error(id, error, now)),
        }
    }

    fn message(&mut self, id: TransportId, text: &str) -> &mut Self {
        let max_attachments = self.manager.options().max_attachments;
        let decoded = Header::decode(text, &(1..text.len()), max_attachments);
        self.turn(|manager, now| match decoded {
            Ok((header, at)) => {
                manager.handle_packet(id, header, text[at..].into(), shape(&text[at..]), now);
            }
            Err(error) => manager.handle_decode_error(id, error, now),
        })
    }

    fn turn(&mut self, input: impl FnOnce(&mut Manager<String>, Millis)) -> &mut Self {
        input(&mut self.manager, Millis(self.now));
        while let Some(output) = self.manager.poll_output() {
            self.perform(output);
        }
        self
    }

    fn perform(&mut self, output: Output<String>) {
        let line = match output {
            Output::Open { id, kind, session_of: None } => {
                format!("open {}#{}", kind.as_str(), id.0)
            }
            Output::Open { id, kind, session_of: Some(of) } => {
                format!("open {}#{} for {}", kind.as_str(), id.0, of.0)
            }
            Output::Poll(id) => format!("poll {}", id.0),
            Output::Flush(id) => format!("flush {}", id.0),
            Output::Close(id) => format!("close {}", id.0),
            Output::Send(id, packet) => format!("{}> {}", id.0, self.wire(&packet)),
            Output::Event(event) => self.event(event),
            Output::Authenticate { nsp, session } => {
                if let Some(auth) = self.auth.clone() {
                    self.manager.authenticate(nsp, session, auth, Millis(self.now));
                    return;
                }
                format!("authenticate {} {session}", self.name(nsp))
            }
        };
        if let Some((_, listener)) = self.listener.take_if(|(when, _)| *when == line) {
            listener(&mut self.manager, Millis(self.now));
        }
        self.lines.push(line);
    }

    fn name(&self, nsp: NspId) -> String {
        self.manager.name(nsp).unwrap_or("/").into()
    }

    fn wire(&self, packet: &Packet<String>) -> String {
        let (packet_type, nsp, id, data) = match packet {
            Packet::Close => return "1".into(),
            Packet::Probe => return "2probe".into(),
            Packet::Pong => return "3".into(),
            Packet::Upgrade => return "5".into(),
            Packet::Connect(nsp, auth) => (PacketType::Connect, nsp, None, auth.as_ref()),
            Packet::Disconnect(nsp) => (PacketType::Disconnect, nsp, None, None),
            Packet::Event(nsp, id, data) => (PacketType::Event, nsp, *id, Some(data)),
            Packet::Ack(nsp, id, data) => (PacketType::Ack, nsp, Some(*id), Some(data)),
        };
        let nsp = self.manager.name(*nsp).map(String::from);
        let header = Header { nsp, id, ..Header::new(packet_type) };
        header.encode() + data.map_or("", String::as_str)
    }

    fn event(&self, event: Event<String>) -> String {
        match event {
            Event::Open(id) => format!("manager open {}", id.0),
            Event::Upgrade(id) => format!("manager upgrade {}", id.0),
            Event::UpgradeError => "manager upgrade_error".into(),
            Event::Ping => "manager ping".into(),
            Event::Error(error) => format!("manager error: {}", reason(&error)),
            Event::Close(reason, _) => format!("manager close: {}", reason.as_str()),
            Event::ReconnectAttempt(n) => format!("manager reconnect_attempt {n}"),
            Event::Reconnect(n) => format!("manager reconnect {n}"),
            Event::ReconnectError(error) => format!("manager reconnect_error: {}", reason(&error)),
            Event::ReconnectFailed => "manager reconnect_failed".into(),
            Event::Connect(nsp, data) => format!("connect {} {data}", self.name(nsp)),
            Event::ConnectError(nsp, error) => {
                format!("connect_error {}: {}", self.name(nsp), reason(&error))
            }
            Event::Disconnect(nsp, reason, _) => {
                format!("disconnect {}: {}", self.name(nsp), reason.as_str())
            }
            Event::Message(message) => {
                let id = message.id.map(|id| format!(" ack {id}/{}", message.session));
                let binary = message.attachments.concat();
                format!(
                    "event {} {}{binary}{}",
                    self.name(message.nsp),
                    message.data,
                    id.unwrap_or_default()
                )
            }
            Event::Ack { callback, data, attachments } => {
                format!("{callback}({data}{})", attachments.concat())
            }
        }
    }
}

fn reason(error: &ConnectError<String>) -> String {
    match error {
        ConnectError::Transport(text) => text.clone(),
        ConnectError::Timeout => "timeout".into(),
        ConnectError::NoTransport => "no transport".into(),
        ConnectError::Decode(error) => error.as_str().into(),
        ConnectError::Rejected(data) => format!("rejected {data}"),
        ConnectError::IncompatibleServer => "incompatible server".into(),
        ConnectError::Auth(error) => format!("auth {error}"),
    }
}

/// What a driver gets from the browser's JSON, for the little JSON in these tests.
fn handshake(json: &str) -> Option<Handshake> {
    let number = |name: &str| {
        let (_, rest) = json.split_once(&format!(r#""{name}":"#))?;
        rest.split([',', '}']).next()?.parse().ok().map(Millis)
    };
    Some(Handshake {
        websocket: json.contains(r#""upgrades":["websocket"]"#),
        ping_interval: number("pingInterval")?,
        ping_timeout: number("pingTimeout")?,
    })
}

fn shape(json: &str) -> Shape {
    match json.as_bytes() {
        [] => Shape::None,
        [b'{', .., b'}'] if json.contains(r#""sid":""#) => Shape::Session,
        [b'{', .., b'}'] => Shape::Object,
        [b'[', b'"' | b'0'..=b'9', .., b']'] if !is_reserved(json) => Shape::Event,
        [b'[', .., b']'] => Shape::Array,
        [b'"', .., b'"'] => Shape::String,
        _ => Shape::Other,
    }
}

fn is_reserved(json: &str) -> bool {
    ["connect", "connect_error", "disconnect", "disconnecting"]
        .iter()
        .any(|name| json.starts_with(&format!(r#"["{name}""#)))
}
