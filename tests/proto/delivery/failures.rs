//! The network breaks, and the page loses it and finds it again.

use socketio_wasm::proto::error::DisconnectReason::{TransportClose, TransportError};
use socketio_wasm::proto::options::TransportKind::Polling;
use socketio_wasm::proto::output::TransportId;

use super::{Client, Session, is_event};

impl Client {
    /// One transport breaks.
    pub(super) fn cut(&mut self, at: usize, is_error: bool) {
        let is_closed = self.network.channels[at].is_closed;
        self.break_off(at);
        if !is_closed {
            self.is_cut = true;
            let reason = if is_error { TransportError } else { TransportClose };
            self.manager.handle_failure(TransportId(at as u32), reason, self.now);
            self.drain();
            self.is_cut = false;
        }
    }

    /// What is on its way is lost, and nobody is told.
    fn break_off(&mut self, at: usize) {
        if let Some(session) = self.network.session(at) {
            let is_current = self.manager.is_current(TransportId(at as u32));
            let carries = is_current || !self.network.channels[at].up.is_empty();
            self.sessions.resize(self.network.sessions.len(), Session::default());
            self.sessions[session].is_lost |= carries;
        }
        self.network.cut(at);
    }

    /// The page loses the network, which may be gone or not.
    pub(super) fn lose(&mut self, is_gone: bool) {
        if is_gone {
            (0..self.network.channels.len()).for_each(|at| self.break_off(at));
        }
        if let Some((TransportId(id), _)) = self.manager.transport() {
            let session = self.session().unwrap();
            let channel = &self.network.channels[id as usize];
            // What went into a WebSocket arrives, what is in a request may not.
            let is_lost = channel.kind == Polling && channel.up.iter().flatten().any(is_event);
            self.sessions[session].is_lost |= is_lost || self.write_buffer.iter().any(is_event);
            self.given_up += 1;
        }
        self.is_cut = true;
        self.manager.lose(self.now);
        self.drain();
        self.is_cut = false;
        assert_eq!(self.manager.transport(), None, "it is still connected");
        assert!(!self.is_opening, "it still tries to connect");
    }

    /// The page finds the network: what was planned begins at once.
    pub(super) fn hurry(&mut self) {
        let has_session = self.manager.transport().is_some();
        let is_waiting = !has_session && !self.is_opening && !self.manager.is_closed();
        self.manager.hurry(self.now);
        self.drain();
        assert!(!is_waiting || self.is_opening, "it still waits");
        self.hurried += usize::from(is_waiting);
    }
}
