//! What a server may send, as text: a script of lines. The first character says what happens, the
//! second to which transport or namespace, the rest is what comes.
//!
//! ```text
//! r0 0{"sid":"e",…}   a packet over transport 0     d0   its POST is answered
//! p0 6                the answer to its GET         o0   it opens
//! b0 AQI=             an attachment                 e0   it fails; c0: it is closed
//! C0, D0, E0          the user connects, leaves, emits in a namespace
//! L0, H0              the page loses the network, finds it again
//! t5                  so many seconds pass
//! ```

use std::collections::BTreeMap;

use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};

use crate::transcript::Transcript;

const NAMES: [&str; 2] = ["/", "/a"];

/// Runs a script; its first byte chooses the transports.
pub fn text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.split('\n');
    let transports = match lines.next() {
        Some("w") => vec![WebSocket],
        Some("p") => vec![Polling],
        Some("wp") => vec![WebSocket, Polling],
        _ => vec![Polling, WebSocket],
    };
    let mut play = Play { transcript: Transcript::connecting(&transports), ..Play::default() };
    play.look();
    for line in lines {
        play.line(line);
        play.look();
    }
    play.finish();
}

/// A transport that was opened and not closed.
#[derive(Clone, Copy, Default)]
struct Transport {
    is_polling: bool,
    has_get: bool,
    has_post: bool,
}

struct Play {
    transcript: Transcript,
    transports: BTreeMap<u32, Transport>,
    /// Those of [`NAMES`] of which the user was told that they are connected.
    told: [bool; 2],
}

impl Default for Play {
    fn default() -> Self {
        let transcript = Transcript::connecting(&[]);
        Self { transcript, transports: BTreeMap::new(), told: [false; 2] }
    }
}

impl Play {
    fn line(&mut self, line: &str) {
        let mut chars = line.chars();
        let (Some(what), Some(which)) = (chars.next(), chars.next()) else { return };
        let rest = chars.as_str().strip_prefix(' ').unwrap_or(chars.as_str());
        let number = which.to_digit(36).unwrap_or(0);
        let t = &mut self.transcript;
        let nsp = NAMES[number as usize % 2];
        match what {
            'C' => drop(t.connect(nsp)),
            'D' => drop(t.disconnect(nsp)),
            'E' => drop(t.emit(nsp, "[1]")),
            'L' => {
                t.turn(Manager::lose);
                assert_eq!(t.transport(), None, "it is still connected");
            }
            'H' => drop(t.turn(Manager::hurry)),
            't' => drop(t.advance(u64::from(number) * 1_000)),
            _ => self.report(what, number, rest),
        }
    }

    /// What a transport may report where it is.
    fn report(&mut self, what: char, number: u32, rest: &str) {
        let count = self.transports.len();
        let open = (0..count).cycle().nth(number as usize);
        let Some((&id, transport)) = open.and_then(|at| self.transports.iter_mut().nth(at)) else {
            return;
        };
        let t = &mut self.transcript;
        match what {
            'r' if !transport.is_polling || transport.has_get => drop(t.recv(id, rest)),
            'b' if !transport.is_polling || transport.has_get => drop(t.binary(id, rest)),
            'p' if transport.has_get => {
                transport.has_get = false;
                t.body(id, rest);
            }
            'd' if transport.has_post => {
                transport.has_post = false;
                t.drain(id);
            }
            'o' if !transport.is_polling => drop(t.open(id)),
            'e' => drop(t.error(id, rest)),
            'c' => drop(t.close(id)),
            _ => {}
        }
    }

    /// What came of it. Asking may be what shows that the server has fallen silent.
    fn look(&mut self) {
        let can_send = NAMES.map(|name| self.transcript.can_send(name));
        for line in self.transcript.take() {
            self.follow(&line);
        }
        assert_eq!(can_send, self.told, "what the user is told is how it is");
        let has_session = self.transcript.transport().is_some();
        assert!(has_session || self.told == [false; 2], "the user is not told of the end");
    }

    fn follow(&mut self, line: &str) {
        let mut words = line.split([' ', '#', ':']);
        let (first, second) = (words.next().unwrap(), words.next().unwrap_or_default());
        let number = |text: &str| text.parse::<u32>().unwrap();
        let nsp = NAMES.iter().position(|&name| name == second);
        match (first, nsp) {
            ("open", _) => {
                let transport =
                    Transport { is_polling: second == "polling", ..Transport::default() };
                self.transports.insert(number(words.next().unwrap()), transport);
            }
            ("close", None) => assert!(self.transports.remove(&number(second)).is_some(), "{line}"),
            ("poll", _) => assert!(!core::mem::replace(&mut self.open(second).has_get, true)),
            ("flush", _) => self.open(second).has_post = true,
            ("connect", Some(nsp)) => self.told[nsp] = true,
            ("disconnect", Some(nsp)) => {
                let was_told = core::mem::take(&mut self.told[nsp]);
                assert!(was_told || line.ends_with("io server disconnect"), "{line}");
            }
            _ => self.sent(first.strip_suffix('>'), second),
        }
    }

    fn sent(&mut self, id: Option<&str>, packet: &str) {
        let Some(id) = id else { return };
        let transport = self.open(id);
        // A goodbye is a POST of its own; what else is sent comes before its "flush".
        transport.has_post |= transport.is_polling && packet == "1";
    }

    fn open(&mut self, id: &str) -> &mut Transport {
        let id = id.parse().unwrap();
        self.transports.get_mut(&id).unwrap_or_else(|| panic!("{id} is not open"))
    }

    /// The user leaves, and nothing is left.
    fn finish(&mut self) {
        for name in NAMES {
            self.transcript.disconnect(name);
        }
        self.look();
        self.transcript.advance(10_000);
        self.look();
        assert!(self.transports.is_empty(), "every transport is closed");
        assert_eq!(self.transcript.timeout(), None, "there is nothing left to do");
        assert_eq!(self.told, [false; 2]);
    }
}
