//! A network on which packets take their time, and a server at its other end.

use std::collections::VecDeque;

use socketio_wasm::proto::engine::Packet;
use socketio_wasm::proto::options::TransportKind::{self, Polling, WebSocket};

/// What the client sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Up {
    Connect,
    Event(u32),
    Disconnect,
    Engine(Packet),
}

/// What the server sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Down {
    Handshake(usize),
    Connect,
    Event(u32),
    Noop,
    Pong,
    /// All of this POST has arrived.
    Posted,
    /// The GET is answered, and this is the end of it.
    Answered,
}

/// One transport between the two.
pub(super) struct Channel {
    pub(super) kind: TransportKind,
    /// Nothing comes up any more behind what is on its way; nothing comes down at all.
    pub(super) is_closed: bool,
    /// The server knows of it: a WebSocket was accepted, a GET came.
    is_known: bool,
    session: Option<usize>,
    /// POSTs come one by one; what goes over a WebSocket is one packet each.
    pub(super) up: VecDeque<Vec<Up>>,
    pub(super) down: VecDeque<Down>,
    has_get: bool,
    /// A POST has arrived, and the client does not know it.
    is_posting: bool,
}

/// What the server knows of a session.
#[derive(Default)]
pub(super) struct Session {
    /// The number of the channel that it sends over.
    channel: usize,
    pub(super) is_connected: bool,
    is_probed: bool,
    buffer: VecDeque<Down>,
    pub(super) received: Vec<u32>,
    pub(super) sent: Vec<u32>,
}

#[derive(Default)]
pub(super) struct Network {
    pub(super) channels: Vec<Channel>,
    pub(super) sessions: Vec<Session>,
}

impl Network {
    /// The client makes a transport; `session` is the one that it joins.
    pub(super) fn open(&mut self, kind: TransportKind, session: Option<usize>) {
        self.channels.push(Channel {
            kind,
            is_closed: false,
            is_known: false,
            session,
            up: VecDeque::new(),
            down: VecDeque::new(),
            has_get: false,
            is_posting: false,
        });
    }

    /// The server accepts a WebSocket: whether it is one that joins a session.
    pub(super) fn accept(&mut self, at: usize) -> Option<bool> {
        let channel = self.channels.get_mut(at)?;
        if channel.kind == Polling || channel.is_closed || channel.is_known {
            return None;
        }
        channel.is_known = true;
        let joins = channel.session.is_some();
        if !joins {
            self.begin(at);
        }
        Some(joins)
    }

    fn begin(&mut self, at: usize) {
        let session = self.sessions.len();
        self.sessions.push(Session { channel: at, ..Session::default() });
        self.channels[at].session = Some(session);
        self.say(session, Down::Handshake(session));
    }

    pub(super) fn get(&mut self, at: usize) {
        assert!(!core::mem::replace(&mut self.channels[at].has_get, true), "two GETs");
        if self.channels[at].session.is_none() {
            self.channels[at].is_known = true;
            self.begin(at);
        }
        self.answer(at);
    }

    pub(super) fn session(&self, at: usize) -> Option<usize> {
        self.channels.get(at)?.session
    }

    /// The server has something to send.
    pub(super) fn say(&mut self, session: usize, down: Down) {
        self.sessions[session].buffer.push_back(down);
        self.answer(self.sessions[session].channel);
    }

    /// Sends what waits at the server, as far as it can.
    fn answer(&mut self, at: usize) {
        let Channel { session: Some(number), kind, has_get, .. } = self.channels[at] else {
            return;
        };
        let session = &mut self.sessions[number];
        if session.channel != at || (kind == Polling && !has_get) {
            return;
        }
        if session.is_probed && kind == Polling && session.buffer.is_empty() {
            session.buffer.push_back(Down::Noop);
        }
        let channel = &mut self.channels[at];
        if kind == Polling && !session.buffer.is_empty() {
            session.buffer.push_back(Down::Answered);
            channel.has_get = false;
        }
        channel.down.append(&mut session.buffer);
    }

    /// The next thing arrives at the server; whether there was one.
    pub(super) fn carry_up(&mut self, at: usize) -> bool {
        let Some(channel) = self.channels.get_mut(at) else { return false };
        if channel.is_posting {
            return false;
        }
        let Some(packets) = channel.up.pop_front() else { return false };
        if channel.kind == Polling {
            channel.is_posting = true;
            channel.down.push_back(Down::Posted);
        }
        for packet in packets {
            self.receive(at, packet);
        }
        true
    }

    fn receive(&mut self, at: usize, packet: Up) {
        let number = self.channels[at].session.expect("it has no session yet");
        let session = &mut self.sessions[number];
        let is_own = session.channel == at;
        match packet {
            Up::Connect => {
                assert!(is_own && !session.is_connected, "an error for the server");
                session.is_connected = true;
                self.say(number, Down::Connect);
            }
            Up::Event(data) => {
                assert!(is_own && session.is_connected, "an error for the server");
                session.received.push(data);
            }
            Up::Disconnect => session.is_connected = false,
            Up::Engine(Packet::Probe) => {
                session.is_probed = true;
                self.channels[at].down.push_back(Down::Pong);
                self.answer(self.sessions[number].channel);
            }
            Up::Engine(Packet::Upgrade) => {
                session.channel = at;
                self.answer(at);
            }
            Up::Engine(Packet::Close) => session.is_connected = false,
            Up::Engine(Packet::Pong) => {}
        }
    }

    /// The next thing arrives at the client.
    pub(super) fn carry_down(&mut self, at: usize) -> Option<Down> {
        let channel = self.channels.get_mut(at).filter(|channel| !channel.is_closed)?;
        let down = channel.down.pop_front()?;
        channel.is_posting &= down != Down::Posted;
        Some(down)
    }

    /// Whether all that the client has sent over this channel has arrived, as far as it knows.
    pub(super) fn is_idle(&self, at: usize) -> bool {
        self.channels[at].up.is_empty() && !self.channels[at].is_posting
    }

    /// The client closes a channel. What went into a WebSocket before still arrives.
    pub(super) fn close(&mut self, at: usize) {
        let channel = &mut self.channels[at];
        assert!(!core::mem::replace(&mut channel.is_closed, true), "closed twice");
        if channel.kind == Polling || !channel.is_known {
            channel.up.clear();
        }
        self.leave(at);
    }

    /// The network breaks, and what was on its way is lost.
    pub(super) fn cut(&mut self, at: usize) {
        let channel = &mut self.channels[at];
        channel.up.clear();
        channel.down.clear();
        channel.has_get = false;
        channel.is_posting = false;
        self.leave(at);
    }

    /// A probe that failed leaves long-polling as it was.
    fn leave(&mut self, at: usize) {
        let Channel { kind: WebSocket, session: Some(number), .. } = self.channels[at] else {
            return;
        };
        let session = &mut self.sessions[number];
        session.is_probed &= session.channel == at;
    }
}
